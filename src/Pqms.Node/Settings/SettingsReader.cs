using System.Globalization;
using System.Text.Json;

namespace Pqms.Node.Settings;

/// <summary>The settings in force: flag before environment before file before default.</summary>
public sealed class SettingsReader
{
    private readonly Dictionary<string, SettingValue> _values;

    private SettingsReader(Dictionary<string, SettingValue> values)
    {
        _values = values;
    }

    /// <summary>Every setting with its source, in <see cref="SettingTable.All"/>'s order.</summary>
    public IEnumerable<SettingValue> All => SettingTable.All.Select(definition => _values[definition.Name]);

    /// <summary>The value in force.</summary>
    /// <param name="definition">Which setting.</param>
    public string this[SettingDefinition definition] => _values[definition.Name].Value;

    /// <summary>The value in force as a number.</summary>
    /// <param name="definition">A setting whose check accepts integers only.</param>
    public int Number(SettingDefinition definition) => int.Parse(this[definition], CultureInfo.InvariantCulture);

    /// <summary>Whether somebody set it, that is, the value is not the default.</summary>
    /// <param name="definition">Which setting.</param>
    public bool IsSet(SettingDefinition definition) => _values[definition.Name].Source != "default";

    /// <summary>Settles every setting.</summary>
    /// <param name="flags">Values of the command line by <see cref="SettingDefinition.Name"/>; null means not
    /// given.</param>
    /// <param name="environment">Reads one environment variable; null or empty means not set.</param>
    /// <param name="filePath">Where the file was read, for messages; null when there is none.</param>
    /// <param name="fileText">The file's JSON; null when there is none.</param>
    /// <exception cref="RefusedException">A value is not allowed, or the file holds an unknown name or a
    /// key.</exception>
    public static SettingsReader Read(
        IReadOnlyDictionary<string, string?> flags, Func<string, string?> environment, string? filePath,
        string? fileText)
    {
        var file = fileText is null ? [] : ReadFile(filePath ?? "config.json", fileText);
        var values = SettingTable.All.ToDictionary(d => d.Name, d => Pick(d, flags, environment, filePath, file));
        return new SettingsReader(values);
    }

    private static SettingValue Pick(
        SettingDefinition definition,
        IReadOnlyDictionary<string, string?> flags,
        Func<string, string?> environment,
        string? filePath,
        Dictionary<string, string> file)
    {
        if (flags.TryGetValue(definition.Name, out var flag) && flag is not null)
        {
            return Checked(definition, flag, "flag " + definition.Flag);
        }

        var variable = environment(definition.EnvironmentName);
        if (!string.IsNullOrEmpty(variable))
        {
            return Checked(definition, variable, "environment " + definition.EnvironmentName);
        }

        return file.TryGetValue(definition.Name, out var text)
            ? Checked(definition, text, "file " + filePath)
            : new SettingValue(definition, definition.Default, "default");
    }

    private static SettingValue Checked(SettingDefinition definition, string value, string source)
    {
        if (definition.Accepts(value))
        {
            return new SettingValue(definition, value, source);
        }

        throw new RefusedException(
            ExitCode.Usage, $"{definition.Name} = '{value}' (from {source}) is not allowed", definition.Allowed,
            "correct it there; 'pqms config' shows every value and its source");
    }

    private static Dictionary<string, string> ReadFile(string path, string text)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(text);
        }
        catch (JsonException error)
        {
            throw Broken(path, $"is not JSON: {error.Message}");
        }

        using (document)
        {
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw Broken(path, "must hold one JSON object");
            }

            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name != "$schema")
                {
                    values[KnownName(path, property.Name)] = TextOf(path, property);
                }
            }

            return values;
        }
    }

    private static string KnownName(string path, string name)
    {
        if (SettingTable.All.Any(definition => definition.Name == name))
        {
            return name;
        }

        var secret = name.Contains("key", StringComparison.OrdinalIgnoreCase)
            || name.Contains("password", StringComparison.OrdinalIgnoreCase)
            || name.Contains("mnemonic", StringComparison.OrdinalIgnoreCase);
        throw secret
            ? new RefusedException(
                ExitCode.Usage, $"{path} holds '{name}': keys and passwords do not belong in a configuration file",
                "a keystore file, PQMS_PRIVATE_KEY, or on chain 31337 an account name",
                "remove it from the file and treat the key as disclosed")
            : Broken(path, $"holds the unknown setting '{name}'");
    }

    private static string TextOf(string path, JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!,
        JsonValueKind.Number => property.Value.GetRawText(),
        _ => throw Broken(path, $"gives '{property.Name}' a value that is neither text nor number"),
    };

    private static RefusedException Broken(string path, string what) => new(
        ExitCode.Usage, $"{path} {what}",
        "an object with " + string.Join(", ", SettingTable.All.Select(definition => definition.Name)),
        "compare it with config.example.json");
}
