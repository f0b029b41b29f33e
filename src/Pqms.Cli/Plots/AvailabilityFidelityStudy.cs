using System.Globalization;
using Pqms.Cli.Runs;
using Pqms.Mesh.Metrics;
using Pqms.Mesh.Scenarios;
using Pqms.Node;
using Pqms.Physics.Purification;

namespace Pqms.Cli.Plots;

/// <summary>
/// The plane of availability and fidelity at consumption for one pool, as purification and cut-off vary.
/// </summary>
/// <remarks>
/// The two figures by which Davies, Inesta, Wehner (arXiv:2311.10052) and Inesta, Davies, Kar, Wehner
/// (arXiv:2502.20240) judge a buffer: a choice is good when no other is better in both.
/// </remarks>
internal static class AvailabilityFidelityStudy
{
    private const int PurifySteps = 10;
    private const int CutOffSteps = 6;

    /// <summary>Given cut-offs are varied by this factor both ways.</summary>
    private const double CutOffFactor = 8.0;

    /// <summary>The points to run: first those of q, then those of the cut-off.</summary>
    /// <param name="pool">0-based.</param>
    /// <param name="settings">The pool's settings.</param>
    /// <param name="lifetimeSeconds">How long a pair stands above the floor in s.</param>
    /// <param name="untilSeconds">Length of a run in s.</param>
    public static (IReadOnlyList<SweepPoint> Purify, IReadOnlyList<SweepPoint> CutOff) Points(
        int pool, PoolSettings settings, double lifetimeSeconds, double untilSeconds)
    {
        var purify = Enumerable.Range(0, PurifySteps + 1)
            .Select(step => Purify(pool, settings, (double)step / PurifySteps)).ToList();
        var isGiven = settings.CutOff != CutOffKind.Floor && settings.CutOffSeconds <= untilSeconds;
        var longest = isGiven
            ? settings.CutOffSeconds * CutOffFactor
            : Math.Min(lifetimeSeconds, untilSeconds);
        var shortest = isGiven ? settings.CutOffSeconds / CutOffFactor : longest / (CutOffFactor * CutOffFactor);
        var kind = settings.CutOff == CutOffKind.Exponential ? "exponential" : "hard";
        var cutOff = Enumerable.Range(0, CutOffSteps + 1)
            .Select(step => CutOff(pool, kind, shortest * Math.Pow(longest / shortest, (double)step / CutOffSteps)));
        return (purify, cutOff.ToList());
    }

    /// <summary>Runs and draws.</summary>
    /// <param name="study">Scenario, seeds, length.</param>
    /// <param name="pool">0-based.</param>
    /// <param name="lifetimeSeconds">How long a pair of the pool stands above the floor in s.</param>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="RefusedException">The pool delivers nothing.</exception>
    public static FinishedPlot Make(
        PlotStudy study, int pool, double lifetimeSeconds, int threads, Action<double> progress,
        CancellationToken cancel)
    {
        var scenario = study.Source.File.Scenario;
        var settings = scenario.Pools[pool].Settings;
        RequireDemand(scenario, pool);
        var (purify, cutOff) = Points(pool, settings, lifetimeSeconds, study.Until.TotalSeconds);
        var result = study.Sweep([.. purify, .. cutOff]).Execute(threads, progress, cancel);
        var isBySlot = settings.Demand.Kind == DemandKind.Slotted && !settings.Demand.IsProbe;
        var series = new List<PlotSeries>
        {
            new("purification probability q", 0, Found(result, 0, purify, pool, isBySlot)),
            new("cut-off in s", 1, Found(result, purify.Count, cutOff, pool, isBySlot)),
        };
        if (BufferTheory.Curve(scenario, pool) is { Count: > 0 } theory)
        {
            series.Add(new PlotSeries("theory of one good and n bad memories (1GnB)", 4, theory, IsCurve: true));
        }

        if (series.TrueForAll(found => found.Points.Count == 0))
        {
            throw Nothing(scenario.Pools[pool].Name, "no run delivered a pair of it");
        }

        var available = isBySlot
            ? "availability (share of requests that found a pair)"
            : "availability (share of the time with a pair)";
        var panel = new PlotPanel(
            new PlotAxis(available), new PlotAxis("true fidelity at consumption"), series);
        return new FinishedPlot(
            $"availability-fidelity-{scenario.Pools[pool].Name}",
            new Plot($"Availability and fidelity of pool {scenario.Pools[pool].Name}", study.Subtitle, [panel]), "");
    }

    private static void RequireDemand(Scenario scenario, int pool)
    {
        var name = scenario.Pools[pool].Name;
        if (scenario.Pools[pool].Settings.Demand.Kind == DemandKind.None
            && !scenario.Reservations.Any(wanted => wanted.Pool == name && wanted.TakesPerMinute > 0))
        {
            throw Nothing(name, "nobody asks for its pairs");
        }
    }

    private static RefusedException Nothing(string pool, string why) => new(
        ExitCode.Usage, $"pool {pool} has no fidelity at consumption: {why}", "a pool with demand",
        "name another with --pool, or give it demand: "
            + "--set pools[0].demand={\"kind\":\"poisson\",\"ratePerSecond\":1}");

    private static List<PlotPoint> Found(
        SweepResult result, int first, IReadOnlyList<SweepPoint> points, int pool, bool isBySlot)
    {
        var found = new List<PlotPoint>();
        for (var i = 0; i < points.Count; i++)
        {
            var x = result.At(first + i, pool, isBySlot ? PoolFigures.ServedShare : PoolFigures.Availability);
            var y = result.At(first + i, pool, PoolFigures.FidelityTruth)
                ?? result.At(first + i, pool, PoolFigures.ProbeFidelityTruth);
            if (x is not null && y is not null)
            {
                // Neighbours lie too close together for a label each.
                var isLabelled = i % (points.Count / 2) == 0;
                found.Add(new PlotPoint(
                    x.Value, y.Value, x.HalfWidth, y.HalfWidth, isLabelled ? points[i].Values[0] : ""));
            }
        }

        return found;
    }

    private static SweepPoint Purify(int pool, PoolSettings settings, double q)
    {
        var value = q.ToString("R", CultureInfo.InvariantCulture);
        var path = $"$.pools[{pool.ToString(CultureInfo.InvariantCulture)}].purify";
        return new SweepPoint(
            [value],
            [
                settings.Purify.Protocol == PurificationProtocol.None
                    ? new Override(path, $"{{\"protocol\":\"dejmps\",\"arrivalProbability\":{value}}}")
                    : new Override(path + ".arrivalProbability", value),
            ]);
    }

    private static SweepPoint CutOff(int pool, string kind, double seconds)
    {
        var value = seconds.ToString("G3", CultureInfo.InvariantCulture);
        return new SweepPoint(
            [value],
            [
                new Override(
                    $"$.pools[{pool.ToString(CultureInfo.InvariantCulture)}].cutOff",
                    $"{{\"kind\":\"{kind}\",\"seconds\":{value}}}"),
            ]);
    }
}
