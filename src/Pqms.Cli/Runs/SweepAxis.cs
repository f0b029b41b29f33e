using System.Globalization;

namespace Pqms.Cli.Runs;

/// <summary>One direction of a grid: a path in the scenario, and the values it takes.</summary>
/// <param name="Path">From the root, as for <see cref="Override"/>.</param>
/// <param name="Values">JSON, in the order given.</param>
internal readonly record struct SweepAxis(string Path, IReadOnlyList<string> Values)
{
    /// <summary>What is accepted, for messages.</summary>
    public const string Allowed =
        "PATH=V1,V2,... or PATH=FROM:TO:STEPS (2 to 1000 steps, evenly spaced; FROM:TO:STEPS:log by equal factors)";

    private const int MostSteps = 1000;

    /// <summary>Reads one; null when it is none.</summary>
    public static SweepAxis? Parse(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0 || at == text.Length - 1)
        {
            return null;
        }

        var list = text[(at + 1)..];
        var values = list.Contains(':', StringComparison.Ordinal) && Range(list) is { } range
            ? range
            : Split(list).Select(Override.ToJson).ToList();
        return values.Exists(string.IsNullOrWhiteSpace) || values.Contains("\"\"", StringComparer.Ordinal)
            ? null
            : new SweepAxis(Override.FullPath(text[..at]), values);
    }

    private static List<string>? Range(string text)
    {
        var parts = text.Split(':');
        var isLog = parts.Length == 4 && parts[3] == "log";
        if ((parts.Length != 3 && !isLog)
            || !TryNumber(parts[0], out var from) || !TryNumber(parts[1], out var to)
            || !int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var steps)
            || steps is < 2 or > MostSteps || (isLog && (from <= 0.0 || to <= 0.0)))
        {
            return null;
        }

        return [.. Enumerable.Range(0, steps).Select(i => Point(from, to, i, steps - 1, isLog))];
    }

    // The ends are exact.
    private static string Point(double from, double to, int step, int last, bool isLog)
    {
        var value = step == last
            ? to
            : isLog ? from * Math.Pow(to / from, (double)step / last) : from + ((to - from) * step / last);
        return value.ToString("R", CultureInfo.InvariantCulture);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(
            text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    // At commas that stand neither in quotes nor in brackets.
    private static IEnumerable<string> Split(string text)
    {
        var depth = 0;
        var isQuoted = false;
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            isQuoted ^= c == '"' && (i == 0 || text[i - 1] != '\\');
            depth += isQuoted ? 0 : c is '[' or '{' ? 1 : c is ']' or '}' ? -1 : 0;
            if (c == ',' && !isQuoted && depth == 0)
            {
                yield return text[start..i];
                start = i + 1;
            }
        }

        yield return text[start..];
    }
}
