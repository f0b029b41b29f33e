namespace Pqms.Mesh.Metrics;

/// <summary>Every figure that a run reports for each pool and for all pools together.</summary>
/// <remarks>
/// Rates are per second of mesh time after the warm-up. Truth is what the pairs were, estimate what control believed;
/// both are reported, apart. Set-up and delivery latency are apart too: a standing pair removes the first one only.
/// </remarks>
public static class PoolFigures
{
    /// <summary>End-to-end pairs born.</summary>
    public static readonly PoolFigure Generated = Rate("generatedPerSecond", "pairs born", s => s.Generated);

    /// <summary>Pairs that requests used or that were set aside for orders.</summary>
    public static readonly PoolFigure Delivered =
        Rate("deliveredPerSecond", "pairs that requests used or orders got", s => s.Delivered);

    /// <summary>Share of the time in which a pair stood; over several pools the mean share.</summary>
    public static readonly PoolFigure Availability = new(
        "availability", "1", "share of the time in which at least one pair stood",
        p => BatchMeans.Of(
            [p.SecondsOf(s => s.AvailableNanoseconds), p.Seconds()], sums => sums[0] / (sums[1] * p.Pools)));

    /// <summary>Requests served over requests that arrived; above 1 while a queue from before is worked off.</summary>
    public static readonly PoolFigure ServedShare =
        Share("servedShare", "requests served over requests arrived", s => s.Served, s => s.Requests);

    /// <summary>Requests that found a standing pair, over requests that arrived.</summary>
    public static readonly PoolFigure ServedAtOnceShare = Share(
        "servedAtOnceShare", "requests that found a standing pair, over requests arrived",
        s => s.ServedAtOnce, s => s.Requests);

    /// <summary>Requests that got no pair and do not wait.</summary>
    public static readonly PoolFigure Lost = Rate(
        "lostPerSecond", "requests that got no pair and did not wait", s => s.Lost, "requests/s");

    /// <summary>Mean wait of a served request until a pair was there.</summary>
    public static readonly PoolFigure Setup = Latency(
        "setupSeconds", "mean wait of served requests until a pair was there", s => s.SetupNanoseconds);

    /// <summary>Mean light time that the use of a pair had to wait for, after the set-up.</summary>
    public static readonly PoolFigure Delivery = Latency(
        "deliverySeconds", "mean light time that use still had to wait for", s => s.DeliveryNanoseconds);

    /// <summary>Mean true fidelity of the delivered pairs at the moment of use.</summary>
    public static readonly PoolFigure FidelityTruth = PerPair(
        "fidelityTruth", "1", "true fidelity at consumption", s => s.TruthSum);

    /// <summary>Mean fidelity that control believed the delivered pairs to have.</summary>
    public static readonly PoolFigure FidelityEstimate = PerPair(
        "fidelityEstimate", "1", "estimated fidelity at consumption", s => s.EstimateSum);

    /// <summary>True error rate of delivered pairs when both sides measure X.</summary>
    public static readonly PoolFigure QberX = PerPair(
        "qberX", "1", "error rate of delivered pairs, both measured in X", s => s.ErrorXSum);

    /// <summary>True error rate of delivered pairs when both sides measure Y.</summary>
    public static readonly PoolFigure QberY = PerPair(
        "qberY", "1", "error rate of delivered pairs, both measured in Y", s => s.ErrorYSum);

    /// <summary>True error rate of delivered pairs when both sides measure Z.</summary>
    public static readonly PoolFigure QberZ = PerPair(
        "qberZ", "1", "error rate of delivered pairs, both measured in Z", s => s.ErrorZSum);

    /// <summary>Secret key if every delivered pair were used for BBM92; see <see cref="KeyRate"/>.</summary>
    /// <remarks>
    /// Of several pools together it follows from their common error rates, and is at most the sum of their keys.
    /// </remarks>
    public static readonly PoolFigure Key = new(
        "keyBitsPerSecond", "bit/s", "asymptotic BBM92 key if all delivered pairs were used for it",
        p => BatchMeans.Of(
            [p.Counts(s => s.Served), p.Sums(s => s.ErrorXSum), p.Sums(s => s.ErrorZSum), p.Seconds()],
            sums => sums[0] > 0.0
                ? KeyRate.Sifted * sums[0] / sums[3] * KeyRate.Fraction(sums[1] / sums[0], sums[2] / sums[0])
                : 0.0));

    /// <summary>Pairs dropped by a cut-off, for want of a place, or with their site.</summary>
    public static readonly PoolFigure Discarded = Rate(
        "discardedPerSecond", "pairs dropped by a cut-off, for want of a place or with their site", s => s.Discarded);

    /// <summary>Pairs measured in purification or lost by its failure.</summary>
    public static readonly PoolFigure PurifiedAway = Rate(
        "purifiedAwayPerSecond", "pairs measured in purification or lost by its failure", s => s.PurifiedAway);

    /// <summary>Pairs used up by Bell tests.</summary>
    public static readonly PoolFigure Tested = Rate("testedPerSecond", "pairs used up by tests", s => s.Tested);

    /// <summary>Pairs measured out by isolation, or drained by an attack.</summary>
    public static readonly PoolFigure Burnt = Rate(
        "burntPerSecond", "pairs measured out by isolation or drained by an attack", s => s.Burnt);

    /// <summary>Time average of the pairs that stood.</summary>
    public static readonly PoolFigure Stock = new(
        "stockMean", "pairs", "time average of standing pairs",
        p => BatchMeans.Ratio(p.SecondsOf(s => s.StockNanoseconds), p.Seconds()));

    /// <summary>Looks of probes that found a pair; unbiased for availability when probes arrive at random.</summary>
    public static readonly PoolFigure ProbeHitShare = Share(
        "probeHitShare", "looks at the pool that found a pair", s => s.ProbeHits, s => s.Probes);

    /// <summary>Mean true fidelity of the pairs that probes found.</summary>
    public static readonly PoolFigure ProbeFidelityTruth = PerHit(
        "probeFidelityTruth", "true fidelity of pairs looked at", s => s.ProbeTruthSum);

    /// <summary>Mean estimate of the pairs that probes found.</summary>
    public static readonly PoolFigure ProbeFidelityEstimate = PerHit(
        "probeFidelityEstimate", "estimated fidelity of pairs looked at", s => s.ProbeEstimateSum);

    /// <summary>Probability of full slots that grants predicted, weighted by reserved seconds.</summary>
    public static readonly PoolFigure GrantPredicted = new(
        "grantPredicted", "1", "predicted share of reserved seconds with every slot filled",
        p => BatchMeans.Ratio(p.Sums(s => s.PredictedSum), p.Counts(s => s.ReservedSeconds)));

    /// <summary>Share of reserved seconds in which every slot stood filled: what the grants delivered.</summary>
    public static readonly PoolFigure GrantDelivered = Share(
        "grantDelivered", "share of reserved seconds with every slot filled",
        s => s.FullSeconds, s => s.ReservedSeconds);

    /// <summary>Link pairs made per second, the raw material.</summary>
    public static readonly PoolFigure LinkPairs = Rate(
        "linkPairsPerSecond", "heralded pairs of single spans made for the pool", s => s.LinkPairs);

    /// <summary>Energy per delivered pair.</summary>
    public static readonly PoolFigure JoulesPerPair = new(
        "joulesPerPair", "J", "energy per delivered pair",
        p => BatchMeans.Ratio(p.Sums(s => s.Joules), p.Counts(s => s.Delivered)));

    /// <summary>Mean power.</summary>
    public static readonly PoolFigure Watts = new(
        "watts", "W", "mean power", p => BatchMeans.Ratio(p.Sums(s => s.Joules), p.Seconds()));

    /// <summary>All of them, in the order of tables.</summary>
    public static readonly IReadOnlyList<PoolFigure> All =
    [
        Delivered, Availability, ServedShare, ServedAtOnceShare, Setup, Delivery, FidelityTruth, FidelityEstimate,
        QberX, QberY, QberZ, Key, Generated, Discarded, PurifiedAway, Tested, Burnt, Lost, Stock, LinkPairs,
        ProbeHitShare, ProbeFidelityTruth, ProbeFidelityEstimate, GrantPredicted, GrantDelivered, JoulesPerPair, Watts,
    ];

    private static PoolFigure Rate(
        string key, string meaning, Func<PoolStatistics, ulong> counter, string unit = "pairs/s") =>
        new(key, unit, meaning, p => BatchMeans.Ratio(p.Counts(counter), p.Seconds()));

    private static PoolFigure Share(
        string key, string meaning, Func<PoolStatistics, ulong> part, Func<PoolStatistics, ulong> whole) =>
        new(key, "1", meaning, p => BatchMeans.Ratio(p.Counts(part), p.Counts(whole)));

    private static PoolFigure Latency(string key, string meaning, Func<PoolStatistics, UInt128> nanoseconds) =>
        new(key, "s", meaning, p => BatchMeans.Ratio(p.SecondsOf(nanoseconds), p.Counts(s => s.Served)));

    // Sums of fidelity and errors are of pairs that requests got; a production item tells those of an order.
    private static PoolFigure PerPair(string key, string unit, string meaning, Func<PoolStatistics, double> sum) =>
        new(key, unit, meaning, p => BatchMeans.Ratio(p.Sums(sum), p.Counts(s => s.Served)));

    private static PoolFigure PerHit(string key, string meaning, Func<PoolStatistics, double> sum) =>
        new(key, "1", meaning, p => BatchMeans.Ratio(p.Sums(sum), p.Counts(s => s.ProbeHits)));
}
