using Pqms.Mesh;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle;

/// <summary>The one place where units of the chain meet units of the mesh.</summary>
/// <remarks>
/// Chain: seconds, parts per million, milliseconds, microhertz, 1-based pool ids. Mesh: nanoseconds, doubles, 0-based
/// indices. Every rounding is named. <c>Down</c> gives the greatest chain number whose mesh value does not exceed the
/// argument, <c>Up</c> the least one that is not below it; so a chain number survives the way there and back unchanged.
/// Division and comparison of doubles are exact to the last bit on every machine, hence so is every result here.
/// </remarks>
internal static class Translation
{
    /// <summary>Parts per million in one.</summary>
    public const double PpmScale = 1_000_000;

    private const double MillisecondsPerSecond = 1_000;
    private const double MicrosecondsPerSecond = 1_000_000;
    private const double MicrohertzPerHertz = 1_000_000;

    /// <summary>Chain time as mesh time; exact.</summary>
    /// <param name="chainSeconds">Seconds since the epoch, at most 9,223,372,036.</param>
    public static MeshTime TimeFromChain(ulong chainSeconds) => MeshTime.FromSeconds(checked((long)chainSeconds));

    /// <summary>The 0-based position of a pool in the scenario; -1 for pool id 0, which no pool has.</summary>
    /// <param name="poolId">The ledger's 1-based id.</param>
    public static int PoolIndexFromId(uint poolId) => poolId > int.MaxValue ? int.MaxValue : (int)poolId - 1;

    /// <summary>The ledger's 1-based id of a pool; 0 for no pool.</summary>
    /// <param name="poolIndex">0-based position, or -1.</param>
    public static uint PoolIdFromIndex(int poolIndex) => checked((uint)(poolIndex + 1));

    /// <summary>A fraction from parts per million.</summary>
    /// <param name="ppm">Parts per million.</param>
    public static double FractionFromPpm(uint ppm) => ppm / PpmScale;

    /// <summary>Seconds from microseconds.</summary>
    /// <param name="microseconds">Microseconds; above 2^53 the nearest double.</param>
    public static double SecondsFromMicroseconds(ulong microseconds) => microseconds / MicrosecondsPerSecond;

    /// <summary>Parts per million, rounded down.</summary>
    /// <param name="fraction">In [0, 1].</param>
    public static uint PpmDown(double fraction)
    {
        ThrowUnlessFraction(fraction);
        return (uint)ScaleDown(fraction, PpmScale, uint.MaxValue);
    }

    /// <summary>Parts per million, rounded up.</summary>
    /// <param name="fraction">In [0, 1].</param>
    public static uint PpmUp(double fraction)
    {
        ThrowUnlessFraction(fraction);
        return (uint)ScaleUp(fraction, PpmScale, uint.MaxValue);
    }

    /// <summary>Whole milliseconds, rounded down; a time too long for 64 bits gives the greatest number.</summary>
    /// <param name="seconds">At least 0.</param>
    public static ulong MillisecondsDown(double seconds) => ScaleDown(seconds, MillisecondsPerSecond, ulong.MaxValue);

    /// <summary>Microhertz, rounded down; a rate too great for 64 bits gives the greatest number.</summary>
    /// <param name="perSecond">Events per second, at least 0.</param>
    public static ulong MicrohertzDown(double perSecond) => ScaleDown(perSecond, MicrohertzPerHertz, ulong.MaxValue);

    /// <summary>A ledger event as a command to the mesh.</summary>
    /// <param name="ledgerEvent">An event whose role is <see cref="LedgerRole.Command"/>.</param>
    /// <exception cref="InvalidOperationException">The one table says command, and no translation is known.</exception>
    public static MeshCommand ToCommand(LedgerEvent ledgerEvent) => ledgerEvent switch
    {
        ReservationRequested requested => ToRequest(requested),
        ReservationExtended extended => new ExtendCommand(extended.Data.Id, TimeFromChain(extended.Data.End)),
        TakeRequested take => new TakeCommand(take.Data.Id, take.Data.FirstTake, checked((int)take.Data.Count)),
        ReservationReleased released => new ReleaseCommand(released.Data.Id),
        ReservationCancelled cancelled => new WithdrawCommand(cancelled.Data.Id),
        ReservationExpired expired => new WithdrawCommand(expired.Data.Id),
        ReservationRefunded refunded => new WithdrawCommand(refunded.Data.Id),
        PoolIsolationSet isolation =>
            new IsolatePoolCommand(PoolIndexFromId(isolation.Data.Id), isolation.Data.Isolated),
        _ => throw new InvalidOperationException($"{ledgerEvent.Name} is a command without a translation."),
    };

    /// <summary>A request as a command to the mesh.</summary>
    /// <param name="requested">The log that booked it.</param>
    public static RequestCommand ToRequest(ReservationRequested requested) => new(
        requested.Data.Id,
        PoolIndexFromId(requested.Data.Pool),
        checked((int)requested.Data.Terms.Slots),
        TimeFromChain(requested.Data.Start),
        TimeFromChain(requested.Data.End),
        FractionFromPpm(requested.Data.Terms.FidelityMinPpm),
        SecondsFromMicroseconds(requested.Data.Terms.CoherenceMinMicroseconds),
        checked((int)requested.Data.Terms.TakesPerMinute),
        requested.Data.Terms.Priority);

    /// <summary>A decision in the ledger's units: every figure rounded down, so that the chain never promises
    /// more.</summary>
    /// <param name="item">The mesh's decision.</param>
    public static Decision ToDecision(DecisionItem item) => new(
        item.ReservationId,
        (byte)item.Outcome,
        PpmDown(item.FreshFidelity),
        MillisecondsDown(item.LifetimeSeconds),
        MicrohertzDown(item.PairRate),
        PpmDown(item.StandingProbability));

    /// <summary>A settlement line; the mesh has rounded what was delivered down already.</summary>
    /// <param name="item">The mesh's settlement.</param>
    public static Line ToLine(SettlementItem item) => new(item.ReservationId, item.DeliveredPpmSlotSeconds);

    /// <summary>The leaf of one report item; figures rounded down.</summary>
    /// <param name="item">The mesh's item.</param>
    public static Leaf ToLeaf(MeshReportItem item) => item switch
    {
        DecisionItem decision => new DecisionLeaf(
            decision.ReservationId,
            (DecisionOutcome)(byte)decision.Outcome,
            PpmDown(decision.FreshFidelity),
            MillisecondsDown(decision.LifetimeSeconds),
            MicrohertzDown(decision.PairRate),
            PpmDown(decision.StandingProbability)),
        TakeItem take => new TakeLeaf(
            take.ReservationId,
            take.TakeNumber,
            PoolIdFromIndex(take.PoolIndex),
            (TakeResult)(byte)take.Outcome,
            take.Pair.Entity,
            take.Pair.Counter,
            take.At.Nanoseconds,
            take.BornAt.Nanoseconds,
            PpmDown(take.FidelityEstimate),
            PpmDown(take.FidelityTrue),
            checked((ulong)take.SetupNanoseconds),
            checked((ulong)take.DeliveryNanoseconds),
            take.PoolSequence,
            checked((uint)take.StockAfter)),
        SettlementItem settlement => new SettlementLeaf(
            settlement.ReservationId, settlement.DeliveredPpmSlotSeconds, settlement.PromisedPpmSlotSeconds),
        ProductionItem production => new ProductionLeaf(
            production.OrderId,
            PoolIdFromIndex(production.PoolIndex),
            checked((uint)production.Count),
            PpmDown(production.FidelityEstimateMean),
            production.At.Nanoseconds),
        _ => throw new InvalidOperationException($"No leaf for {item.GetType().Name}."),
    };

    /// <summary>The leaf of a pool's running totals; fidelities rounded down.</summary>
    /// <param name="counters">The mesh's counters.</param>
    public static Leaf ToLeaf(PoolCounters counters) => new PoolCountersLeaf(
        PoolIdFromIndex(counters.PoolIndex),
        counters.Sequence,
        counters.Generated,
        counters.Delivered,
        counters.Discarded,
        checked((uint)counters.Stock),
        PpmDown(counters.FidelityEstimateMean),
        PpmDown(counters.FidelityTrueMean));

    /// <summary>The greatest whole number n with n / scale at most <paramref name="value"/>.</summary>
    internal static ulong ScaleDown(double value, double scale, ulong limit)
    {
        ThrowUnlessCountable(value);
        double scaled = value * scale;
        if (scaled >= limit)
        {
            return limit;
        }

        // The product may be off by one unit in the last place: correct against the exact quotient.
        ulong candidate = (ulong)scaled;
        while (candidate > 0 && candidate / scale > value)
        {
            candidate--;
        }

        while (candidate < limit && (candidate + 1) / scale <= value && (candidate + 1) / scale > candidate / scale)
        {
            candidate++;
        }

        return candidate;
    }

    /// <summary>The least whole number n with n / scale at least <paramref name="value"/>.</summary>
    internal static ulong ScaleUp(double value, double scale, ulong limit)
    {
        ulong down = ScaleDown(value, scale, limit);
        return down < limit && down / scale < value ? down + 1 : down;
    }

    private static void ThrowUnlessFraction(double fraction)
    {
        if (!(fraction >= 0 && fraction <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A fraction lies in [0, 1].");
        }
    }

    private static void ThrowUnlessCountable(double value)
    {
        if (!(value >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "The figure must be at least 0 and a number.");
        }
    }
}
