using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>One step of a reservation's life, as a log (or time alone) made it.</summary>
/// <param name="TimeSeconds">Chain time.</param>
/// <param name="Event">The log; null when time alone ended the window.</param>
/// <param name="From">Status before.</param>
/// <param name="To">Status after; equal to <paramref name="From"/> for takes and the like.</param>
/// <param name="Text">What happened, in words and figures.</param>
public sealed record LifeStep(
    ulong TimeSeconds, ReservationEvent? Event, ReservationStatus From, ReservationStatus To, string Text);

/// <summary>A reservation rebuilt from logs alone.</summary>
public sealed class ReservationLife
{
    private readonly List<LifeStep> _steps = [];

    internal ReservationLife(UInt128 id) => Id = id;

    /// <summary>The reservation.</summary>
    public UInt128 Id { get; }

    /// <summary>Where it stands after the last log; Granted stays until a log or <see cref="StatusAt"/> asks for
    /// time.</summary>
    public ReservationStatus Status { get; private set; }

    /// <summary>Who asked.</summary>
    public Address Client { get; private set; }

    /// <summary>The terms as sent.</summary>
    public Terms Terms { get; private set; }

    /// <summary>First second of the window.</summary>
    public ulong Start { get; private set; }

    /// <summary>First second after it; a release or an extension moves it.</summary>
    public ulong End { get; internal set; }

    /// <summary>End as booked, extensions included.</summary>
    public ulong BookedEnd { get; private set; }

    /// <summary>Whose credit pays, and who gets the refund.</summary>
    public Address Payer { get; private set; }

    /// <summary>The client's cohort at the request, by the ledger's number.</summary>
    public byte Cohort { get; private set; }

    /// <summary>Whether it counts against its cohort's quota.</summary>
    public bool InQuota { get; private set; }

    /// <summary>Wei locked for the window as asked for, extensions included.</summary>
    public UInt128 Price { get; internal set; }

    /// <summary>Most wei that can still be paid: the price, or less after a release.</summary>
    public UInt128 PriceDue { get; internal set; }

    /// <summary>Wei locked now; 0 once it is final.</summary>
    public UInt128 Held { get; internal set; }

    /// <summary>Wei that went to the provider for what it delivered.</summary>
    public UInt128 Paid { get; internal set; }

    /// <summary>Wei that went to the provider for a release or a cancellation.</summary>
    public UInt128 Fees { get; internal set; }

    /// <summary>Wei that went back to the payer, without penalties.</summary>
    public UInt128 Refund { get; internal set; }

    /// <summary>Wei of the provider's bond that went to the payer.</summary>
    public UInt128 Penalty { get; internal set; }

    /// <summary>What the penalty comes to when the provider's bond holds enough.</summary>
    internal BigInteger PenaltyDue { get; set; }

    /// <summary>True once the client has ended it early.</summary>
    public bool WasReleased { get; internal set; }

    /// <summary>End before the last extension.</summary>
    internal ulong EndBefore { get; private set; }

    /// <summary>Wei locked before the last extension.</summary>
    internal UInt128 PriceBefore { get; private set; }

    /// <summary>Sixtieths of a take that were left at <see cref="RefilledAt"/>.</summary>
    internal ulong Tokens { get; set; }

    /// <summary>Chain time of the last take; 0 before the first.</summary>
    internal ulong RefilledAt { get; set; }

    /// <summary>True once a member has accepted: from then on the client too has its share only.</summary>
    internal bool WasShared { get; set; }

    /// <summary>Shares, by member.</summary>
    public IReadOnlyDictionary<Address, Member> Members => MemberTable;

    internal SortedDictionary<Address, Member> MemberTable { get; } = [];

    /// <summary>Sum of the accepted shares, ppm.</summary>
    public uint SharedPpm { get; internal set; }

    /// <summary>The mesh's answer; null before it.</summary>
    public Decision? Decision { get; internal set; }

    /// <summary>The settlement log; null unless Settled.</summary>
    public ReservationSettled? Settlement { get; internal set; }

    /// <summary>Takes asked for until now.</summary>
    public ulong Takes { get; internal set; }

    /// <summary>Chain time of the request, or of its reopening.</summary>
    public ulong RequestedAt { get; internal set; }

    /// <summary>The steps in chain order.</summary>
    public IReadOnlyList<LifeStep> Steps => _steps;

    /// <summary>The status with time taken in.</summary>
    /// <param name="timeSeconds">Chain time.</param>
    /// <returns>Granted reads as Ended from the end on.</returns>
    public ReservationStatus StatusAt(ulong timeSeconds) =>
        Status == ReservationStatus.Granted && timeSeconds >= End ? ReservationStatus.Ended : Status;

    internal void Begin(ReservationRequested requested, ulong timeSeconds)
    {
        var data = requested.Data;
        Client = data.Client;
        Terms = data.Terms;
        Start = data.Start;
        End = data.End;
        BookedEnd = data.End;
        Price = data.Price;
        PriceDue = data.Price;
        Held = data.Price;
        Payer = data.Payer;
        Cohort = data.Cohort;
        InQuota = data.InQuota;
        RequestedAt = timeSeconds;
    }

    internal void Extend(ulong end, UInt128 price)
    {
        (EndBefore, PriceBefore) = (End, Price);
        (End, BookedEnd) = (end, end);
        (Price, PriceDue, Held) = (price, price, price);
    }

    internal void Move(ReservationStatus to, ulong timeSeconds, ReservationEvent? cause, string text)
    {
        _steps.Add(new LifeStep(timeSeconds, cause, Status, to, text));
        Status = to;
    }

    internal void Note(ulong timeSeconds, ReservationEvent cause, string text) =>
        _steps.Add(new LifeStep(timeSeconds, cause, Status, Status, text));
}
