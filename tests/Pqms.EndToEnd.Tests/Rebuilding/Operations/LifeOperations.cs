using Pqms.Ethereum.Contracts;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>How reservations go on and end without a report.</summary>
internal sealed class LifeOperations(LedgerUse use)
{
    private const ulong DecisionSeconds = 120;

    // An hour and the challenge window; a pause of reports, which counts in addition, may hold a refund up further.
    private const ulong GraceSeconds = 3_600 + 120;

    public IEnumerable<Operation> All =>
    [
        Operation.Of("cancel", 3, () => Own(Requested, Contracts.Cancel)),
        Operation.Of("cancel a grant", 3, () => Own(b => b.IsGranted(Now) && Now < b.Start, Contracts.Cancel)),
        Operation.Of("release", 4, () => Own(b => b.IsActive(Now), Contracts.Release)),
        Operation.Of("release ahead", 2, () => Own(b => b.IsGranted(Now) && Now < b.Start, Contracts.Release)),
        Operation.Of("extend", 8, () => Extend(hasPath: false)),
        Operation.Of("expire", 3, () => Any(b => Requested(b) && IsUndecided(b), Contracts.Expire)),
        Operation.Of("refund", 3, () => Any(IsUnsettled, Contracts.RefundExpired)),
        Operation.Refused("ParticleAllocation_PathFixed", () => Extend(hasPath: true), 6),
        Operation.Refused("ParticleAllocation_NotClient", () => Foreign(b => b.IsGranted(Now))),
        Operation.Refused("ParticleAllocation_WrongStatus", () => Own(b => b.IsActive(Now), Contracts.Cancel)),
        Operation.Refused("ParticleAllocation_NotYet",
            () => Any(b => Requested(b) && Now < b.RequestedAt + DecisionSeconds, Contracts.Expire)),
    ];

    private ulong Now => use.Now;

    private Pqms.Sdk.Contracts.ParticleAllocationContract Contracts => use.Contracts.Allocation;

    private static bool Requested(KnownBooking booking) => booking.Status == ReservationStatus.Requested;

    private bool IsUndecided(KnownBooking booking) => Now > booking.RequestedAt + DecisionSeconds;

    private bool IsUnsettled(KnownBooking booking) => booking.IsEnded(Now) && Now > booking.End + GraceSeconds;

    private Sending? Own(Func<KnownBooking, bool> fits, Func<UInt128, ContractCall> call) =>
        use.Seed.Pick(use.Known.Bookings.Where(fits)) is { } booking
            ? new Sending(use.AccountOf(booking.Client), call(booking.Id)) : null;

    private Sending? Any(Func<KnownBooking, bool> fits, Func<UInt128, ContractCall> call) =>
        use.Seed.Pick(use.Known.Bookings.Where(fits)) is { } booking
            ? new Sending(use.Seed.One(Cast.All), call(booking.Id)) : null;

    private Sending? Foreign(Func<KnownBooking, bool> fits) =>
        use.Seed.Pick(use.Known.Bookings.Where(fits)) is { } booking
            ? new Sending(Cast.Stranger, Contracts.Release(booking.Id)) : null;

    private Sending? Extend(bool hasPath)
    {
        var fits = use.Known.Bookings.Where(b => b.IsGranted(Now) && b.HasPath == hasPath
            && b.End - b.Start < 12_000 && (use.Known.PauseBits & 1) == 0);
        return use.Seed.Pick(fits) is not { } booking ? null : new Sending(
            use.AccountOf(booking.Client),
            Contracts.Extend(booking.Id, use.Seed.Next(1UL, 2_000), RealmPreparation.Ether(20)))
        {
            Value = RealmPreparation.Ether(1),
        };
    }
}
