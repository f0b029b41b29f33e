using System.CommandLine;
using System.Runtime.InteropServices;
using Pqms.Node;
using Pqms.Node.Chain;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms doctor</c>: whether what <c>up</c> needs is there.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandHost host) => host.Make(
        "doctor", "check prerequisites, versions and ports", "doctor", [], Run);

    private static Task<int> Run(Invocation run)
    {
        var checks = new List<Check>
        {
            new("pqms", true, typeof(App).Assembly.GetName().Version!.ToString(3), ""),
            new(".NET", true, RuntimeInformation.FrameworkDescription, ""),
            NodeJs(run.BaseFolder),
            Hardhat(run.BaseFolder),
            Sqlite(),
            Scenario(run),
            DataFolder(run.DataFolder),
            Port("chain port", run.Settings.Number(SettingTable.ChainPort)),
            Port("API port", run.Settings.Number(SettingTable.ApiPort)),
        };
        var healthy = checks.All(check => check.Good);
        if (run.Json)
        {
            run.Screen.Document(new { healthy, checks });
        }
        else
        {
            run.Screen.Table(
                ["", "what", "found", "next"],
                checks.Select(check => (IReadOnlyList<string>)
                    [check.Good ? "ok" : "missing", check.What, check.Found, check.Next]));
        }

        return Task.FromResult((int)(healthy ? ExitCode.Ok : ExitCode.Prerequisite));
    }

    private static Check NodeJs(string root)
    {
        try
        {
            var node = NodeProgram.Find(root);
            return new Check("Node.js", true, $"{node.Version} ({node.Path})", "");
        }
        catch (RefusedException error)
        {
            return new Check("Node.js", false, error.Refusal.What, error.Refusal.Next);
        }
    }

    private static Check Hardhat(string root)
    {
        try
        {
            return new Check("Hardhat", true, ChainLaunch.Hardhat(root, 1).ScriptArguments[0], "");
        }
        catch (RefusedException error)
        {
            return new Check("Hardhat", false, error.Refusal.What, error.Refusal.Next);
        }
    }

    private static Check Sqlite()
    {
        var (file, package) = OperatingSystem.IsWindows()
            ? ("winsqlite3.dll", "part of Windows 10 and later")
            : OperatingSystem.IsMacOS() ? ("libsqlite3.dylib", "part of macOS")
                : ("libsqlite3.so.0", "apt-get install libsqlite3-0");
        if (!NativeLibrary.TryLoad(file, out var library))
        {
            return new Check("SQLite", false, $"{file} was not found", package);
        }

        NativeLibrary.Free(library);
        return new Check("SQLite", true, file, "");
    }

    private static Check Scenario(Invocation run)
    {
        var path = ProjectFolders.Resolve(run.BaseFolder, run.Settings[SettingTable.Scenario]);
        return new Check("scenario", File.Exists(path), path, File.Exists(path) ? "" : "name one with --scenario");
    }

    private static Check DataFolder(string folder)
    {
        try
        {
            ProjectFolders.RequireWritable(folder);
            return new Check("data folder", true, folder, "");
        }
        catch (RefusedException error)
        {
            return new Check("data folder", false, error.Refusal.What, error.Refusal.Next);
        }
    }

    private static Check Port(string what, int port) => Ports.IsFree(port)
        ? new Check(what, true, $"{port} is free", "")
        : new Check(what, true, $"{port} is busy: 'up' will take {Ports.FirstFree(port)}", "");

    private sealed record Check(string What, bool Good, string Found, string Next);
}
