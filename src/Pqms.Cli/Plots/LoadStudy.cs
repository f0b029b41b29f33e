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

    /// <summary>Loads put between the two that enclose the crossing.</summary>
    private const int FinerLoads = 7;

    private const int Standby = 0;

    private static readonly string[] Modes = ["standby", "on-demand"];

    /// <summary>The factors on all demand rates.</summary>
    public static IReadOnlyList<double> Factors { get; } =
    [
        .. Enumerable.Range(0, Loads)
            .Select(step => LowestLoad * Math.Pow(HighestLoad / LowestLoad, step / (Loads - 1.0))),
    ];

    /// <summary>The points to run: all loads in standby, then all loads on demand.</summary>
    /// <exception cref="RefusedException">No pool has demand of the scenario's own.</exception>
    public static IReadOnlyList<SweepPoint> Points(Scenario scenario, IReadOnlyList<double> loads)
    {
        if (!scenario.Pools.Any(pool => pool.Settings.Demand.Kind is DemandKind.Poisson or DemandKind.Slotted))
        {
            throw new RefusedException(
                ExitCode.Usage, $"no pool of {scenario.Name} has demand whose rate could vary",
                "pools with demand of kind poisson or slotted",
                "run scenarios/standby-or-ondemand.json, or give demand: "
                    + "--set pools[*].demand={\"kind\":\"poisson\",\"ratePerSecond\":1,\"waits\":true}");
        }

        return [.. Modes.SelectMany(mode => loads.Select(load => Point(scenario, mode, load)))];
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
        const double coarse = (double)Loads / (Loads + FinerLoads);
        var points = Run(study, Factors, threads, share => progress(coarse * share), cancel);
        if (Bracket(points, study.Seeds) is var (low, high))
        {
            var ratio = high / low;
            var between = Enumerable.Range(1, FinerLoads)
                .Select(step => low * Math.Pow(ratio, step / (FinerLoads + 1.0))).ToList();
            var finer = Run(study, between, threads, share => progress(coarse + ((1.0 - coarse) * share)), cancel);
            points = [.. points.Concat(finer).OrderBy(point => point.Load)];
        }

        return Draw(study, points, CrossingOf(points, study.Seeds));
    }

    private static FinishedPlot Draw(PlotStudy study, IReadOnlyList<LoadPoint> points, Measured? crossing)
    {
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
                    new PlotPanel(load, new PlotAxis("mean set-up latency (ms)", IsLog: true), Latencies(points))
                    {
                        Marks = marks,
                    },
                    new PlotPanel(load, new PlotAxis("served share"), Shares(points)),
                ]),
            finding);
    }

    private static IReadOnlyList<LoadPoint> Run(
        PlotStudy study, IReadOnlyList<double> loads, int threads, Action<double> progress, CancellationToken cancel)
    {
        var result = study.Sweep(Points(study.Source.File.Scenario, loads)).Execute(threads, progress, cancel);
        return [.. loads.Select((load, i) => new LoadPoint(load, result, i, loads.Count + i))];
    }

    /// <summary>The loads between which some seed crosses: the last below all of them, the first above.</summary>
    private static (double Low, double High)? Bracket(IReadOnlyList<LoadPoint> points, int seeds)
    {
        var found = Crossings(points, seeds).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var low = points.Last(point => point.Load < found.Min() || point == points[0]).Load;
        var high = points.First(point => point.Load > found.Max() || point == points[^1]).Load;
        return (low, high);
    }

    /// <summary>The load at which on-demand overtakes: mean over the seeds.</summary>
    /// <remarks>
    /// Latency may rise a hundredfold between two loads, so interpolation is no better than the step: half of it is
    /// added to the interval between the seeds.
    /// </remarks>
    private static Measured? CrossingOf(IReadOnlyList<LoadPoint> points, int seeds)
    {
        var found = Crossings(points, seeds).ToList();
        if (found.Count == 0)
        {
            return null;
        }

        var mean = BatchMeans.Mean(found);
        var below = points.LastOrDefault(point => point.Load < mean.Value) ?? points[0];
        var above = points.FirstOrDefault(point => point.Load > mean.Value) ?? points[^1];
        return mean with { HalfWidth = (mean.HalfWidth ?? 0.0) + ((above.Load - below.Load) / 2.0) };
    }

    private static IEnumerable<double> Crossings(IReadOnlyList<LoadPoint> points, int seeds) =>
        Enumerable.Range(0, seeds).Select(seed => Crossing.Of(
            [.. points.Select(point => point.Load)],
            [.. points.Select(point => point.Latency(Standby, seed))],
            [.. points.Select(point => point.Latency(1 - Standby, seed))])).OfType<double>();

    private static List<PlotSeries> Latencies(IReadOnlyList<LoadPoint> points) =>
        [.. Modes.Select((label, mode) => SeriesOf(points, mode, label, PoolFigures.Setup, 1000.0))];

    private static List<PlotSeries> Shares(IReadOnlyList<LoadPoint> points) =>
        [.. Modes.Select((label, mode) => SeriesOf(points, mode, label, PoolFigures.ServedShare, 1.0))];

    private static PlotSeries SeriesOf(
        IReadOnlyList<LoadPoint> loads, int mode, string label, PoolFigure figure, double scale)
    {
        var points = new List<PlotPoint>();
        foreach (var load in loads)
        {
            if (load.At(mode, figure) is { } found)
            {
                points.Add(new PlotPoint(load.Load, found.Value * scale, YHalf: found.HalfWidth * scale));
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

    /// <summary>Both modes at one load.</summary>
    private sealed record LoadPoint(double Load, SweepResult Result, int StandbyPoint, int OnDemandPoint)
    {
        public Measured? At(int mode, PoolFigure figure) => Result.At(PointOf(mode), -1, figure);

        public double? Latency(int mode, int seed) =>
            Result.Runs(PointOf(mode))[seed].At(-1, PoolFigures.Setup)?.Value;

        private int PointOf(int mode) => mode == Standby ? StandbyPoint : OnDemandPoint;
    }
}
