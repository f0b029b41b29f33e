using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Ledger;

/// <summary>A reservation was booked and paid in.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationRequested(LogPlace Place, ParticleAllocationContract.ReservationRequestedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>A report granted or refused it.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationDecided(LogPlace Place, ParticleAllocationContract.ReservationDecidedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>A report decided a reservation that no longer waits.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record DecisionSkipped(LogPlace Place, ParticleAllocationContract.DecisionSkippedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>Takes were asked for, within the entitlement.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record TakeRequested(LogPlace Place, ParticleAllocationContract.TakeRequestedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>The client ended it early.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationReleased(LogPlace Place, ParticleAllocationContract.ReservationReleasedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>The client gave it up before its start.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationCancelled(LogPlace Place, ParticleAllocationContract.ReservationCancelledEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>It was not decided in time.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationExpired(LogPlace Place, ParticleAllocationContract.ReservationExpiredEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>It was not settled in time.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationRefunded(LogPlace Place, ParticleAllocationContract.ReservationRefundedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>A settlement line paid for what was delivered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservationSettled(LogPlace Place, ParticleAllocationContract.ReservationSettledEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>A settlement line did not apply.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LineSkipped(LogPlace Place, ParticleAllocationContract.LineSkippedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>The calendar of a pool changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record BucketsBooked(LogPlace Place, ParticleAllocationContract.BucketsBookedEvent Data) : LedgerEvent(Place);

/// <summary>Money came in for a reservation.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EscrowLocked(LogPlace Place, TreasuryContract.EscrowLockedEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>A reservation's money was divided.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EscrowSettled(LogPlace Place, TreasuryContract.EscrowSettledEvent Data) : ReservationEvent(Place, Data.Id);

/// <summary>An account's credit has a new absolute value.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record CreditChanged(LogPlace Place, TreasuryContract.CreditChangedEvent Data) : LedgerEvent(Place);

/// <summary>An account took its credit out.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record Withdrawn(LogPlace Place, TreasuryContract.WithdrawnEvent Data) : LedgerEvent(Place);

/// <summary>A site was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record SiteRegistered(LogPlace Place, EntanglementNetworkContract.SiteRegisteredEvent Data) : LedgerEvent(Place);

/// <summary>A link was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LinkRegistered(LogPlace Place, EntanglementNetworkContract.LinkRegisteredEvent Data) : LedgerEvent(Place);

/// <summary>A pool was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PoolRegistered(LogPlace Place, EntanglementNetworkContract.PoolRegisteredEvent Data) : LedgerEvent(Place);

/// <summary>A pool was isolated or restored.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PoolIsolationSet(LogPlace Place, EntanglementNetworkContract.PoolIsolationSetEvent Data) : LedgerEvent(Place);

/// <summary>Mesh time begins anew with this scenario and seed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record EraStarted(LogPlace Place, ReportHubContract.EraStartedEvent Data) : LedgerEvent(Place);

/// <summary>Signers and threshold were set.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ConfigSet(LogPlace Place, ReportHubContract.ConfigSetEvent Data) : LedgerEvent(Place);

/// <summary>A report was accepted; it carries the whole report.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportAccepted(LogPlace Place, ReportHubContract.ReportAcceptedEvent Data) : LedgerEvent(Place);

/// <summary>A report's settlement lines were executed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReportSettled(LogPlace Place, ReportHubContract.ReportSettledEvent Data) : LedgerEvent(Place);

/// <summary>An address was recorded for discovery.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AddressSet(LogPlace Place, RealmRegistryContract.AddressSetEvent Data) : LedgerEvent(Place);

/// <summary>An account's roles changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record RolesSet(LogPlace Place, RealmRegistryContract.RolesSetEvent Data) : LedgerEvent(Place);

/// <summary>The pause bits changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PausedSet(LogPlace Place, RealmRegistryContract.PausedSetEvent Data) : LedgerEvent(Place);

/// <summary>A new administrator was named.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AdminTransferStarted(LogPlace Place, RealmRegistryContract.AdminTransferStartedEvent Data) : LedgerEvent(Place);

/// <summary>The new administrator accepted.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AdminTransferred(LogPlace Place, RealmRegistryContract.AdminTransferredEvent Data) : LedgerEvent(Place);
