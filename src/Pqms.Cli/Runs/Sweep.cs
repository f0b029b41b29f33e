using Pqms.Mesh.Metrics;
using Pqms.Mesh.Scenarios;
using Pqms.Node;

namespace Pqms.Cli.Runs;

/// <summary>A grid of variants of one scenario, each run with several seeds.</summary>
/// <remarks>
/// Every point runs with the same seeds, so that differences between points are not drowned by luck. Runs are single
/// threads next to each other; results are put together by their number, so the output does not depend on the threads.
/// </remarks>
/// <param name="Source">The scenario, with what does not vary already put in.</param>
/// <param name="Axes">Directions of the grid; the last one varies fastest.</param>
/// <param name="FirstSeed">Seed of the first run of a point; the next ones count up.</param>
/// <param name="Seeds">Runs per point, at least 1.</param>
/// <param name="Until">Mesh time of a run after its warm-up.</param>
/// <param name="Batches">Batches of a run; they give the intervals when there is one seed only.</param>
internal sealed record Sweep(
    ScenarioSource Source, IReadOnlyList<SweepAxis> Axes, ulong FirstSeed, int Seeds, TimeSpan Until, int Batches)
{
    /// <summary>Most runs of a sweep: of one second each, they take three hours on one thread.</summary>
    public const int MaxRuns = 10_000;

    /// <summary>Most pools times runs: their figures are kept until the end, about 250 bytes each.</summary>
    public const int MaxPoolRuns = 1_000_000;

    /// <summary>Points of the grid.</summary>
    public long Points => Axes.Aggregate(1L, (points, axis) => Math.Min(MaxRuns + 1L, points * axis.Values.Count));

    /// <summary>The values of a point, one per axis.</summary>
    /// <param name="point">0-based.</param>
    public IReadOnlyList<string> ValuesOf(int point)
    {
        var values = new string[Axes.Count];
        for (var axis = Axes.Count - 1; axis >= 0; axis--)
        {
            values[axis] = Axes[axis].Values[point % Axes[axis].Values.Count];
            point /= Axes[axis].Values.Count;
        }

        return values;
    }

    /// <summary>Runs everything.</summary>
    /// <param name="threads">Runs at a time.</param>
    /// <param name="progress">Told the share of the runs' mesh time that is done; called from any thread.</param>
    /// <param name="cancel">Ends the sweep.</param>
    /// <returns>Rows in the order of the grid, then of the pools.</returns>
    /// <exception cref="RefusedException">The grid is too large, or a point is no valid scenario.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IReadOnlyList<SweepRow> Execute(int threads, Action<double>? progress, CancellationToken cancel)
    {
        var points = CheckedPoints(cancel);
        var runs = points * Seeds;
        var reports = new RunFigures[runs];
        var shares = new double[runs];
        try
        {
            Parallel.For(
                0, runs, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
                run =>
                {
                    var seed = unchecked(FirstSeed + (ulong)(run % Seeds));
                    var planned = new MeshRun(Scenario(run / Seeds), seed, Until, Batches);
                    reports[run] = new RunFigures(
                        planned.Execute(share => progress?.Invoke(Done(shares, run, share)), cancel).Report);
                });
        }
        catch (AggregateException several)
        {
            // The first bug or refusal is as good as any; runs stop each other by the same token.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return [.. Enumerable.Range(0, points).SelectMany(point => Rows(point, reports.AsSpan(point * Seeds, Seeds)))];
    }

    private static double Done(double[] shares, int run, double share)
    {
        Volatile.Write(ref shares[run], share);
        return shares.Sum() / shares.Length;
    }

    private Scenario Scenario(int point) => Source.With(
        [.. Axes.Zip(ValuesOf(point), (axis, value) => new Override(axis.Path, value))]).Scenario;

    // A bad value in the last corner of the grid is better found before the first run than after hours.
    private int CheckedPoints(CancellationToken cancel)
    {
        if (Points * Seeds > MaxRuns)
        {
            var points = Points > MaxRuns ? $"more than {MaxRuns}" : $"{Points}";
            throw new RefusedException(
                ExitCode.Usage, $"the grid has {points} points with {Seeds} seeds each",
                $"at most {MaxRuns} runs in all", "give fewer values with --vary, or fewer --seeds");
        }

        long pools = 0;
        for (var point = 0; point < Points; point++)
        {
            cancel.ThrowIfCancellationRequested();
            pools += (long)Scenario(point).Pools.Count * Seeds;
        }

        return pools <= MaxPoolRuns
            ? (int)Points
            : throw new RefusedException(
                ExitCode.Usage, $"the runs have {pools} pools in all", $"at most {MaxPoolRuns} pools times runs",
                "give fewer values with --vary, fewer --seeds, or a scenario with fewer pools");
    }

    private IEnumerable<SweepRow> Rows(int point, ReadOnlySpan<RunFigures> runs)
    {
        var values = ValuesOf(point);
        var rows = new List<SweepRow>();
        for (var pool = 0; pool < runs[0].Pools.Count; pool++)
        {
            var figures = new Dictionary<PoolFigure, Measured?>();
            for (var i = 0; i < PoolFigures.All.Count; i++)
            {
                figures[PoolFigures.All[i]] = Over(runs, pool, i);
            }

            rows.Add(new SweepRow(point, values, runs[0].Pools[pool], figures));
        }

        return rows;
    }

    // Seeds without the figure (no pair was delivered) are left out; n tells how many were not.
    private static Measured? Over(ReadOnlySpan<RunFigures> runs, int pool, int figure)
    {
        if (runs.Length == 1)
        {
            return runs[0].Values[pool][figure];
        }

        var values = new List<double>();
        foreach (var run in runs)
        {
            if (run.Values[pool][figure] is { } measured)
            {
                values.Add(measured.Value);
            }
        }

        return values.Count == 0 ? null : BatchMeans.Mean(values);
    }

    /// <summary>What is kept of a run.</summary>
    private sealed class RunFigures
    {
        public RunFigures(RunReport report)
        {
            var pools = report.Pools.Count > 1 ? [.. report.Pools, report.Total] : report.Pools;
            Pools = [.. pools.Select(pool => pool.Name)];
            Values = [.. pools.Select(pool => PoolFigures.All.Select(figure => pool[figure]).ToArray())];
        }

        public IReadOnlyList<string> Pools { get; }

        public IReadOnlyList<Measured?[]> Values { get; }
    }
}

/// <summary>One pool at one point of the grid.</summary>
/// <param name="Point">0-based number of the point.</param>
/// <param name="Values">JSON values of the axes.</param>
/// <param name="Pool">The pool's name; "total" for all, which comes last when there are several.</param>
/// <param name="Figures">Means over the seeds with intervals between them; of one seed, its own report.</param>
internal sealed record SweepRow(
    int Point, IReadOnlyList<string> Values, string Pool, IReadOnlyDictionary<PoolFigure, Measured?> Figures);
