namespace Pqms.Mesh;

/// <summary>How an emulator runs; threads and observer change no byte of its log.</summary>
/// <param name="Threads">Threads that advance pools which share no state, 1 to 64. <value>The default is 1: the
/// reference
/// scenario needs a few per cent of one core.</value></param>
/// <param name="Observer">Sees every event after it was put into the log; null for none.</param>
public sealed record MeshOptions(int Threads = 1, IMeshObserver? Observer = null)
{
    /// <summary>
    /// Whether every attempt is drawn and scheduled instead of skipping to the next success; false unless given. Slow,
    /// and another run: equal in distribution, not byte by byte.
    /// </summary>
    public bool PerAttempt { get; init; }
}

/// <summary>Watches the event log, for metrics and for finding the first event that differs between two runs.</summary>
public interface IMeshObserver
{
    /// <summary>Called once for every event, in log order, on the thread that advances the mesh.</summary>
    /// <param name="meshEvent">The event.</param>
    void Observe(in MeshEvent meshEvent);
}

/// <summary>Kinds of event; the numbers are part of the log.</summary>
public enum MeshEventKind : byte
{
    /// <summary>None; never in a log.</summary>
    None = 0,

    /// <summary>A link pair was heralded. Subject: span on the route; value: link pair counter.</summary>
    LinkPairHeralded = 1,

    /// <summary>A link pair reached the cut-off.</summary>
    LinkPairCutOff = 2,

    /// <summary>
    /// Pairs were swapped; the ends learn of it later. Subject: the swap or pair counter; value: 1 if it worked.
    /// </summary>
    Swapped = 3,

    /// <summary>An end-to-end pair was put into the pool.</summary>
    PairBorn = 4,

    /// <summary>A standing pair's estimate reached the class floor.</summary>
    PairExpired = 5,

    /// <summary>A standing pair was taken.</summary>
    PairTaken = 6,

    /// <summary>A command arrived.</summary>
    CommandApplied = 7,

    /// <summary>A request was decided.</summary>
    Decided = 8,

    /// <summary>A take was answered.</summary>
    TakeAnswered = 9,

    /// <summary>A reservation was settled.</summary>
    Settled = 10,

    /// <summary>The pool's stock target changed.</summary>
    TargetChanged = 11,

    /// <summary>A second of the window of a reservation was scored.</summary>
    SecondScored = 12,

    /// <summary>A pair was dropped because the pool has no place for it.</summary>
    Dropped = 13,

    /// <summary>A round of link purification ended. Subject: span; value: pairs ready there.</summary>
    LinkPairPurified = 14,

    /// <summary>A pair was measured to purify another. Subject: the kept pair; value: 1 if it worked.</summary>
    PairPurified = 15,

    /// <summary>A pair was lost at a swap. Value: stock.</summary>
    PairLost = 16,

    /// <summary>A request of the scenario's own demand arrived. Subject: its number; value: pairs standing.</summary>
    RequestArrived = 17,

    /// <summary>A pair was used up by a Bell test. Subject: pair; value: basis times 2 plus 1 if it failed.</summary>
    PairTested = 18,

    /// <summary>A pair was measured out. Subject: pair; value: 1 isolation, 2 drain.</summary>
    PairBurnt = 19,

    /// <summary>The health of the pool changed. Subject: new state; value: evidence so far.</summary>
    HealthChanged = 20,

    /// <summary>The conditions of a span or site changed. Subject: span, or 2^32 plus node; value: what is
    /// known.</summary>
    ConditionsChanged = 21,

    /// <summary>A link pair was used up by a test. Subject: span; value: basis times 2 plus 1 if it failed.</summary>
    SpanTested = 25,

    /// <summary>Tests named the span at fault. Subject: its position plus 1, or 0; value: tests so far.</summary>
    SpanNamed = 26,

    /// <summary>An order is collected. Subject: pairs; value: bits of the mean true fidelity.</summary>
    OrderCollected = 27,

    /// <summary>The planner gave the pool another share. Subject: memories on its route; value: places.</summary>
    Replanned = 22,

    /// <summary>The pool's pairs take another route. Subject: the route; value: spans.</summary>
    RouteChanged = 23,

    /// <summary>A path was reserved for requests. Subject: memories per span; value: requests that hold one.</summary>
    PathReserved = 24,
}

/// <summary>One event of the log.</summary>
/// <param name="At">When.</param>
/// <param name="Entity">Whose: the pool's index.</param>
/// <param name="Counter">The entity's own event number, from 1.</param>
/// <param name="Kind">What.</param>
/// <param name="Subject">What it is about: a span, a pair, a take, by kind.</param>
/// <param name="Value">A figure by kind: fidelity bits, a count, an outcome.</param>
/// <param name="Reservation">The reservation concerned, or 0.</param>
public readonly record struct MeshEvent(
    MeshTime At,
    uint Entity,
    ulong Counter,
    MeshEventKind Kind,
    ulong Subject,
    ulong Value,
    UInt128 Reservation);
