using System.CommandLine;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary>One run of one command: what was typed, and the settings in force.</summary>
internal sealed class Invocation
{
    private readonly ParseResult _parsed;

    /// <summary>Settles the settings.</summary>
    /// <exception cref="Node.RefusedException">A setting is not allowed.</exception>
    public Invocation(
        CommandHost host, ParseResult parsed, Screen screen, Func<string, string?> environment,
        CancellationToken cancel)
    {
        _parsed = parsed;
        Screen = screen;
        Environment = environment;
        Cancel = cancel;
        Json = parsed.GetValue(host.Json);
        BaseFolder = ProjectFolders.Base;
        ConfigPath = Path.Combine(BaseFolder, "config.json");
        var flags = host.SettingOptions.ToDictionary(
            entry => entry.Key.Name, entry => parsed.GetValue(entry.Value), StringComparer.Ordinal);
        var text = File.Exists(ConfigPath) ? File.ReadAllText(ConfigPath) : null;
        Settings = SettingsReader.Read(flags, environment, ConfigPath, text);
    }

    /// <summary>Where to write.</summary>
    public Screen Screen { get; }

    /// <summary>Reads one environment variable.</summary>
    public Func<string, string?> Environment { get; }

    /// <summary>Cancelled by Ctrl-C and SIGTERM.</summary>
    public CancellationToken Cancel { get; }

    /// <summary>Whether one JSON document is wanted.</summary>
    public bool Json { get; }

    /// <summary>The project's root, or the current folder.</summary>
    public string BaseFolder { get; }

    /// <summary>Where the settings file is looked for.</summary>
    public string ConfigPath { get; }

    /// <summary>The settings in force.</summary>
    public SettingsReader Settings { get; }

    /// <summary>Absolute path of the data folder.</summary>
    public string DataFolder => ProjectFolders.Resolve(BaseFolder, Settings[SettingTable.DataFolder]);

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => _parsed.GetValue(option);

    /// <summary>The value of an argument, which the parser requires.</summary>
    public T Get<T>(Argument<T> argument) => _parsed.GetRequiredValue(argument);

    /// <summary>The value of an argument that may be left out.</summary>
    public T? Optional<T>(Argument<T> argument) => _parsed.GetValue(argument);

    /// <summary>Whether an option was typed.</summary>
    public bool Has(Option option) => _parsed.GetResult(option) is { Implicit: false };
}
