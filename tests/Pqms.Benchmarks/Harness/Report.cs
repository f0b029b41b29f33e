using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace Pqms.Benchmarks.Harness;

/// <summary>The outcomes as a table for people and as JSON for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Machine
    {
        get
        {
            string vectors = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "none";
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{RuntimeInformation.OSArchitecture}, {Environment.ProcessorCount} cores, vectors of {vectors} bits, "
                + $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}");
        }
    }

    public static string ToJson(IReadOnlyList<Outcome> outcomes, bool isQuick) =>
        JsonSerializer.Serialize(new { Machine, Quick = isQuick, Benchmarks = outcomes }, Json) + "\n";

    public static string ToTable(IReadOnlyList<Outcome> outcomes)
    {
        List<string[]> rows =
        [
            ["benchmark", "result", "min - max", "unit", "goal", "x goal", "bytes/op", "peak MB"],
            .. outcomes.Select(Row),
        ];
        int[] widths = [.. rows[0].Select((_, i) => rows.Max(row => row[i].Length))];
        StringBuilder text = new();
        text.Append(Machine).Append('\n');
        text.Append("Median of the repetitions; CPU time of the whole process unless the unit says more.\n\n");
        foreach (string[] row in rows)
        {
            IEnumerable<string> cells = row.Select(
                (cell, i) => i is 0 or 3 ? cell.PadRight(widths[i]) : cell.PadLeft(widths[i]));
            text.Append(string.Join("  ", cells).TrimEnd()).Append('\n');
        }

        foreach (Outcome outcome in outcomes.Where(o => o.Note.Length > 0))
        {
            text.Append('\n').Append(outcome.Name).Append(": ").Append(outcome.Note);
        }

        return text.Append('\n').ToString();
    }

    private static string[] Row(Outcome o) =>
    [
        o.Name, Short(o.Median), $"{Short(o.Least)} - {Short(o.Greatest)}", o.Unit,
        o.Goal is { } goal ? Short(goal) : "", o.Ratio is { } ratio ? Short(ratio) : "",
        Short(o.BytesPerOperation), o.PeakMegabytes.ToString("F0", CultureInfo.InvariantCulture),
    ];

    private static string Short(double value) => value switch
    {
        >= 1000.0 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100.0 => value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10.0 => value.ToString("F1", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.ToString("G2", CultureInfo.InvariantCulture),
    };
}
