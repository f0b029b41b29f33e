namespace Pqms.Mesh.Metrics;

/// <summary>What one run did, pool by pool and in total, with 95 % intervals.</summary>
/// <param name="Scenario">The scenario's name.</param>
/// <param name="Seed">Key of all random draws of the run.</param>
/// <param name="Batches">n of every interval.</param>
/// <param name="BatchSeconds">Mesh time of one batch in s.</param>
/// <param name="Pools">In the scenario's order.</param>
/// <param name="Total">All pools together; joules are those of the sites, their own power included.</param>
/// <param name="Jain">
/// Fairness over the pools that were asked for pairs: Jain's index (Jain, Chiu, Hawe, DEC-TR-301, 1984) of the served
/// shares x = served/requests, each weighted with its requests w: (sum w x)^2/(sum w sum w x^2), in (0, 1]; 1 when all
/// shares are equal. Null when nothing was asked for or served.
/// </param>
public sealed record RunReport(
    string Scenario,
    ulong Seed,
    int Batches,
    double BatchSeconds,
    IReadOnlyList<PoolReport> Pools,
    PoolReport Total,
    Measured? Jain)
{
    /// <summary>Whether every pair of every pool is accounted for.</summary>
    public bool IsConserved
    {
        get
        {
            foreach (PoolReport pool in Pools)
            {
                if (pool.Unaccounted != 0)
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>The figures of one pool.</summary>
public sealed class PoolReport
{
    private readonly Dictionary<PoolFigure, Measured?> _figures = [];

    internal PoolReport(string name, PoolSeries series)
    {
        Name = name;
        Last = series.Last;
        Unaccounted = series.Unaccounted;
        foreach (PoolFigure figure in PoolFigures.All)
        {
            _figures.Add(figure, figure.Of(series));
        }
    }

    /// <summary>The pool's name; "total" for all of them.</summary>
    public string Name { get; }

    /// <summary>The sums at the run's end, warm-up included.</summary>
    public PoolStatistics Last { get; }

    /// <summary>Pairs that are not accounted for; 0 unless there is a bug.</summary>
    public Int128 Unaccounted { get; }

    /// <summary>One figure; null when the run says nothing about it.</summary>
    /// <param name="figure">One of <see cref="PoolFigures.All"/>.</param>
    public Measured? this[PoolFigure figure] => _figures[figure];
}
