namespace Pqms.Mesh.Tests.Metrics;

/// <summary>Readings of a pool made up for tests.</summary>
internal static class Readings
{
    public static readonly PoolStatistics Zero = new(
        default, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, 0, 0, 0, 0, 0.0, 0.0, 0.0,
        0, 0, 0.0);

    /// <summary>A pool in which the same happens in every second: every sum grows with time.</summary>
    public static PoolStatistics Steady(long seconds)
    {
        ulong n = (ulong)seconds;
        return Zero with
        {
            At = MeshTime.FromSeconds(seconds),
            Generated = 10 * n,
            Delivered = 4 * n,
            Discarded = 3 * n,
            PurifiedAway = 2 * n,
            Tested = n,
            Requests = 8 * n,
            Served = 4 * n,
            ServedAtOnce = 2 * n,
            Lost = 4 * n,
            LinkPairs = 40 * n,
            EstimateSum = 4 * 0.95 * n,
            TruthSum = 4 * 0.94 * n,
            ErrorXSum = 4 * 0.05 * n,
            ErrorYSum = 4 * 0.01 * n,
            ErrorZSum = 4 * 0.02 * n,
            SetupNanoseconds = 4 * 250_000_000 * (UInt128)n,
            DeliveryNanoseconds = 4 * 3_000_000 * (UInt128)n,
            StockNanoseconds = 5_000_000_000 * (UInt128)n,
            AvailableNanoseconds = 750_000_000 * (UInt128)n,
            Probes = 2 * n,
            ProbeHits = n,
            ProbeEstimateSum = 0.9 * n,
            ProbeTruthSum = 0.8 * n,
            PredictedSum = 0.99 * n,
            FullSeconds = n,
            ReservedSeconds = n,
            Joules = 100.0 * n,
        };
    }
}
