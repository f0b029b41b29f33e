using System.Text;
using System.Text.Json;
using Pqms.Mesh.Scenarios;
using Pqms.Node;
using Pqms.Node.Hosting;

namespace Pqms.Cli.Runs;

/// <summary>A value to put at a path of a scenario, as typed: <c>PATH=VALUE</c>.</summary>
/// <param name="Path">From the root, "$.pools[0].slots"; the leading "$." may be left out.</param>
/// <param name="JsonValue">JSON; whatever is no JSON was taken as text.</param>
internal readonly record struct Override(string Path, string JsonValue)
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Allowed = "PATH=VALUE, such as pools[0].slots=20 or pools[*].mode=\"onDemand\"";

    /// <summary>Makes a path whole.</summary>
    public static string FullPath(string path) => path.StartsWith('$') ? path : "$." + path;

    /// <summary>Makes JSON of a value: JSON as it is, everything else in quotes.</summary>
    public static string ToJson(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return value;
        }
        catch (JsonException)
        {
            return JsonSerializer.Serialize(value);
        }
    }

    /// <summary>Reads one; null when there is no path or no value.</summary>
    public static Override? Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 && at < text.Length - 1
            ? new Override(FullPath(text[..at]), ToJson(text[(at + 1)..]))
            : null;
    }
}

/// <summary>A scenario file with other values put in; the same file is asked for many variants by a sweep.</summary>
internal sealed class ScenarioSource
{
    private readonly string _path;
    private readonly string _text;
    private readonly IReadOnlyList<Override> _overrides;

    /// <summary>Reads the file.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="overrides">Put into every variant, before its own.</param>
    /// <exception cref="RefusedException">No such file, or not a valid scenario.</exception>
    public ScenarioSource(string path, IReadOnlyList<Override> overrides)
    {
        _path = path;
        _overrides = overrides;
        Original = ScenarioFile.Read(path);
        var bytes = Original.Bytes.Span;
        _text = Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
        File = With([]);
    }

    /// <summary>The file as it is.</summary>
    public ScenarioFile Original { get; }

    /// <summary>The file with the overrides given at the start; its hash is that of the changed text.</summary>
    public ScenarioFile File { get; }

    /// <summary>The file with further values put in.</summary>
    /// <exception cref="RefusedException">A path leads nowhere, or the result is no valid scenario.</exception>
    public ScenarioFile With(IReadOnlyList<Override> more)
    {
        if (_overrides.Count + more.Count == 0)
        {
            return Original;
        }

        var changed = ScenarioOverrides.Apply(
            _text, [.. _overrides.Concat(more).Select(change => (change.Path, change.JsonValue))]);
        if (!changed.IsValid)
        {
            var problem = changed.Problems[0];
            throw new RefusedException(
                ExitCode.Usage, $"cannot set {problem.Path}: {problem.Value}", problem.Allowed,
                $"look the field up in {_path} and scenarios/scenario.schema.json");
        }

        return ScenarioFile.Parse(_path, Encoding.UTF8.GetBytes(changed.Json));
    }
}
