namespace Pqms.Mesh.Metrics;

/// <summary>Readings of one pool at the ends of equal batches; the first is taken when the warm-up is over.</summary>
public sealed class PoolSeries
{
    private const double NanosecondsPerSecond = 1e9;
    private const double TwoTo64 = 18446744073709551616.0;

    private readonly List<PoolStatistics> _readings = [];

    /// <summary>A series without readings.</summary>
    /// <param name="pools">Pools whose sums the readings are; 1 for a single pool.</param>
    public PoolSeries(int pools = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pools, 1);
        Pools = pools;
    }

    /// <summary>Pools whose sums the readings are.</summary>
    public int Pools { get; }

    /// <summary>Batches so far: readings less one.</summary>
    public int Batches => _readings.Count == 0 ? 0 : _readings.Count - 1;

    /// <summary>The latest reading.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public PoolStatistics Last =>
        _readings.Count > 0 ? _readings[^1] : throw new InvalidOperationException("No reading was added yet.");

    /// <summary>Appends a reading.</summary>
    /// <param name="reading">Later than the last one.</param>
    /// <exception cref="ArgumentException">It is not later.</exception>
    public void Add(PoolStatistics reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (_readings.Count > 0 && reading.At <= _readings[^1].At)
        {
            throw new ArgumentException(
                $"A reading at {reading.At.Nanoseconds} ns does not follow {_readings[^1].At.Nanoseconds} ns.",
                nameof(reading));
        }

        _readings.Add(reading);
    }

    /// <summary>Pairs that the last reading does not account for; 0 unless the mesh lost or invented some.</summary>
    /// <remarks>
    /// Generated - delivered - discarded - purified away - tested - burnt - stock, see <see cref="PoolStatistics"/>.
    /// </remarks>
    public Int128 Unaccounted
    {
        get
        {
            PoolStatistics last = Last;
            return (Int128)last.Generated - last.Delivered - last.Discarded - last.PurifiedAway - last.Tested
                - last.Burnt - last.Stock;
        }
    }

    internal double[] Seconds() => Differences((a, b) => (b.At.Nanoseconds - a.At.Nanoseconds) / NanosecondsPerSecond);

    internal double[] Counts(Func<PoolStatistics, ulong> counter) => Differences((a, b) => counter(b) - counter(a));

    internal double[] SecondsOf(Func<PoolStatistics, UInt128> nanoseconds) => Differences(
        (a, b) => ToDouble(nanoseconds(b) - nanoseconds(a)) / NanosecondsPerSecond);

    internal double[] Sums(Func<PoolStatistics, double> sum) => Differences((a, b) => sum(b) - sum(a));

    // The conversion of UInt128 itself is not among the members known to be exact.
    private static double ToDouble(UInt128 value) => ((ulong)(value >> 64) * TwoTo64) + (ulong)value;

    private double[] Differences(Func<PoolStatistics, PoolStatistics, double> difference)
    {
        double[] column = new double[Batches];
        for (int i = 0; i < column.Length; i++)
        {
            column[i] = difference(_readings[i], _readings[i + 1]);
        }

        return column;
    }
}
