namespace Pqms.Mesh.Metrics;

/// <summary>Reads a mesh's sums between equal batches and makes the report of them.</summary>
/// <remarks>
/// The caller advances the mesh to the end of the warm-up, calls <see cref="Read"/>, then advances by one batch and
/// reads again, as often as it wants batches. Reading changes nothing in the mesh.
/// </remarks>
public sealed class RunRecorder
{
    private readonly IReadOnlyList<string> _names;
    private readonly Func<int, PoolStatistics> _pool;
    private readonly Func<IReadOnlyList<SiteStatistics>>? _sites;
    private readonly PoolSeries[] _series;
    private readonly PoolSeries _total;
    private MeshTime _first;

    /// <summary>A recorder without readings.</summary>
    /// <param name="poolNames">Names of the pools in the scenario's order, at least one.</param>
    /// <param name="pool">From a pool's 0-based index to its sums now.</param>
    /// <param name="sites">
    /// What the sites used, their pools' share included; null to count the energy of the pools alone.
    /// </param>
    public RunRecorder(
        IReadOnlyList<string> poolNames,
        Func<int, PoolStatistics> pool,
        Func<IReadOnlyList<SiteStatistics>>? sites = null)
    {
        ArgumentNullException.ThrowIfNull(poolNames);
        ArgumentNullException.ThrowIfNull(pool);
        ArgumentOutOfRangeException.ThrowIfZero(poolNames.Count, nameof(poolNames));
        _names = poolNames;
        _pool = pool;
        _sites = sites;
        _total = new PoolSeries(poolNames.Count);
        _series = new PoolSeries[poolNames.Count];
        for (int i = 0; i < _series.Length; i++)
        {
            _series[i] = new PoolSeries();
        }
    }

    /// <summary>Takes one reading of every pool.</summary>
    /// <exception cref="ArgumentException">Mesh time has not moved since the last reading.</exception>
    public void Read()
    {
        PoolStatistics sum = _pool(0);
        _series[0].Add(sum);
        for (int i = 1; i < _series.Length; i++)
        {
            PoolStatistics reading = _pool(i);
            _series[i].Add(reading);
            sum = StatisticsSum.Add(sum, reading);
        }

        _total.Add(_sites is null ? sum : sum with { Joules = SiteJoules(_sites()) });
        _first = _total.Batches == 0 ? sum.At : _first;
    }

    /// <summary>The report over everything between the first reading and the last.</summary>
    /// <param name="scenario">The scenario's name.</param>
    /// <param name="seed">The run's seed.</param>
    /// <exception cref="InvalidOperationException">Fewer than two readings were taken.</exception>
    public RunReport Report(string scenario, ulong seed)
    {
        if (_total.Batches == 0)
        {
            throw new InvalidOperationException("A report needs a reading after the warm-up and one at the end.");
        }

        PoolReport[] pools = new PoolReport[_series.Length];
        for (int i = 0; i < pools.Length; i++)
        {
            pools[i] = new PoolReport(_names[i], _series[i]);
        }

        double seconds = _total.Last.At.Seconds - _first.Seconds;
        return new RunReport(
            scenario, seed, _total.Batches, seconds / _total.Batches, pools, new PoolReport("total", _total), Jain());
    }

    private static double SiteJoules(IReadOnlyList<SiteStatistics> sites)
    {
        double joules = 0.0;
        foreach (SiteStatistics site in sites)
        {
            joules += site.Joules;
        }

        return joules;
    }

    private Measured? Jain()
    {
        double[][] columns = new double[2 * _series.Length][];
        for (int i = 0; i < _series.Length; i++)
        {
            columns[2 * i] = _series[i].Counts(s => s.Requests);
            columns[(2 * i) + 1] = _series[i].Counts(s => s.Served);
        }

        return BatchMeans.Of(columns, JainOf);
    }

    // w x = served, w x^2 = served^2/requests.
    private static double? JainOf(double[] requestsAndServed)
    {
        double requests = 0.0;
        double served = 0.0;
        double squares = 0.0;
        for (int i = 0; i < requestsAndServed.Length; i += 2)
        {
            double asked = requestsAndServed[i];
            double got = requestsAndServed[i + 1];
            if (asked > 0.0)
            {
                requests += asked;
                served += got;
                squares += got * got / asked;
            }
        }

        return squares > 0.0 ? served * served / (requests * squares) : null;
    }
}
