using System.CommandLine;
using Pqms.Node;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms config</c>: every setting, its value, and where the value came from.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandHost host) => host.Make(
        "config", "show every setting, its value and where it came from (flag > environment > config.json > default)",
        "config --json", [], Run);

    private static Task<int> Run(Invocation run)
    {
        var settings = run.Settings.All.ToList();
        if (run.Json)
        {
            run.Screen.Document(new
            {
                file = run.ConfigPath,
                fileExists = File.Exists(run.ConfigPath),
                settings = settings.ToDictionary(
                    entry => entry.Definition.Name, entry => new { value = entry.Value, source = entry.Source }),
            });
            return Task.FromResult((int)ExitCode.Ok);
        }

        run.Screen.Table(
            ["setting", "value", "from", "flag", "environment"],
            settings.Select(entry => (IReadOnlyList<string>)
            [
                entry.Definition.Name, entry.Value.Length == 0 ? "(not set)" : entry.Value, entry.Source,
                entry.Definition.Flag, entry.Definition.EnvironmentName,
            ]));
        run.Screen.Line($"file: {run.ConfigPath}{(File.Exists(run.ConfigPath) ? "" : " (not there)")}");
        run.Screen.Line("keys: --keystore FILE, PQMS_PRIVATE_KEY, or on chain 31337 --account; never in the file");
        return Task.FromResult((int)ExitCode.Ok);
    }
}
