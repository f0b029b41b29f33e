using Pqms.Mesh.Metrics;

namespace Pqms.Cli.Runs;

/// <summary>The figures of all runs of a sweep.</summary>
/// <param name="sweep">What was run.</param>
/// <param name="runs">All seeds of the first point, then those of the next.</param>
internal sealed class SweepResult(Sweep sweep, IReadOnlyList<RunFigures> runs)
{
    /// <summary>What was run.</summary>
    public Sweep Sweep => sweep;

    /// <summary>The runs of a point, by seed.</summary>
    public IReadOnlyList<RunFigures> Runs(int point) => [.. runs.Skip(point * sweep.Seeds).Take(sweep.Seeds)];

    /// <summary>Rows in the order of the points, then of the pools.</summary>
    public IReadOnlyList<SweepRow> Rows() => [.. Enumerable.Range(0, sweep.Points.Count).SelectMany(RowsOf)];

    /// <summary>One figure of one pool at one point: the mean over the seeds; of one seed, its own report.</summary>
    /// <remarks>Seeds without the figure (no pair was delivered) are left out; n tells how many were not.</remarks>
    /// <param name="point">0-based.</param>
    /// <param name="pool">0-based position in the report; -1 for the last, which is the total if there are
    /// several.</param>
    /// <param name="figure">Which.</param>
    public Measured? At(int point, int pool, PoolFigure figure)
    {
        var seeds = Runs(point);
        if (seeds.Count == 1)
        {
            return seeds[0].At(pool, figure);
        }

        var values = seeds.Select(run => run.At(pool, figure)).OfType<Measured>().Select(found => found.Value).ToList();
        return values.Count == 0 ? null : BatchMeans.Mean(values);
    }

    private IEnumerable<SweepRow> RowsOf(int point)
    {
        var pools = runs[point * sweep.Seeds].Pools;
        for (var pool = 0; pool < pools.Count; pool++)
        {
            yield return new SweepRow(
                point, sweep.Points[point].Values, pools[pool],
                PoolFigures.All.ToDictionary(figure => figure, figure => At(point, pool, figure)));
        }
    }
}

/// <summary>What is kept of one run.</summary>
internal sealed class RunFigures
{
    private readonly IReadOnlyList<PoolReport> _pools;

    /// <summary>Keeps a report's pools, and its total when they are several.</summary>
    public RunFigures(RunReport report) =>
        _pools = report.Pools.Count > 1 ? [.. report.Pools, report.Total] : report.Pools;

    /// <summary>Names; "total" comes last when there are several.</summary>
    public IReadOnlyList<string> Pools => [.. _pools.Select(pool => pool.Name)];

    /// <summary>One figure of one pool; -1 for the last.</summary>
    public Measured? At(int pool, PoolFigure figure) => (pool < 0 ? _pools[^1] : _pools[pool])[figure];
}

/// <summary>One pool at one point of the grid.</summary>
/// <param name="Point">0-based number of the point.</param>
/// <param name="Values">JSON values of the axes.</param>
/// <param name="Pool">The pool's name; "total" for all, which comes last when there are several.</param>
/// <param name="Figures">Means over the seeds with intervals between them; of one seed, its own report.</param>
internal sealed record SweepRow(
    int Point, IReadOnlyList<string> Values, string Pool, IReadOnlyDictionary<PoolFigure, Measured?> Figures);
