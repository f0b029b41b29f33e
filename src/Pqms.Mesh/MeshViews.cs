namespace Pqms.Mesh;

/// <summary>Running totals of one pool, as a report carries them.</summary>
/// <param name="PoolIndex">0-based position in the scenario.</param>
/// <param name="Sequence">Number of the pool's events so far.</param>
/// <param name="Generated">End-to-end pairs ever put into the pool.</param>
/// <param name="Delivered">Pairs taken.</param>
/// <param name="Discarded">Pairs that reached the floor, or fell to isolation.</param>
/// <param name="Stock">Pairs standing now; generated = delivered + discarded + stock.</param>
/// <param name="FidelityEstimateMean">Mean estimate of the standing pairs; 0 when none stand.</param>
/// <param name="FidelityTrueMean">Mean true fidelity of the standing pairs; 0 when none stand.</param>
public sealed record PoolCounters(
    int PoolIndex,
    ulong Sequence,
    ulong Generated,
    ulong Delivered,
    ulong Discarded,
    int Stock,
    double FidelityEstimateMean,
    double FidelityTrueMean);

/// <summary>A pool as seen at one moment; reading it changes nothing.</summary>
/// <param name="Counters">Running totals.</param>
/// <param name="Name">The scenario's name.</param>
/// <param name="FidelityFloor">Class floor at which a pair is discarded.</param>
/// <param name="StockTarget">K, the places that the pool keeps filling.</param>
/// <param name="GrantedSlots">Slots of granted reservations whose window is running.</param>
/// <param name="Isolated">True while it delivers and grants nothing.</param>
/// <param name="Links">Spans between neighbouring sites on its route.</param>
/// <param name="LengthMeters">Fibre along the route, metres.</param>
/// <param name="FreshFidelity">Predicted fidelity at birth; 0 without a route.</param>
/// <param name="LifetimeSeconds">Predicted time above the floor, seconds.</param>
/// <param name="PairRate">Predicted rate, per second, at which one empty place is filled; a lower bound.</param>
/// <param name="LinkPairsGenerated">Heralded link pairs made for this pool.</param>
/// <param name="LinkPairsCutOff">Of those, discarded at the link cut-off.</param>
public sealed record PoolView(
    PoolCounters Counters,
    string Name,
    double FidelityFloor,
    int StockTarget,
    int GrantedSlots,
    bool Isolated,
    int Links,
    double LengthMeters,
    double FreshFidelity,
    double LifetimeSeconds,
    double PairRate,
    ulong LinkPairsGenerated,
    ulong LinkPairsCutOff);

/// <summary>Sums over all pools. Generated = delivered + discarded + in stock always holds.</summary>
/// <param name="Generated">End-to-end pairs put into pools.</param>
/// <param name="Delivered">Pairs taken.</param>
/// <param name="Discarded">Pairs that reached the floor, or fell to isolation.</param>
/// <param name="Stock">Pairs standing.</param>
/// <param name="LinkPairsGenerated">Heralded link pairs.</param>
/// <param name="LinkPairsSwapped">Link pairs that became part of an end-to-end pair.</param>
/// <param name="LinkPairsDiscarded">Link pairs lost to the cut-off, or not needed any more.</param>
/// <param name="LinkPairsStored">Link pairs waiting in communication memories.</param>
/// <param name="Events">Events in the log.</param>
public sealed record MeshTotals(
    ulong Generated,
    ulong Delivered,
    ulong Discarded,
    ulong Stock,
    ulong LinkPairsGenerated,
    ulong LinkPairsSwapped,
    ulong LinkPairsDiscarded,
    ulong LinkPairsStored,
    ulong Events);

/// <summary>What the planner expects of a pool for one request.</summary>
/// <param name="Outcome">Granted, or the first rule that refuses.</param>
/// <param name="FreshFidelity">F0, predicted fidelity at birth.</param>
/// <param name="LifetimeSeconds">tau, seconds a fresh pair stays above the fidelity asked for.</param>
/// <param name="PairRate">a, pairs per second.</param>
/// <param name="StandingProbability">P(standing pairs at least the slots wanted).</param>
/// <param name="Links">Spans on the route.</param>
public sealed record GrantForecast(
    GrantOutcome Outcome,
    double FreshFidelity,
    double LifetimeSeconds,
    double PairRate,
    double StandingProbability,
    int Links);
