using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;

namespace Pqms.Sdk.Ledger;

/// <summary>A reservation was booked and its price locked.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationRequested(LogPlace Place, Allocation.ReservationRequestedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>The requests that follow are booked together: the mesh grants all or none.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record GroupRequested(LogPlace Place, Allocation.GroupRequestedEvent Data)
    : LedgerEvent(Place);

/// <summary>A client's signature was used.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record NonceUsed(LogPlace Place, Allocation.NonceUsedEvent Data)
    : LedgerEvent(Place);

/// <summary>A client's open slots changed otherwise than by a request or a settlement.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record OpenSlotsChanged(LogPlace Place, Allocation.OpenSlotsChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>An account was put into a cohort.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record CohortSet(LogPlace Place, Allocation.CohortSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A window became longer.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationExtended(LogPlace Place, Allocation.ReservationExtendedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A client offered a member a share, or withdrew an offer.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ShareOffered(LogPlace Place, Allocation.ShareOfferedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A member consented.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ShareAccepted(LogPlace Place, Allocation.ShareAcceptedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A member gave its share back.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ShareLeft(LogPlace Place, Allocation.ShareLeftEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A report granted or refused it.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationDecided(LogPlace Place, Allocation.ReservationDecidedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A decision came too late and changed nothing.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record DecisionSkipped(LogPlace Place, Allocation.DecisionSkippedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>Takes were asked for, within the entitlement.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record TakeRequested(LogPlace Place, Allocation.TakeRequestedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>The client ended it early.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationReleased(LogPlace Place, Allocation.ReservationReleasedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>The client gave it up before its start.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationCancelled(LogPlace Place, Allocation.ReservationCancelledEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>It was not decided in time.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationExpired(LogPlace Place, Allocation.ReservationExpiredEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>It was not settled in time.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationRefunded(LogPlace Place, Allocation.ReservationRefundedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A grant of a void report was taken back; it waits for a decision again.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationReopened(LogPlace Place, Allocation.ReservationReopenedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A settlement line paid for what was delivered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationSettled(LogPlace Place, Allocation.ReservationSettledEvent Data)
    : ReservationEvent(Place, Data.Id)
{
    /// <summary>The client's open slots afterwards.</summary>
    public uint OpenSlots => (uint)Field(0, 32);

    /// <summary>Their reservations' number.</summary>
    public uint OpenReservations => (uint)Field(32, 32);

    /// <summary>What the client's next signed request must name.</summary>
    public uint Nonce => (uint)Field(64, 32);

    /// <summary>The client's cohort, by the ledger's number.</summary>
    public byte Cohort => (byte)Field(96, 8);

    /// <summary>The client's decayed usage afterwards, slot-seconds.</summary>
    public ulong Usage => Field(104, 64);

    /// <summary>Chain time of <see cref="Usage"/>.</summary>
    public ulong UsageAt => Field(168, 64);

    /// <summary>False when bits above the client's fields are set, which the ledger never does.</summary>
    public bool IsWhole => Field(232, 24) == 0;

    private ulong Field(int shift, int bits) => PackedWord.Field(Data.Client, shift, bits);
}

/// <summary>A settlement cost the provider a penalty.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PenaltyTaken(LogPlace Place, Allocation.PenaltyTakenEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A settlement line did not apply.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LineSkipped(LogPlace Place, Allocation.LineSkippedEvent Data)
    : ReservationEvent(Place, Data.Id);
