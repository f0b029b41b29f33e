namespace Pqms.Node.Settings;

/// <summary>One setting: its names in the three places it can come from, its default, and what it accepts.</summary>
/// <param name="Name">Name in <c>config.json</c>, camelCase.</param>
/// <param name="Default">The value when nobody sets it; empty means "not set".</param>
/// <param name="Meaning">One sentence for <c>pqms config</c> and the help.</param>
/// <param name="Allowed">The accepted values, in words.</param>
/// <param name="Accepts">Says whether a text is accepted.</param>
public sealed record SettingDefinition(
    string Name, string Default, string Meaning, string Allowed, Func<string, bool> Accepts)
{
    /// <summary>The command line's name: <c>chainUrl</c> becomes <c>--chain-url</c>.</summary>
    public string Flag => "--" + Split('-').ToLowerInvariant();

    /// <summary>The environment's name: <c>chainUrl</c> becomes <c>PQMS_CHAIN_URL</c>.</summary>
    public string EnvironmentName => "PQMS_" + Split('_').ToUpperInvariant();

    private string Split(char separator) => string.Concat(
        Name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"{separator}{c}" : c.ToString()));
}

/// <summary>A setting's value and where it came from.</summary>
/// <param name="Definition">Which setting.</param>
/// <param name="Value">The text in force; it satisfies <see cref="SettingDefinition.Accepts"/> or is the
/// default.</param>
/// <param name="Source">"flag", "environment", "file" or "default", followed by the name used there.</param>
public sealed record SettingValue(SettingDefinition Definition, string Value, string Source);
