using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;

namespace Pqms.Sdk.Ledger;

/// <summary>The table's part of ParticleAllocation.</summary>
public static partial class LedgerLogs
{
    private static Kind[] AllocationTable() =>
    [
        Row<ReservationRequested, Allocation.ReservationRequestedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationRequestedEvent.Topic0,
            Allocation.ReservationRequestedEvent.TryDecode, static (at, e) => new ReservationRequested(at, e)),
        Row<GroupRequested, Allocation.GroupRequestedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.GroupRequestedEvent.Topic0,
            Allocation.GroupRequestedEvent.TryDecode, static (at, e) => new GroupRequested(at, e)),
        Row<NonceUsed, Allocation.NonceUsedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.NonceUsedEvent.Topic0,
            Allocation.NonceUsedEvent.TryDecode, static (at, e) => new NonceUsed(at, e)),
        Row<OpenSlotsChanged, Allocation.OpenSlotsChangedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.OpenSlotsChangedEvent.Topic0,
            Allocation.OpenSlotsChangedEvent.TryDecode, static (at, e) => new OpenSlotsChanged(at, e)),
        Row<CohortSet, Allocation.CohortSetEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.CohortSetEvent.Topic0,
            Allocation.CohortSetEvent.TryDecode, static (at, e) => new CohortSet(at, e)),
        Row<ReservationExtended, Allocation.ReservationExtendedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationExtendedEvent.Topic0,
            Allocation.ReservationExtendedEvent.TryDecode, static (at, e) => new ReservationExtended(at, e)),
        Row<ShareOffered, Allocation.ShareOfferedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ShareOfferedEvent.Topic0,
            Allocation.ShareOfferedEvent.TryDecode, static (at, e) => new ShareOffered(at, e)),
        Row<ShareAccepted, Allocation.ShareAcceptedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ShareAcceptedEvent.Topic0,
            Allocation.ShareAcceptedEvent.TryDecode, static (at, e) => new ShareAccepted(at, e)),
        Row<ShareLeft, Allocation.ShareLeftEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ShareLeftEvent.Topic0,
            Allocation.ShareLeftEvent.TryDecode, static (at, e) => new ShareLeft(at, e)),
        Row<ReservationDecided, Allocation.ReservationDecidedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ReservationDecidedEvent.Topic0,
            Allocation.ReservationDecidedEvent.TryDecode, static (at, e) => new ReservationDecided(at, e)),
        Row<DecisionSkipped, Allocation.DecisionSkippedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.DecisionSkippedEvent.Topic0,
            Allocation.DecisionSkippedEvent.TryDecode, static (at, e) => new DecisionSkipped(at, e)),
        Row<TakeRequested, Allocation.TakeRequestedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.TakeRequestedEvent.Topic0,
            Allocation.TakeRequestedEvent.TryDecode, static (at, e) => new TakeRequested(at, e)),
        Row<ReservationReleased, Allocation.ReservationReleasedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationReleasedEvent.Topic0,
            Allocation.ReservationReleasedEvent.TryDecode, static (at, e) => new ReservationReleased(at, e)),
        Row<ReservationCancelled, Allocation.ReservationCancelledEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationCancelledEvent.Topic0,
            Allocation.ReservationCancelledEvent.TryDecode, static (at, e) => new ReservationCancelled(at, e)),
        Row<ReservationExpired, Allocation.ReservationExpiredEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationExpiredEvent.Topic0,
            Allocation.ReservationExpiredEvent.TryDecode, static (at, e) => new ReservationExpired(at, e)),
        Row<ReservationRefunded, Allocation.ReservationRefundedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationRefundedEvent.Topic0,
            Allocation.ReservationRefundedEvent.TryDecode, static (at, e) => new ReservationRefunded(at, e)),
        Row<ReservationReopened, Allocation.ReservationReopenedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Command, Allocation.ReservationReopenedEvent.Topic0,
            Allocation.ReservationReopenedEvent.TryDecode, static (at, e) => new ReservationReopened(at, e)),
        Row<ReservationSettled, Allocation.ReservationSettledEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.ReservationSettledEvent.Topic0,
            Allocation.ReservationSettledEvent.TryDecode, static (at, e) => new ReservationSettled(at, e)),
        Row<PenaltyTaken, Allocation.PenaltyTakenEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.PenaltyTakenEvent.Topic0,
            Allocation.PenaltyTakenEvent.TryDecode, static (at, e) => new PenaltyTaken(at, e)),
        Row<LineSkipped, Allocation.LineSkippedEvent>(
            LedgerContract.ParticleAllocation, LedgerRole.Record, Allocation.LineSkippedEvent.Topic0,
            Allocation.LineSkippedEvent.TryDecode, static (at, e) => new LineSkipped(at, e)),
    ];
}
