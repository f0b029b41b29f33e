using System.Globalization;
using Pqms.Cli.Runs;

namespace Pqms.Cli.Plots;

/// <summary>What the plots of one scenario have in common.</summary>
/// <param name="Source">The scenario.</param>
/// <param name="FirstSeed">Seed of the first run of each point.</param>
/// <param name="Seeds">Runs per point.</param>
/// <param name="Until">Mesh time of a run.</param>
/// <param name="Batches">Batches, for the intervals when there is one seed.</param>
internal sealed record PlotStudy(ScenarioSource Source, ulong FirstSeed, int Seeds, TimeSpan Until, int Batches)
{
    /// <summary>The runs of some variants.</summary>
    public Sweep Sweep(IReadOnlyList<SweepPoint> points) => new(Source, points, FirstSeed, Seeds, Until, Batches);

    /// <summary>Scenario, seed, n and kind of the error bars: the line under every title.</summary>
    public string Subtitle
    {
        get
        {
            var n = Seeds == 1
                ? string.Create(CultureInfo.InvariantCulture, $"seed {FirstSeed}, n = {Batches} batches")
                : string.Create(CultureInfo.InvariantCulture, $"seeds from {FirstSeed}, n = {Seeds} runs a point");
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Source.File.Scenario.Name}, {n} of {Until.TotalSeconds:0.###} s; bars: 95 % confidence");
        }
    }
}

/// <summary>A finished plot with its numbers.</summary>
/// <param name="Name">Of its files, without extension.</param>
/// <param name="Plot">The picture.</param>
/// <param name="Finding">What it shows, in one sentence; empty when there is nothing to say.</param>
internal sealed record FinishedPlot(string Name, Plot Plot, string Finding)
{
    /// <summary>One row per point.</summary>
    public string Csv()
    {
        var csv = new Csv(["panel", "series", "label", "x", "x 95% half-width", "y", "y 95% half-width"]);
        foreach (var panel in Plot.Panels)
        {
            foreach (var series in panel.Series)
            {
                foreach (var point in series.Points)
                {
                    csv.Add(
                    [
                        Runs.Csv.Text($"{panel.Y.Label} over {panel.X.Label}"), Runs.Csv.Text(series.Label),
                        Runs.Csv.Text(point.Label), Runs.Csv.Number(point.X), Runs.Csv.Number(point.XHalf),
                        Runs.Csv.Number(point.Y), Runs.Csv.Number(point.YHalf),
                    ]);
                }
            }
        }

        return csv.ToString();
    }
}
