using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using Hub = Pqms.Sdk.Contracts.ReportHubContract;
using Money = Pqms.Sdk.Contracts.TreasuryContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;
using Registry = Pqms.Sdk.Contracts.RealmRegistryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>A reservation was booked and paid in.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationRequested(LogPlace Place, Allocation.ReservationRequestedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A report granted or refused it.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationDecided(LogPlace Place, Allocation.ReservationDecidedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A report decided a reservation that no longer waits.</summary>
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

/// <summary>A settlement line paid for what was delivered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationSettled(LogPlace Place, Allocation.ReservationSettledEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A settlement line did not apply.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LineSkipped(LogPlace Place, Allocation.LineSkippedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>The calendar of a pool changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record BucketsBooked(LogPlace Place, Allocation.BucketsBookedEvent Data)
    : LedgerEvent(Place);

/// <summary>Money came in for a reservation.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EscrowLocked(LogPlace Place, Money.EscrowLockedEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>A reservation's money was divided.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EscrowSettled(LogPlace Place, Money.EscrowSettledEvent Data)
    : ReservationEvent(Place, Data.Id);

/// <summary>An account's credit has a new absolute value.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record CreditChanged(LogPlace Place, Money.CreditChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>An account took its credit out.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record Withdrawn(LogPlace Place, Money.WithdrawnEvent Data)
    : LedgerEvent(Place);

/// <summary>A site was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record SiteRegistered(LogPlace Place, Network.SiteRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A link was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LinkRegistered(LogPlace Place, Network.LinkRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A pool was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PoolRegistered(LogPlace Place, Network.PoolRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A pool was isolated or restored.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PoolIsolationSet(LogPlace Place, Network.PoolIsolationSetEvent Data)
    : LedgerEvent(Place);

/// <summary>Mesh time begins anew with this scenario and seed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EraStarted(LogPlace Place, Hub.EraStartedEvent Data)
    : LedgerEvent(Place);

/// <summary>Signers and threshold were set.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ConfigSet(LogPlace Place, Hub.ConfigSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A report was accepted; it carries the whole report.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportAccepted(LogPlace Place, Hub.ReportAcceptedEvent Data)
    : LedgerEvent(Place);

/// <summary>A report's settlement lines were executed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportSettled(LogPlace Place, Hub.ReportSettledEvent Data)
    : LedgerEvent(Place);

/// <summary>An address was recorded for discovery.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AddressSet(LogPlace Place, Registry.AddressSetEvent Data)
    : LedgerEvent(Place);

/// <summary>An account's roles changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record RolesSet(LogPlace Place, Registry.RolesSetEvent Data)
    : LedgerEvent(Place);

/// <summary>The pause bits changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PausedSet(LogPlace Place, Registry.PausedSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A new administrator was named.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AdminTransferStarted(LogPlace Place, Registry.AdminTransferStartedEvent Data)
    : LedgerEvent(Place);

/// <summary>The new administrator accepted.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AdminTransferred(LogPlace Place, Registry.AdminTransferredEvent Data)
    : LedgerEvent(Place);
