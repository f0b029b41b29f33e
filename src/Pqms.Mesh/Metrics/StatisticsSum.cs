namespace Pqms.Mesh.Metrics;

/// <summary>The sums of several pools, read at one moment.</summary>
internal static class StatisticsSum
{
    /// <summary>Adds field by field.</summary>
    /// <param name="a">Some pools.</param>
    /// <param name="b">Others, read at the same moment.</param>
    public static PoolStatistics Add(PoolStatistics a, PoolStatistics b) => new(
        a.At,
        a.Generated + b.Generated,
        a.Delivered + b.Delivered,
        a.SetAside + b.SetAside,
        a.Discarded + b.Discarded,
        a.PurifiedAway + b.PurifiedAway,
        a.Tested + b.Tested,
        a.Burnt + b.Burnt,
        a.Stock + b.Stock,
        a.LinkPairs + b.LinkPairs,
        a.Attempts + b.Attempts,
        a.Requests + b.Requests,
        a.Served + b.Served,
        a.ServedAtOnce + b.ServedAtOnce,
        a.Lost + b.Lost,
        a.Waiting + b.Waiting,
        a.EstimateSum + b.EstimateSum,
        a.TruthSum + b.TruthSum,
        a.ErrorXSum + b.ErrorXSum,
        a.ErrorYSum + b.ErrorYSum,
        a.ErrorZSum + b.ErrorZSum,
        a.SetupNanoseconds + b.SetupNanoseconds,
        a.DeliveryNanoseconds + b.DeliveryNanoseconds,
        a.StockNanoseconds + b.StockNanoseconds,
        a.AvailableNanoseconds + b.AvailableNanoseconds,
        a.Probes + b.Probes,
        a.ProbeHits + b.ProbeHits,
        a.ProbeEstimateSum + b.ProbeEstimateSum,
        a.ProbeTruthSum + b.ProbeTruthSum,
        a.PredictedSum + b.PredictedSum,
        a.FullSeconds + b.FullSeconds,
        a.ReservedSeconds + b.ReservedSeconds,
        a.Joules + b.Joules);
}
