using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Client;

/// <summary>Getters of ParticleAllocation.</summary>
internal sealed class AllocationComparison(Getters getters, LedgerHistory history)
{
    // Any share does: the factor is a function of the usage.
    private const ulong FairShareSlotSeconds = 86_400;

    public async Task CompareAsync(ulong timeSeconds)
    {
        foreach (var life in history.Lives.Values.Where(static life => life.Status != ReservationStatus.None))
        {
            await LifeAsync(life, timeSeconds);
        }

        foreach (var (address, client) in history.Clients)
        {
            var rebuilt = new Contracts.Client(
                client.OpenSlots, client.OpenReservations, client.Nonce, client.Cohort, client.Usage, client.UsageAt);
            await getters.ExpectAsync(
                AuditRule.Transition, null, $"client {address}", getters.Contracts.Allocation.ClientOf(address),
                rebuilt);
            await getters.ExpectAsync(
                AuditRule.Transition, null, $"fair share of {address}",
                getters.Contracts.Allocation.FairShare(address, FairShareSlotSeconds),
                client.FairShare(timeSeconds, FairShareSlotSeconds));
        }
    }

    private async Task LifeAsync(ReservationLife life, ulong timeSeconds)
    {
        var allocation = getters.Contracts.Allocation;
        var status = (byte)life.StatusAt(timeSeconds);
        await getters.ExpectAsync(AuditRule.Transition, life.Id, "status", allocation.StatusOf(life.Id), status);
        await getters.ExpectAsync(
            AuditRule.Transition, life.Id, "reservation", allocation.Reservation(life.Id), Rebuilt(life));
        await getters.ExpectAsync(
            AuditRule.Transition, life.Id, "takes left", allocation.TakeTokens(life.Id, life.Client),
            EntitlementBook.TakesLeft(life, life.Client, timeSeconds));
        foreach (var (address, member) in life.Members)
        {
            await getters.ExpectAsync(
                AuditRule.Transition, life.Id, $"takes left of {address}", allocation.TakeTokens(life.Id, address),
                EntitlementBook.TakesLeft(life, address, timeSeconds));
            await getters.ExpectAsync(
                AuditRule.Transition, life.Id, $"member {address}", allocation.MemberOf(life.Id, address), member);
        }
    }

    // A final reservation keeps only who, what and when. A window that time alone has ended is stored as Granted.
    private Reservation Rebuilt(ReservationLife life)
    {
        var open = !StatusRules.IsFinal(life.Status);
        return new Reservation(
            life.Client,
            (byte)(life.Status == ReservationStatus.Ended && !life.WasReleased
                ? ReservationStatus.Granted : life.Status),
            life.Terms.Pool,
            life.Terms.Slots,
            life.Start,
            life.End,
            open ? life.RequestedAt : 0,
            open ? life.Terms.TakesPerMinute : 0,
            open ? life.Takes : 0,
            open ? life.Held : 0,
            open ? life.Payer : default,
            open ? life.SharedPpm : 0,
            open && life.InQuota,
            open && history.Parts.Paths.Keys.Contains(PathKeys.Of(life.Id)));
    }
}
