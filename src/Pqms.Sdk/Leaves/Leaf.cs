namespace Pqms.Sdk.Leaves;

/// <summary>One event of a report, as it is hashed into the tree: fixed width, big-endian, first byte the
/// kind.</summary>
/// <remarks>The five kinds are the whole family; times are nanoseconds of chain time since the Unix epoch.</remarks>
public abstract record Leaf
{
    private protected Leaf()
    {
    }

    /// <summary>The payload's first byte.</summary>
    public abstract LeafKind Kind { get; }

    /// <summary>The reservation concerned; the order of a production, 0 for counters of a pool.</summary>
    public abstract UInt128 Subject { get; }

    /// <summary>The canonical bytes: one form for each value.</summary>
    /// <returns>Kind and fields.</returns>
    public byte[] ToPayload() => LeafCodec.Encode(this);

    /// <summary>Reads canonical bytes.</summary>
    /// <param name="payload">Exactly one leaf.</param>
    /// <returns>The leaf.</returns>
    /// <exception cref="FormatException">Unknown kind, wrong length, or a field outside its range.</exception>
    public static Leaf FromPayload(ReadOnlySpan<byte> payload) => LeafCodec.Decode(payload);
}

/// <summary>A request was decided. Same fields, units and roundings as the ledger's struct Decision.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="Outcome">Granted or the rule that refused.</param>
/// <param name="FidelityPpm">F0, predicted fidelity of a pair at birth, ppm, rounded down.</param>
/// <param name="LifetimeMilliseconds">tau, time from birth to the class floor, rounded down.</param>
/// <param name="RateMicroHz">a, pairs per second times 1,000,000, rounded down.</param>
/// <param name="StandingPpm">P, probability that the wanted slots stand filled, ppm, rounded down.</param>
public sealed record DecisionLeaf(
    UInt128 ReservationId,
    DecisionOutcome Outcome,
    uint FidelityPpm,
    ulong LifetimeMilliseconds,
    ulong RateMicroHz,
    uint StandingPpm) : Leaf
{
    /// <inheritdoc />
    public override LeafKind Kind => LeafKind.Decision;

    /// <inheritdoc />
    public override UInt128 Subject => ReservationId;
}

/// <summary>A take was answered. Fields of the pair are 0 unless it was delivered.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="TakeNumber">The ledger's number of the take within the reservation, from its TakeRequested log.</param>
/// <param name="PoolId">The pool, 1-based; 0 when the reservation is unknown to the mesh.</param>
/// <param name="Result">Delivered, or why not.</param>
/// <param name="PairEntity">First half of the pair's id: the entity that made it.</param>
/// <param name="PairCounter">Second half: the entity's own counter.</param>
/// <param name="AtNanoseconds">When it was answered.</param>
/// <param name="BornAtNanoseconds">When both ends knew the pair.</param>
/// <param name="FidelityEstimatePpm">What the control plane believed, ppm, rounded down.</param>
/// <param name="FidelityTruePpm">What the emulator knows, ppm, rounded down; no decision may rest on it.</param>
/// <param name="SetupNanoseconds">Wait for a pair to exist; 0 for a standing pair.</param>
/// <param name="DeliveryNanoseconds">Light time along the route, which every use still waits for.</param>
/// <param name="PoolSequence">Number of the pool's events before this one.</param>
/// <param name="StockAfter">Pairs left standing.</param>
public sealed record TakeLeaf(
    UInt128 ReservationId,
    ulong TakeNumber,
    uint PoolId,
    TakeResult Result,
    uint PairEntity,
    ulong PairCounter,
    long AtNanoseconds,
    long BornAtNanoseconds,
    uint FidelityEstimatePpm,
    uint FidelityTruePpm,
    ulong SetupNanoseconds,
    ulong DeliveryNanoseconds,
    ulong PoolSequence,
    uint StockAfter) : Leaf
{
    /// <inheritdoc />
    public override LeafKind Kind => LeafKind.Take;

    /// <inheritdoc />
    public override UInt128 Subject => ReservationId;
}

/// <summary>A reservation's score is final. Both figures are ppm slot-seconds, rounded down.</summary>
/// <param name="ReservationId">The reservation.</param>
/// <param name="Delivered">Sum of the scores of all slots and seconds; at most <paramref name="Promised"/>.</param>
/// <param name="Promised">Slots times seconds times 1,000,000.</param>
public sealed record SettlementLeaf(UInt128 ReservationId, UInt128 Delivered, UInt128 Promised) : Leaf
{
    /// <inheritdoc />
    public override LeafKind Kind => LeafKind.Settlement;

    /// <inheritdoc />
    public override UInt128 Subject => ReservationId;
}

/// <summary>Running totals of a pool: generated = delivered + discarded + stock.</summary>
/// <param name="PoolId">The pool, 1-based.</param>
/// <param name="Sequence">Number of the pool's events so far.</param>
/// <param name="Generated">Pairs ever put into the pool.</param>
/// <param name="Delivered">Pairs taken.</param>
/// <param name="Discarded">Pairs that reached the floor or fell to isolation.</param>
/// <param name="Stock">Pairs standing now.</param>
/// <param name="FidelityEstimateMeanPpm">Mean estimate of the standing pairs, ppm, rounded down; 0 when none
/// stand.</param>
/// <param name="FidelityTrueMeanPpm">Mean true fidelity of them, ppm, rounded down; 0 when none stand.</param>
public sealed record PoolCountersLeaf(
    uint PoolId,
    ulong Sequence,
    ulong Generated,
    ulong Delivered,
    ulong Discarded,
    uint Stock,
    uint FidelityEstimateMeanPpm,
    uint FidelityTrueMeanPpm) : Leaf
{
    /// <inheritdoc />
    public override LeafKind Kind => LeafKind.PoolCounters;

    /// <inheritdoc />
    public override UInt128 Subject => UInt128.Zero;
}

/// <summary>A production order is collected: what the ledger pays for. The layout is IParticleInventory's.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="PoolId">The pool that produced, 1-based.</param>
/// <param name="Count">Pairs set aside for it; 0 when the mesh cannot serve it.</param>
/// <param name="FidelityEstimateMeanPpm">Mean estimate when they were set aside, ppm, rounded down.</param>
/// <param name="AtNanoseconds">When the last one was.</param>
public sealed record ProductionLeaf(
    UInt128 OrderId, uint PoolId, uint Count, uint FidelityEstimateMeanPpm, long AtNanoseconds) : Leaf
{
    /// <inheritdoc />
    public override LeafKind Kind => LeafKind.Production;

    /// <inheritdoc />
    public override UInt128 Subject => OrderId;
}
