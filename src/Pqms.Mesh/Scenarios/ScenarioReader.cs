using System.Text;
using System.Text.Json;

namespace Pqms.Mesh.Scenarios;

/// <summary>Reads scenario files: JSON text in, a scenario or a list of problems out. Opens no files.</summary>
/// <remarks>
/// Strict: unknown, repeated and missing fields, comments, trailing commas, numbers out of range, names that nothing
/// bears and links that double each other are all problems. The format is described in scenarios/scenario.schema.json.
/// </remarks>
public static class ScenarioReader
{
    /// <summary>Most problems reported for one file; reading stops there.</summary>
    public const int MaxProblems = 100;

    // Root, list, item, figure: nothing in the format is deeper; one more lets the message name the place.
    private const int MaxDepth = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static readonly JsonDocumentOptions Options = new()
    {
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = MaxDepth,
    };

    /// <summary>Reads the bytes of a scenario file.</summary>
    /// <param name="utf8">The file's bytes in UTF-8, with or without a byte order mark.</param>
    /// <param name="profile">Name of the profile to use instead of the file's choice; null for the file's.</param>
    public static ScenarioResult Parse(ReadOnlySpan<byte> utf8, string? profile = null)
    {
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        ReadOnlySpan<byte> text = utf8.StartsWith(mark) ? utf8[mark.Length..] : utf8;
        try
        {
            return Parse(StrictUtf8.GetString(text), profile);
        }
        catch (DecoderFallbackException e)
        {
            return Refuse($"byte {e.Index}", "UTF-8 text");
        }
    }

    /// <summary>Reads the text of a scenario file.</summary>
    /// <param name="json">One JSON object, at most 16 Mi characters.</param>
    /// <param name="profile">Name of the profile to use instead of the file's choice; null for the file's.</param>
    public static ScenarioResult Parse(string json, string? profile = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Length > ScenarioFormat.MaxCharacters)
        {
            return Refuse($"{json.Length} characters", $"at most {ScenarioFormat.MaxCharacters} characters");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Options);
            return Read(document.RootElement, profile);
        }
        catch (ArgumentException)
        {
            return Refuse("half of a surrogate pair", "text of whole Unicode characters");
        }
        catch (JsonException e)
        {
            return Refuse(
                $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}", "well-formed JSON without comments");
        }
    }

    private static ScenarioResult Read(JsonElement root, string? profile)
    {
        var check = new FormatCheck();
        check.Check(ScenarioFormat.Root, "$", root);
        if (check.Problems.Count > 0)
        {
            return ScenarioResult.Refused(check.Problems);
        }

        Scenario scenario = ScenarioBuilder.Build(check, root, profile);
        return check.Problems.Count > 0 ? ScenarioResult.Refused(check.Problems) : ScenarioResult.Read(scenario);
    }

    private static ScenarioResult Refuse(string value, string allowed) =>
        ScenarioResult.Refused([new ScenarioProblem("$", value, allowed)]);
}
