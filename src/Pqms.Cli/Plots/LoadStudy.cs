using System.Globalization;
using Pqms.Cli.Runs;
using Pqms.Mesh.Metrics;
using Pqms.Mesh.Scenarios;
using Pqms.Node;

namespace Pqms.Cli.Plots;

/// <summary>Standing pools against paths reserved per request, as the load grows.</summary>
/// <remarks>
/// Chakraborty, Rozpedek, Dahlberg, Wehner (arXiv:1907.11630): pairs made beforehand serve a single request sooner,
/// but under many requests at once paths made on demand can be faster. The load at which that happens is marked.
/// </remarks>
internal static class LoadStudy
{
    private const double LowestLoad = 0.25;
    private const double HighestLoad = 4.0;

    /// <summary>Half an octave apart.</summary>
    private const int Loads = 9;

    private const int Standby = 0;
    private const int OnDemand = 1;

    private static readonly string[] Modes = ["standby", "on-demand"];

    /// <summary>The factors on all demand rates.</summary>
    public static IReadOnlyList<double> Factors { get; } =
    [
        .. Enumerable.Range(0, Loads)
            .Select(step => LowestLoad * Math.Pow(HighestLoad / LowestLoad, step / (Loads - 1.0))),
    ];

    /// <summary>The points to run: all loads in standby, then all loads on demand.</summary>
    /// <exception cref="RefusedException">No pool has demand of the scenario's own.</exception>
    public static IReadOnlyList<SweepPoint> Points(Scenario scenario)
    {
        if (!scenario.Pools.Any(pool => pool.Settings.Demand.Kind is DemandKind.Poisson or DemandKind.Slotted))
        {
            throw new RefusedException(
                ExitCode.Usage, $"no pool of {scenario.Name} has demand whose rate could vary",
                "pools with demand of kind poisson or slotted",
                "run scenarios/standby-or-ondemand.json, or give demand: "
                    + "--set pools[*].demand={\"kind\":\"poisson\",\"ratePerSecond\":1,\"waits\":true}");
        }

        return [.. Modes.SelectMany(mode => Factors.Select(load => Point(scenario, mode, load)))];
    }

    /// <summary>Runs and draws.</summary>
    /// <param name="study">Scenario, seeds, length.</param>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RefusedException">No pool has demand of the scenario's own.</exception>
    public static FinishedPlot Make(
        PlotStudy study, int threads, Action<double> progress, CancellationToken cancel)
    {
        var result = study.Sweep(Points(study.Source.File.Scenario)).Execute(threads, progress, cancel);
        var crossing = CrossingOf(result);
        var finding = crossing is null
            ? "on-demand does not overtake standby in this range"
            : $"on-demand is faster above load {FigureText.Of(crossing)}";
        var load = new PlotAxis("load: factor on all demand rates", IsLog: true);
        var marks = crossing is null
            ? (PlotMark[])[]
            : [new PlotMark(crossing.Value, crossing.HalfWidth, $"{finding} (n = {crossing.Samples})")];
        return new FinishedPlot(
            "standby-or-ondemand",
            new Plot(
                "Standby against on-demand" + (crossing is null ? $": {finding}" : ""), study.Subtitle,
                [
                    new PlotPanel(load, new PlotAxis("mean set-up latency (ms)", IsLog: true), Latencies(result))
                    {
                        Marks = marks,
                    },
                    new PlotPanel(load, new PlotAxis("served share"), Shares(result)),
                ]),
            finding);
    }

    /// <summary>The load at which on-demand overtakes, for each seed apart; mean and interval over the seeds.</summary>
    public static Measured? CrossingOf(SweepResult result)
    {
        var found = new List<double>();
        for (var seed = 0; seed < result.Sweep.Seeds; seed++)
        {
            IReadOnlyList<double?> Latency(int mode) =>
            [
                .. Enumerable.Range(0, Loads)
                    .Select(load => result.Runs((mode * Loads) + load)[seed].At(-1, PoolFigures.Setup)?.Value),
            ];

            if (Crossing.Of(Factors, Latency(Standby), Latency(OnDemand)) is { } load)
            {
                found.Add(load);
            }
        }

        return found.Count == 0 ? null : BatchMeans.Mean(found);
    }

    // A pool that served everybody at once has no place on the log axis: its points are left out there.
    private static List<PlotSeries> Latencies(SweepResult result) =>
        [.. Modes.Select((label, mode) => SeriesOf(result, mode, label, PoolFigures.Setup, 1000.0))];

    private static List<PlotSeries> Shares(SweepResult result) =>
        [.. Modes.Select((label, mode) => SeriesOf(result, mode, label, PoolFigures.ServedShare, 1.0))];

    private static PlotSeries SeriesOf(SweepResult result, int mode, string label, PoolFigure figure, double scale)
    {
        var points = new List<PlotPoint>();
        for (var load = 0; load < Loads; load++)
        {
            if (result.At((mode * Loads) + load, -1, figure) is { } found)
            {
                points.Add(new PlotPoint(
                    Factors[load], found.Value * scale, YHalf: found.HalfWidth * scale));
            }
        }

        return new PlotSeries(label, mode, points);
    }

    private static SweepPoint Point(Scenario scenario, string mode, double load)
    {
        var overrides = new List<Override> { new("$.pools[*].mode", $"\"{mode}\"") };
        for (var pool = 0; pool < scenario.Pools.Count; pool++)
        {
            var demand = scenario.Pools[pool].Settings.Demand;
            var path = $"$.pools[{pool.ToString(CultureInfo.InvariantCulture)}].demand.";
            if (demand.Kind == DemandKind.Poisson)
            {
                overrides.Add(new Override(path + "ratePerSecond", Number(demand.RatePerSecond * load)));
            }
            else if (demand.Kind == DemandKind.Slotted)
            {
                overrides.Add(new Override(path + "probability", Number(Math.Min(1.0, demand.Probability * load))));
            }
        }

        return new SweepPoint([$"\"{mode}\"", Number(load)], overrides);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
