using Pqms.Ethereum;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Takes, and members who take part in somebody else's entitlement.</summary>
internal sealed class ShareOperations(LedgerUse use)
{
    // So little that it never comes to a whole take.
    private const uint Nothing = 1;

    public IEnumerable<Operation> All =>
    [
        Operation.Of("take", 10, () => Take(count: null)) with { Follow = "ParticleAllocation_TakeRateExceeded" },
        Operation.Of("take of a member", 12, () => TakeOfMember(isOfNothing: false)),
        Operation.Of("offer a share", 8, () => Offer((uint)use.Seed.Next(100_000, 600_000))),
        Operation.Of("offer next to nothing", 6, () => Offer(Nothing)),
        Operation.Of("withdraw an offer", 4, WithdrawOffer),
        Operation.Of("accept a share", 12, Accept) with { Follow = "ParticleAllocation_ShareExceeded" },
        Operation.Of("leave a share", 2, Leave),
        Operation.Refused("ParticleAllocation_TakeRateExceeded", () => Take(count: 1_000_000)),
        Operation.Refused("ParticleAllocation_TakeCountZero", () => Take(count: 0)),
        Operation.Refused("ParticleAllocation_ShareExceeded", () => TakeOfMember(isOfNothing: true), 4),
        Operation.Refused("ParticleAllocation_NoOffer", WithoutOffer),
        Operation.Refused("ParticleAllocation_BadMember", OfferToItself),
    ];

    private KnownBooking? Active() => use.Seed.Pick(use.Known.Bookings.Where(b => b.IsActive(use.Now)));

    private KnownBooking? Open() => use.Seed.Pick(use.Known.Bookings.Where(b => b.IsOpen(use.Now + 60)));

    private Sending? Take(uint? count) => Active() is not { } booking ? null : new Sending(
        use.AccountOf(booking.Client),
        use.Contracts.Allocation.Take(booking.Id, count ?? (uint)use.Seed.Next(1, 3)));

    private Sending? TakeOfMember(bool isOfNothing)
    {
        var fits = use.Known.Bookings.Where(b => b.IsActive(use.Now) && (!isOfNothing || b.Takes == 0)
            && b.Members.Values.Any(member => IsMember(member, isOfNothing)));
        if (use.Seed.Pick(fits) is not { } booking)
        {
            return null;
        }

        var (account, _) = booking.Members.First(pair => IsMember(pair.Value, isOfNothing));
        return new Sending(use.AccountOf(account), use.Contracts.Allocation.Take(booking.Id, 1));
    }

    private static bool IsMember((uint Ppm, bool Accepted) member, bool isOfNothing) =>
        member.Accepted && member.Ppm == Nothing == isOfNothing;

    private Sending? Offer(uint ppm)
    {
        if (Open() is not { } booking)
        {
            return null;
        }

        Address[] others = [.. Cast.Clients.Select(use.AddressOf).Where(member => member != booking.Client)];
        return new Sending(
            use.AccountOf(booking.Client), use.Contracts.Allocation.Share(booking.Id, use.Seed.One(others), ppm));
    }

    private Sending? WithdrawOffer() => Offered() is not ({ } booking, var member) ? null : new Sending(
        use.AccountOf(booking.Client), use.Contracts.Allocation.Share(booking.Id, member, 0));

    private Sending? Accept() => Offered() is not ({ } booking, var member) ? null : new Sending(
        use.AccountOf(member), use.Contracts.Allocation.AcceptShare(booking.Id));

    // Somebody who has not consented yet.
    private (KnownBooking? Booking, Address Member) Offered()
    {
        var fits = use.Known.Bookings.Where(b => b.IsOpen(use.Now)
            && b.Members.Values.Any(static member => member is { Ppm: > 0, Accepted: false }));
        return use.Seed.Pick(fits) is not { } booking ? (null, default) : (booking,
            booking.Members.First(static pair => pair.Value is { Ppm: > 0, Accepted: false }).Key);
    }

    private Sending? Leave()
    {
        var fits = use.Known.Bookings.Where(static b => b.Members.Values.Any(static member => member.Accepted));
        if (use.Seed.Pick(fits) is not { } booking)
        {
            return null;
        }

        var (account, _) = booking.Members.First(static pair => pair.Value.Accepted);
        return new Sending(use.AccountOf(account), use.Contracts.Allocation.LeaveShare(booking.Id));
    }

    private Sending? WithoutOffer() => Open() is not { } booking ? null
        : new Sending(Cast.Stranger, use.Contracts.Allocation.AcceptShare(booking.Id));

    private Sending? OfferToItself() => Open() is not { } booking ? null : new Sending(
        use.AccountOf(booking.Client), use.Contracts.Allocation.Share(booking.Id, booking.Client, 1_000));
}
