using System.Globalization;
using System.Text.Json;
using Pqms.Mesh;
using Pqms.Mesh.Metrics;

namespace Pqms.Cli.Runs;

/// <summary>The result of a sweep: as a table, as one JSON document, as comma-separated values.</summary>
internal sealed class SweepPrint(IReadOnlyList<SweepAxis> axes, SweepResult result, RunCost cost)
{
    private const double Milli = 1000.0;

    private readonly Sweep _sweep = result.Sweep;
    private readonly IReadOnlyList<SweepRow> _rows = result.Rows();

    /// <summary>For programs.</summary>
    public object Document() => new
    {
        scenario = _sweep.Source.File.Scenario.Name,
        scenarioHash = _sweep.Source.File.Hash.ToString(),
        profile = _sweep.Source.File.Scenario.ProfileName,
        meshVersion = MeshVersion.Current,
        firstSeed = _sweep.FirstSeed,
        seeds = _sweep.Seeds,
        untilSeconds = _sweep.Until.TotalSeconds,
        batches = _sweep.Batches,
        confidence = Measured.Confidence,
        intervals = Intervals,
        axes = axes.Select(axis => new { path = axis.Path, values = axis.Values.Select(Json) }),
        units = PoolFigures.All.ToDictionary(figure => figure.Key, figure => figure.Unit),
        rows = _rows.Select(row => new
        {
            point = row.Point,
            values = row.Values.Select(Json),
            pool = row.Pool,
            figures = FigureText.Documents(figure => row.Figures[figure]),
        }),
        seconds = Math.Round(cost.WallSeconds, 3),
        cpuSeconds = Math.Round(cost.CpuSeconds, 3),
        peakBytes = cost.PeakBytes,
    };

    /// <summary>One row per point of the grid and pool.</summary>
    public string Csv()
    {
        var csv = new Csv(
        [
            "scenario", "first seed", "seeds", "until [s]", .. axes.Select(axis => axis.Path), "pool",
            .. FigureText.CsvHeadings(),
        ]);
        foreach (var row in _rows)
        {
            csv.Add(
            [
                Runs.Csv.Text(_sweep.Source.File.Scenario.Name),
                _sweep.FirstSeed.ToString(CultureInfo.InvariantCulture),
                _sweep.Seeds.ToString(CultureInfo.InvariantCulture), Runs.Csv.Number(_sweep.Until.TotalSeconds),
                .. row.Values.Select(Cell), Runs.Csv.Text(row.Pool),
                .. FigureText.CsvCells(figure => row.Figures[figure]),
            ]);
        }

        return csv.ToString();
    }

    /// <summary>For people.</summary>
    public void Table(Screen screen)
    {
        screen.Table(
            [
                .. axes.Select(axis => ">" + axis.Path), "pool", ">delivered/s", ">available", ">served",
                ">set-up ms", ">F true", ">key bit/s", ">discarded/s",
            ],
            _rows.Select(row => (IReadOnlyList<string>)
            [
                .. row.Values, row.Pool, FigureText.Of(row.Figures[PoolFigures.Delivered]),
                FigureText.Of(row.Figures[PoolFigures.Availability]),
                FigureText.Of(row.Figures[PoolFigures.ServedShare]),
                FigureText.Of(row.Figures[PoolFigures.Setup], Milli),
                FigureText.Of(row.Figures[PoolFigures.FidelityTruth]), FigureText.Of(row.Figures[PoolFigures.Key]),
                FigureText.Of(row.Figures[PoolFigures.Discarded]),
            ]));
        screen.Facts(
        [
            ("runs", $"{_sweep.Points.Count} points, {_sweep.Seeds} seeds from {_sweep.FirstSeed} each"),
            ("intervals", $"± is half of 95 %, {Intervals}"),
            ("cost", string.Create(
                CultureInfo.InvariantCulture, $"{cost.CpuSeconds:0.00} s of processor, {cost.WallSeconds:0.00} s")),
        ]);
    }

    private string Intervals => _sweep.Seeds == 1
        ? $"from {_sweep.Batches} batches of the one run"
        : $"between {_sweep.Seeds} runs with different seeds";

    private static JsonElement Json(string value)
    {
        using var document = JsonDocument.Parse(value);
        return document.RootElement.Clone();
    }

    // Numbers stay numbers; everything else is text.
    private static string Cell(string value) =>
        Json(value).ValueKind == JsonValueKind.Number ? value : Runs.Csv.Text(Json(value).ToString());
}
