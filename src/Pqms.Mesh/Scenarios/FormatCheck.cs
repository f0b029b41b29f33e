using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pqms.Mesh.Scenarios;

/// <summary>
/// Checks a JSON document against <see cref="ScenarioFormat"/> and gathers every problem with its path.
/// </summary>
internal sealed class FormatCheck
{
    // Longest value that a message repeats, so that a wrong file cannot flood a terminal.
    private const int LongestValue = 64;

    private readonly List<ScenarioProblem> _problems = [];

    public IReadOnlyList<ScenarioProblem> Problems => _problems;

    private bool IsFull => _problems.Count >= ScenarioReader.MaxProblems;

    public void Report(string path, string value, string allowed)
    {
        if (!IsFull)
        {
            _problems.Add(new ScenarioProblem(path, Shorten(value), allowed));
        }
    }

    public void Report(string path, JsonElement value, string allowed) => Report(path, value.GetRawText(), allowed);

    public void Check(Field field, string path, JsonElement value)
    {
        if (IsFull)
        {
            return;
        }

        switch (field.Kind)
        {
            case FieldKind.Record:
                CheckRecord(field, path, value);
                break;
            case FieldKind.List:
                CheckList(field, path, value);
                break;
            default:
                if (!IsAllowed(field, value))
                {
                    Report(path, value, field.Allowed);
                }

                break;
        }
    }

    private static bool IsAllowed(Field field, JsonElement value) => field.Kind switch
    {
        FieldKind.Text => TryText(value, out string? text) && IsAllowed(field, text),
        FieldKind.Choice => TryText(value, out string? text) && field.Choices.Contains(text),
        FieldKind.Whole => value.ValueKind == JsonValueKind.Number
            && value.TryGetUInt64(out ulong whole) && whole >= field.Least && whole <= field.GreatestWhole,
        FieldKind.Flag => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => value.ValueKind == JsonValueKind.Number
            && value.TryGetDouble(out double real) && field.Contains(real),
    };

    // A text may hold an escaped half of a surrogate pair, which is no character; the library throws on it.
    private static bool TryText(JsonElement value, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            text = null;
        }

        return text is not null;
    }

    private static bool IsAllowed(Field field, string text)
    {
        if (text.Length < field.Least || text.Length > field.Greatest || text.Any(char.IsControl))
        {
            return false;
        }

        return field.Pattern is null || Regex.IsMatch(text, field.Pattern, RegexOptions.NonBacktracking);
    }

    private void CheckRecord(Field field, string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Report(path, value, field.Allowed);
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty property in value.EnumerateObject())
        {
            Field? known = field.Fields.FirstOrDefault(f => property.NameEquals(f.Name));
            if (known is null)
            {
                Report(path, property.ToString(), "no such field; " + field.Allowed);
            }
            else if (!seen.Add(known.Name))
            {
                Report($"{path}.{known.Name}", property.Value, "each field once");
            }
            else
            {
                Check(known, $"{path}.{known.Name}", property.Value);
            }
        }

        foreach (Field missing in field.Fields.Where(f => f.IsRequired && !seen.Contains(f.Name)))
        {
            Report($"{path}.{missing.Name}", "(missing)", missing.Allowed);
        }
    }

    private void CheckList(Field field, string path, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Report(path, value, field.Allowed);
            return;
        }

        int count = value.GetArrayLength();
        if (!field.Contains(count))
        {
            Report(path, count.ToString(CultureInfo.InvariantCulture) + " items", field.Allowed);
            return;
        }

        Field item = Field.Record(field.Name, field.Fields);
        int index = 0;
        foreach (JsonElement element in value.EnumerateArray())
        {
            Check(item, $"{path}[{index}]", element);
            index++;
        }
    }

    private static string Shorten(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestValue ? line : string.Concat(line.AsSpan(0, LongestValue - 3), "...");
    }
}
