namespace Pqms.Mesh;

/// <summary>An instruction to the mesh, applied at the mesh's present time in the order of the chain's logs.</summary>
/// <param name="ReservationId">The reservation it concerns; 0 for commands that concern a pool.</param>
public abstract record MeshCommand(UInt128 ReservationId);

/// <summary>Asks for standing pairs; answered at once by a <see cref="DecisionItem"/>.</summary>
/// <param name="ReservationId">Never used before; a second request with the same id is a bug of the caller.</param>
/// <param name="PoolIndex">
/// 0-based position in the scenario's pools; outside gives <see cref="GrantOutcome.UnknownPool"/>.
/// </param>
/// <param name="Slots">Standing places, at least 1.</param>
/// <param name="Start">First moment of the window.</param>
/// <param name="End">The window's end, exclusive.</param>
/// <param name="FidelityMin">Least fidelity estimate of a standing pair, in (0.5, 1].</param>
/// <param name="CoherenceMinSeconds">
/// Least lifetime above <paramref name="FidelityMin"/> of a fresh pair, seconds; 0 for none.
/// </param>
/// <param name="TakesPerMinute">Entitlement; the chain meters it, the mesh counts it as load.</param>
/// <param name="Priority">0 low, 1 normal, 2 high, 3 critical: weight 2^priority when the planner divides memories anew
/// among the pools of a network; within a pool shortage falls in grant order.</param>
public sealed record RequestCommand(
    UInt128 ReservationId,
    int PoolIndex,
    int Slots,
    MeshTime Start,
    MeshTime End,
    double FidelityMin,
    double CoherenceMinSeconds,
    int TakesPerMinute,
    int Priority) : MeshCommand(ReservationId);

/// <summary>Uses standing pairs of an active reservation; answered by one <see cref="TakeItem"/> each.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="FirstTake">Number of the first take, counted by the chain within the reservation.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record TakeCommand(UInt128 ReservationId, ulong FirstTake, int Count) : MeshCommand(ReservationId);

/// <summary>Ends a granted reservation now; before its start it is settled with nothing promised.</summary>
/// <param name="ReservationId">The reservation.</param>
public sealed record ReleaseCommand(UInt128 ReservationId) : MeshCommand(ReservationId);

/// <summary>Forgets a reservation that the ledger cancelled, expired or refunded: no settlement follows.</summary>
/// <param name="ReservationId">The reservation; unknown or finished ones are ignored.</param>
public sealed record WithdrawCommand(UInt128 ReservationId) : MeshCommand(ReservationId);

/// <summary>Isolates a pool or restores it: an isolated pool delivers nothing and grants nothing.</summary>
/// <param name="PoolIndex">0-based position in the scenario's pools; outside is ignored.</param>
/// <param name="Isolated">True to isolate.</param>
public sealed record IsolatePoolCommand(int PoolIndex, bool Isolated) : MeshCommand(UInt128.Zero);

/// <summary>Asks for standing pairs of several pools, all or none; answered by a <see cref="DecisionItem"/> for each,
/// in order.</summary>
/// <remarks>
/// Each is decided as if all the others stood already. When one cannot be granted, those that could are refused with
/// <see cref="GrantOutcome.GroupRefused"/>.
/// </remarks>
/// <param name="Requests">2 to 8 requests; each as for <see cref="RequestCommand"/>.</param>
public sealed record RequestGroupCommand(IReadOnlyList<RequestCommand> Requests) : MeshCommand(UInt128.Zero);

/// <summary>Moves the end of a granted window to a later time; an unknown or finished reservation is left
/// alone.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="End">The new end, exclusive; not later than the present one changes nothing.</param>
public sealed record ExtendCommand(UInt128 ReservationId, MeshTime End) : MeshCommand(ReservationId);

/// <summary>Orders standing pairs: the pool sets aside what no reservation needs, and half of what it keeps above that,
/// until they are collected; answered by one <see cref="ProductionItem"/>.</summary>
/// <param name="OrderId">Never used before.</param>
/// <param name="PoolIndex">0-based position in the scenario's pools; outside, the answer counts 0 at once.</param>
/// <param name="Count">How many, at least 1.</param>
public sealed record ProduceCommand(UInt128 OrderId, int PoolIndex, int Count) : MeshCommand(OrderId);

/// <summary>Ends an order that is not collected yet; what was set aside for it is lost, and no answer
/// follows.</summary>
/// <param name="OrderId">The order; unknown or finished ones are ignored.</param>
public sealed record CancelProductionCommand(UInt128 OrderId) : MeshCommand(OrderId);
