namespace Pqms.Mesh;

/// <summary>How an emulator runs; nothing here changes one byte of its log.</summary>
/// <param name="Threads">Threads that advance pools which share no state, 1 to 64. <value>The default is 1: the
/// reference
/// scenario needs a few per cent of one core.</value></param>
/// <param name="Observer">Sees every event after it was put into the log; null for none.</param>
public sealed record MeshOptions(int Threads = 1, IMeshObserver? Observer = null);

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

    /// <summary>All spans held a pair and were swapped; the end nodes learn of it later.</summary>
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

    /// <summary>A standing pair or a link pair was dropped because the pool does not need it any more.</summary>
    Dropped = 13,
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
