using Pqms.Ethereum;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>A reservation as the driver knows it.</summary>
internal sealed class KnownBooking(ReservationRequested e)
{
    public UInt128 Id { get; } = e.Id;

    public Address Client { get; } = e.Data.Client;

    public Terms Terms { get; } = e.Data.Terms;

    public ulong Start { get; } = e.Data.Start;

    public ulong End { get; set; } = e.Data.End;

    public ulong RequestedAt { get; set; }

    public ReservationStatus Status { get; set; } = ReservationStatus.Requested;

    public bool HasPath { get; set; }

    public ulong Takes { get; set; }

    public Dictionary<Address, (uint Ppm, bool Accepted)> Members { get; } = [];

    public bool IsGranted(ulong now) => Status == ReservationStatus.Granted && now < End;

    public bool IsActive(ulong now) => IsGranted(now) && now >= Start;

    public bool IsOpen(ulong now) => Status == ReservationStatus.Requested || IsGranted(now);

    public bool IsEnded(ulong now) =>
        Status == ReservationStatus.Ended || (Status == ReservationStatus.Granted && now >= End);
}

/// <summary>A production order as the driver knows it.</summary>
internal sealed class KnownOrder(OrderOpened e)
{
    public const byte Open = 1;
    public const byte Accepted = 2;

    public UInt128 Id { get; } = e.Id;

    public Address Buyer { get; } = e.Data.Buyer;

    public OrderTerms Terms { get; } = e.Data.Terms;

    public byte Status { get; set; } = Open;
}

/// <summary>A lot as the driver knows it.</summary>
internal sealed class KnownLot(LotRegistered e)
{
    public UInt128 Id { get; } = e.Data.Id;

    public Address Provider { get; } = e.Data.Provider;

    public LotTerms Terms { get; } = e.Data.Terms;

    public byte Status { get; set; } = 1;
}

/// <summary>An accepted report with what it binds.</summary>
internal sealed record KnownReport(ReportAccepted Accepted, HandReport Draft, Batch Batch)
{
    public ulong Sequence => Accepted.Data.Sequence;

    public bool IsSettled { get; set; }
}

/// <summary>A path of the operator's own.</summary>
internal sealed record KnownPath(uint[] Links, ulong Start, ulong End, ushort Lanes);
