using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>What the reference scenario lacks: prices that follow demand, quanta, quotas, hourly limits, a second
/// provider, and credit.</summary>
internal sealed class RealmPreparation(LedgerUse use)
{
    /// <summary>Wei with which every client begins.</summary>
    private static readonly UInt128 Credit = Ether(5);

    /// <summary>A kind with one end of which ten may be ordered in an hour.</summary>
    public const uint LimitedPerHour = 10;

    public static UInt128 Ether(ulong amount) => amount * (UInt128)1_000_000_000_000_000_000;

    public async Task RunAsync()
    {
        var (contracts, known) = (use.Contracts, use.Known);
        var (kind, pool) = ((uint)known.Kinds.Count + 1, (uint)known.Pools.Count + 1);
        const ulong floor = 1_000_000_000_000;
        var (owner, small) = (use.AddressOf(Cast.Provider), use.AddressOf(Cast.SmallProvider));
        await use.MineAsync(
            new Sending(Cast.Admin, contracts.Inventory.RegisterKinds(
                [new Kind(kind, 1, 2, 1, "ions", "limited", 0, 0, LimitedPerHour)])),
            new Sending(Cast.Admin, contracts.Network.RegisterPools(
            [
                new PoolTerms(pool, "demand", 1, 1, 2, 900_000, 20, 2, new PriceCurve(floor, 3, 40_000), owner),
                new PoolTerms(pool + 1, "quotas", 1, 1, 3, 900_000, 12, 2, new PriceCurve(floor, 2, 60_000), owner),
                new PoolTerms(pool + 2, "dear", 1, 2, 3, 900_000, 8, 1, new PriceCurve(floor * 1_800, 1, 0), small),
                new PoolTerms(pool + 3, "memory", kind, 4, 0, 900_000, 16, 1, new PriceCurve(floor, 1, 0), small),
            ])),
            new Sending(Cast.SmallProvider, contracts.Treasury.Bond()) { Value = Ether(1) },
            new Sending(Cast.SmallProvider, contracts.Inventory.RegisterProvider("small")));
        await use.MineAsync(
            new Sending(Cast.Admin, contracts.Network.SetQuotas(pool + 1, new Quotas(4, 4, 0, 2))),
            new Sending(Cast.Admin, contracts.Allocation.SetCohort(use.AddressOf(Cast.Clients[0]), 1)),
            new Sending(Cast.Admin, contracts.Allocation.SetCohort(use.AddressOf(Cast.Clients[1]), 2)));
        await use.MineAsync([.. Cast.Clients.Append(Cast.Relayer).Select(account =>
            new Sending(account, contracts.Treasury.Deposit(use.AddressOf(account))) { Value = Credit })]);
    }
}
