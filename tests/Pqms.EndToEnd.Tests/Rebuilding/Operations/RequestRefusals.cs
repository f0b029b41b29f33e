using Pqms.Ethereum;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Requests that the ledger must refuse.</summary>
internal sealed class RequestRefusals(LedgerUse use)
{
    private const ulong FarAheadSeconds = 20 * 86_400;
    private static readonly UInt128 Purse = RealmPreparation.Ether(20);

    public IEnumerable<Operation> All =>
    [
        Operation.Refused("ParticleAllocation_Paused", () => IsPaused ? Request(Good()) : null, 6),
        Operation.Refused("ParticleAllocation_IdUsed", () => Unpaused(UsedId)),
        Operation.Refused("ParticleAllocation_MaxCostExceeded", () => Unpaused(
            () => Request(Good() with { MaxCost = 1 }))),
        Operation.Refused("ParticleAllocation_GroupMixed", () => Unpaused(MixedGroup)),
        Operation.Refused("ParticleAllocation_GroupSize", () => Unpaused(() => new Sending(
            Cast.Clients[0], use.Contracts.Allocation.RequestGroup([use.Seed.NewId()], [Good()])))),
        Operation.Refused("EntanglementNetwork_CapacityExceeded", () => Unpaused(
            () => Request(Good() with { Slots = Fixed.Capacity + 1 }))),
        Operation.Refused("EntanglementNetwork_QuotaExceeded", () => Unpaused(AboveQuota)),
        Operation.Refused("EntanglementNetwork_PoolIsolated", () => Unpaused(Isolated), 3),
        Operation.Refused("EntanglementNetwork_PathMissesPool", () => Unpaused(() => AlongPath(isBroken: false))),
        Operation.Refused("EntanglementNetwork_PathBroken", () => Unpaused(() => AlongPath(isBroken: true))),
        Operation.Refused("Treasury_CreditTooLow", () => Unpaused(
            () => new Sending(Cast.Stranger, use.Contracts.Allocation.Request(use.Seed.NewId(), Good())))),
        Operation.Refused("Treasury_AllowanceTooLow", () => Unpaused(WithoutAllowance)),
        Operation.RefusedLater("ParticleAllocation_WrongNonce", UsedNonceAsync),
        Operation.Refused("ParticleAllocation_BadSignature", OfAnother),
    ];

    private bool IsPaused => (use.Known.PauseBits & 1) != 0;

    // Nobody isolates it, books it full, or moves its price.
    private PoolTerms Fixed => use.Known.Pools.First(static pool => pool.Name == "memory");

    private Sending? Unpaused(Func<Sending?> plan) => IsPaused ? null : plan();

    private Terms Good() => RequestOperations.NewTerms(use, Fixed) with
    {
        Slots = 1,
        Start = use.Now + FarAheadSeconds,
        Duration = 600,
    };

    private Sending Request(Terms terms, UInt128? id = null, int account = 3) =>
        new(account, use.Contracts.Allocation.Request(id ?? use.Seed.NewId(), terms)) { Value = Purse };

    private Sending? UsedId() =>
        use.Seed.Pick(use.Known.Bookings) is { } booking ? Request(Good(), booking.Id, Cast.Clients[0]) : null;

    private Sending MixedGroup() => new(
        Cast.Clients[0],
        use.Contracts.Allocation.RequestGroup(
            [use.Seed.NewId(), use.Seed.NewId()], [Good(), Good() with { Duration = 601 }]))
    {
        Value = Purse,
    };

    // Beyond the time in which a cohort may borrow; so far ahead that nobody else has booked.
    private Sending? AboveQuota()
    {
        var pool = use.Known.Pools.First(static pool => pool.Name == "quotas");
        var client = use.Seed.One(Cast.Clients);
        var kept = use.Known.Quotas.GetValueOrDefault(pool.Id);
        var quota = use.Known.Cohorts.GetValueOrDefault(use.AddressOf(client)) switch
        {
            1 => kept.Research,
            2 => kept.Commercial,
            3 => kept.Education,
            4 => kept.Humanitarian,
            _ => pool.Capacity - kept.Research - kept.Commercial - kept.Education - kept.Humanitarian,
        };
        return kept == default || quota >= pool.Capacity || use.Known.Isolated.GetValueOrDefault(pool.Id)
            ? null
            : Request(Good() with { Pool = pool.Id, Slots = quota + 1, FidelityMinPpm = 600_000 }, account: client);
    }

    private Sending? Isolated()
    {
        var pool = use.Known.Isolated.FirstOrDefault(static pair => pair.Value).Key;
        return pool == 0 ? null : Request(Good() with { Pool = pool });
    }

    private Sending? AlongPath(bool isBroken)
    {
        var (links, pool) = (use.Known.Links, use.Known.Pools.First(static pool => pool.Name == "demand"));
        var first = links.First(link => link.Data.A == pool.A || link.Data.B == pool.A);
        var apart = links.FirstOrDefault(link => link.Data.A != first.Data.A && link.Data.A != first.Data.B
            && link.Data.B != first.Data.A && link.Data.B != first.Data.B);
        var missing = links.First(link => link.Data.A != pool.A && link.Data.B != pool.A);
        uint[] path = isBroken && apart is not null ? [first.Data.Id, apart.Data.Id] : [missing.Data.Id];
        return use.Known.Isolated.GetValueOrDefault(pool.Id) ? null : new Sending(
            Cast.Clients[0],
            use.Contracts.Allocation.RequestPath(
                use.Seed.NewId(), Good() with { Pool = pool.Id, FidelityMinPpm = 600_000 }, path))
        {
            Value = Purse,
        };
    }

    private Sending? WithoutAllowance()
    {
        var payer = use.AddressOf(Cast.Relayer);
        return use.Known.Credits.GetValueOrDefault(payer) < RealmPreparation.Ether(1) ? null : new Sending(
            Cast.Stranger, use.Contracts.Allocation.Request(use.Seed.NewId(), Good() with { Payer = payer }));
    }

    // What was signed for a nonce that is used can never be handed in again.
    private async Task<Sending?> UsedNonceAsync()
    {
        var client = use.Seed.One(Cast.Clients);
        var nonce = use.Known.Nonces.GetValueOrDefault(use.AddressOf(client));
        return nonce == 0 || IsPaused ? null : await SignedAsync(client, nonce - 1);
    }

    private Sending? OfAnother()
    {
        if (IsPaused)
        {
            return null;
        }

        var (client, other) = (Cast.Clients[0], Cast.Clients[1]);
        var nonce = use.Known.Nonces.GetValueOrDefault(use.AddressOf(client));
        var (id, terms) = (use.Seed.NewId(), Good() with { Deadline = use.Now + 600 });
        var signature = use.Realm.Key(other).Sign(Bytes32.FromBytes(use.Seed.Bytes(32))).To65Bytes();
        return new Sending(
            Cast.Relayer,
            use.Contracts.Allocation.RequestSigned(id, terms, use.AddressOf(client), nonce, signature));
    }

    private async Task<Sending?> SignedAsync(int client, uint nonce) => await RequestOperations.SignedAsync(
        use, use.Seed.NewId(), Good() with { Deadline = use.Now + 600 }, client, nonce, 0);
}
