namespace Pqms.Mesh;

/// <summary>Something the mesh owes a report: a decision, a take, a settlement or a production.</summary>
/// <param name="ReservationId">The reservation, or order, it concerns.</param>
public abstract record MeshReportItem(UInt128 ReservationId);

/// <summary>The answer to a request, with the forecast it rests on.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="Outcome">Granted, or the first rule that refused it.</param>
/// <param name="FreshFidelity">F0, predicted fidelity of a pair at birth.</param>
/// <param name="LifetimeSeconds">tau, seconds until a fresh pair's estimate reaches the class floor.</param>
/// <param name="PairRate">a, pairs per second that reach the pool, less admitted take rates.</param>
/// <param name="StandingProbability">P(standing pairs at least the slots wanted).</param>
public sealed record DecisionItem(
    UInt128 ReservationId,
    GrantOutcome Outcome,
    double FreshFidelity,
    double LifetimeSeconds,
    double PairRate,
    double StandingProbability) : MeshReportItem(ReservationId);

/// <summary>The answer to one take. Fields on the pair are zero unless it was delivered.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="TakeNumber">The chain's number of the take.</param>
/// <param name="PoolIndex">0-based pool; -1 when the reservation is unknown.</param>
/// <param name="Outcome">Delivered, or why not.</param>
/// <param name="Pair">The pair that was used up.</param>
/// <param name="At">When.</param>
/// <param name="BornAt">When both ends knew the pair.</param>
/// <param name="FidelityEstimate">What the control plane believed: age model with nominal figures.</param>
/// <param name="FidelityTrue">What it was: overlap of the exact state with Phi+. For audits and metrics only.</param>
/// <param name="SetupNanoseconds">Wait for a pair to exist; 0 for a standing pair.</param>
/// <param name="DeliveryNanoseconds">Light time along the route, which every use of the pair still waits for.</param>
/// <param name="PoolSequence">Number of the pool's events before this one.</param>
/// <param name="StockAfter">Pairs left standing in the pool.</param>
public sealed record TakeItem(
    UInt128 ReservationId,
    ulong TakeNumber,
    int PoolIndex,
    TakeOutcome Outcome,
    PairId Pair,
    MeshTime At,
    MeshTime BornAt,
    double FidelityEstimate,
    double FidelityTrue,
    long SetupNanoseconds,
    long DeliveryNanoseconds,
    ulong PoolSequence,
    int StockAfter) : MeshReportItem(ReservationId);

/// <summary>What a reservation received, at the earlier of its end and its release.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="DeliveredPpmSlotSeconds">
/// Sum of the scores of all slots and seconds, ppm slot-seconds, rounded down.
/// </param>
/// <param name="PromisedPpmSlotSeconds">slots x seconds x 1,000,000.</param>
public sealed record SettlementItem(
    UInt128 ReservationId,
    UInt128 DeliveredPpmSlotSeconds,
    UInt128 PromisedPpmSlotSeconds) : MeshReportItem(ReservationId);

/// <summary>An order is collected, or cannot be.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="PoolIndex">0-based pool; -1 when it is unknown.</param>
/// <param name="Count">Pairs set aside for it; 0 when the mesh cannot serve it.</param>
/// <param name="FidelityEstimateMean">Mean of what the control plane believed of each when it was set aside.</param>
/// <param name="FidelityTrueMean">Mean of what they were then. For audits and metrics only.</param>
/// <param name="At">When the last one was set aside.</param>
public sealed record ProductionItem(
    UInt128 OrderId,
    int PoolIndex,
    int Count,
    double FidelityEstimateMean,
    double FidelityTrueMean,
    MeshTime At) : MeshReportItem(OrderId);
