namespace Pqms.Mesh;

/// <summary>Sums over one pool's life since mesh time began; differences of two readings give a period's
/// means.</summary>
/// <remarks>
/// Requests are takes of reservations and of the scenario's own demand alike; probes are counted apart, since they use
/// no pair. Conservation: generated = delivered + discarded + purified away + tested + burnt + stock, and
/// delivered = served + set aside.
/// </remarks>
/// <param name="At">When the sums were read.</param>
/// <param name="Generated">End-to-end pairs born.</param>
/// <param name="Delivered">Pairs that a request used, or that were set aside for an order.</param>
/// <param name="SetAside">Of those, pairs set aside for orders, cancelled ones included.</param>
/// <param name="Discarded">Pairs dropped by a cut-off, for want of a place, or with their site.</param>
/// <param name="PurifiedAway">Pairs measured in purification, and pairs lost when it failed.</param>
/// <param name="Tested">Pairs used up by Bell tests.</param>
/// <param name="Burnt">Pairs measured out when the pool was isolated, or drained by an attack.</param>
/// <param name="Stock">Pairs standing.</param>
/// <param name="LinkPairs">Heralded link pairs made for this pool.</param>
/// <param name="Attempts">Attempts to make a link pair, failed ones included.</param>
/// <param name="Requests">Requests for a pair that arrived.</param>
/// <param name="Served">Requests that got a pair.</param>
/// <param name="ServedAtOnce">Of those, requests that found a standing pair.</param>
/// <param name="Lost">Requests that got none and do not wait.</param>
/// <param name="Waiting">Requests that wait now.</param>
/// <param name="EstimateSum">Sum of the estimates of the pairs that requests got.</param>
/// <param name="TruthSum">Sum of their true fidelities.</param>
/// <param name="ErrorXSum">Sum of their true error rates when both sides measure X.</param>
/// <param name="ErrorYSum">The same for Y.</param>
/// <param name="ErrorZSum">The same for Z.</param>
/// <param name="SetupNanoseconds">Sum of the served requests' waits until a pair was there.</param>
/// <param name="DeliveryNanoseconds">Sum of the light times that their use still had to wait for.</param>
/// <param name="StockNanoseconds">Integral of the stock over time, pair-nanoseconds.</param>
/// <param name="AvailableNanoseconds">Time during which at least one pair stood.</param>
/// <param name="Probes">Looks at the pool.</param>
/// <param name="ProbeHits">Looks that found a pair.</param>
/// <param name="ProbeEstimateSum">Sum of the estimates of the pairs looked at.</param>
/// <param name="ProbeTruthSum">Sum of their true fidelities.</param>
/// <param name="PredictedSum">Sum over settled reservations of the granted standing probability times seconds.</param>
/// <param name="FullSeconds">Seconds of settled reservations during which every slot stood filled.</param>
/// <param name="ReservedSeconds">Seconds of settled reservations.</param>
/// <param name="Joules">Energy of attempts and of storage, in J.</param>
public sealed record PoolStatistics(
    MeshTime At,
    ulong Generated,
    ulong Delivered,
    ulong SetAside,
    ulong Discarded,
    ulong PurifiedAway,
    ulong Tested,
    ulong Burnt,
    ulong Stock,
    ulong LinkPairs,
    ulong Attempts,
    ulong Requests,
    ulong Served,
    ulong ServedAtOnce,
    ulong Lost,
    ulong Waiting,
    double EstimateSum,
    double TruthSum,
    double ErrorXSum,
    double ErrorYSum,
    double ErrorZSum,
    UInt128 SetupNanoseconds,
    UInt128 DeliveryNanoseconds,
    UInt128 StockNanoseconds,
    UInt128 AvailableNanoseconds,
    ulong Probes,
    ulong ProbeHits,
    double ProbeEstimateSum,
    double ProbeTruthSum,
    double PredictedSum,
    ulong FullSeconds,
    ulong ReservedSeconds,
    double Joules);
