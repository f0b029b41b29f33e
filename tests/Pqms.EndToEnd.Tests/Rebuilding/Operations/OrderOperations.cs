using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>Production orders, and reservoirs whose stock reports prove.</summary>
internal sealed class OrderOperations(LedgerUse use)
{
    // An hour and the challenge window.
    private const ulong GraceSeconds = 3_600 + 120;

    public IEnumerable<Operation> All =>
    [
        Operation.Of("order", 8, () => Order(Address.Zero)) with { Follow = "ParticleInventory_RateExceeded" },
        Operation.Of("sponsored order", 3, Sponsored),
        Operation.Of("accept an order", 8, () => Accept(static terms => terms.Count <= RealmPreparation.LimitedPerHour))
            with { Follow = "ParticleInventory_NotYet" },
        Operation.Of("withdraw an order", 2, () => Buyer(static order => order.Status == KnownOrder.Open)),
        Operation.Of("deliver an order", 8, () => Deliver(ReportOperations.IsFinal)),
        Operation.Of("fail an order", 4, () => Fail(isOver: true)),
        Operation.Of("set a reservoir", 2, SetReservoir),
        Operation.Of("report a stock", 6, () => ReportStock(isNewer: true)),
        Operation.Refused("ParticleInventory_NotBuyer", () => use.Seed.Pick(use.Known.Orders) is not { } order ? null
            : new Sending(Cast.Stranger, Inventory.WithdrawOrder(order.Id))),
        Operation.Refused("ParticleInventory_WrongStatus", () => Buyer(
            static order => order.Status != KnownOrder.Open)),
        Operation.Refused("ParticleInventory_RateExceeded",
            () => Accept(static terms => terms.Count > RealmPreparation.LimitedPerHour), 8),
        Operation.Refused("ParticleInventory_NotYet", () => Fail(isOver: false), 2),
        Operation.Refused("ParticleInventory_NotProven",
            () => Deliver(static (use, report) => !ReportOperations.IsFinal(use, report)), 4),
        Operation.Refused("ParticleInventory_OldStock", () => ReportStock(isNewer: false)),
        Operation.Refused("ParticleInventory_BadReservoir", () => new Sending(
            Cast.Admin, Inventory.SetReservoir(1, 10, 9))),
    ];

    private readonly Dictionary<uint, (ulong Era, ulong Sequence)> _stocks = [];

    private ParticleInventoryContract Inventory => use.Contracts.Inventory;

    private bool IsPaused => (use.Known.PauseBits & 1) != 0;

    private Sending? Order(Address payer)
    {
        var limited = use.Known.Pools.First(static pool => pool.Name == "memory");
        var pool = use.Seed.Chance(3) ? limited : use.Seed.One(use.Known.Pools);
        var terms = new OrderTerms(
            pool.Kind, pool.Id, (uint)use.Seed.Next(1, pool == limited ? 15 : 9), (uint)use.Seed.Next(500_001, 990_000),
            use.Now + use.Seed.Next(300UL, 9_000), (UInt128)use.Seed.Next(1UL, 1_000_000_000),
            (UInt128)use.Seed.Next(0UL, 1_000_000_000), payer);
        return IsPaused ? null : new Sending(
            payer == Address.Zero ? use.Seed.One(Cast.Clients) : Client(payer),
            Inventory.OrderProduction(use.Seed.NewId(), terms))
        {
            Value = payer == Address.Zero ? terms.Reward : 0,
        };
    }

    private Sending? Sponsored()
    {
        Address[] payers = [.. use.Known.Allowances.Where(static pair => pair.Value > 0)
            .Where(pair => use.Known.Credits.GetValueOrDefault(pair.Key.Payer) > 0)
            .Select(static pair => pair.Key.Payer)];
        return payers.Length == 0 ? null : Order(use.Seed.One(payers));
    }

    private int Client(Address payer) => use.AccountOf(use.Known.Allowances
        .First(pair => pair.Key.Payer == payer && pair.Value > 0).Key.Client);

    private Sending? Accept(Func<OrderTerms, bool> fits)
    {
        var open = use.Known.Orders.Where(order => order.Status == KnownOrder.Open && fits(order.Terms)
            && use.Now <= order.Terms.DeliverBy);
        int[] providers = [.. Cast.Providers.Where(account =>
            use.Known.Providers.GetValueOrDefault(use.AddressOf(account))
            && use.Known.Bonds.GetValueOrDefault(use.AddressOf(account)).Free > RealmPreparation.Ether(1))];
        return use.Seed.Pick(open) is not { } order || providers.Length == 0 ? null
            : new Sending(use.Seed.One(providers), Inventory.AcceptOrder(order.Id));
    }

    private Sending? Buyer(Func<KnownOrder, bool> fits) =>
        use.Seed.Pick(use.Known.Orders.Where(fits)) is not { } order ? null
            : new Sending(use.AccountOf(order.Buyer), Inventory.WithdrawOrder(order.Id));

    private Sending? Fail(bool isOver) => use.Seed.Pick(use.Known.Orders.Where(order =>
        order.Status == KnownOrder.Accepted && use.Now > order.Terms.DeliverBy + GraceSeconds == isOver)) is { } order
        ? new Sending(use.Seed.One(Cast.All), Inventory.FailOrder(order.Id)) : null;

    private Sending? Deliver(Func<LedgerUse, KnownReport, bool> fits)
    {
        var accepted = use.Known.Orders.Where(static order => order.Status == KnownOrder.Accepted)
            .Select(static order => order.Id).ToHashSet();
        var leaf = use.Seed.Pick(Leaves<ProductionLeaf>(fits).Where(place => accepted.Contains(place.Leaf.OrderId)));
        return leaf is null ? null : new Sending(
            use.Seed.One(Cast.All),
            Inventory.DeliverOrder(
                leaf.Leaf.OrderId, leaf.Report.Draft.Report, leaf.Report.Accepted.Data.AcceptedAt, (ulong)leaf.Index,
                leaf.Leaf.ToPayload(), leaf.Report.Batch.Proof(leaf.Index)));
    }

    private Sending SetReservoir()
    {
        var threshold = (uint)use.Seed.Next(0, 15);
        return new Sending(Cast.Admin, Inventory.SetReservoir(
            use.Seed.One([.. use.Known.Pools.Take(3)]).Id, threshold, threshold + (uint)use.Seed.Next(10)));
    }

    private Sending? ReportStock(bool isNewer)
    {
        var proven = Leaves<PoolCountersLeaf>(ReportOperations.IsFinal).Where(place =>
            (place.Report.Draft.Report.Era, place.Leaf.Sequence).CompareTo(
                _stocks.GetValueOrDefault(place.Leaf.PoolId)) > 0 == isNewer);
        if (use.Seed.Pick(proven) is not { } place)
        {
            return null;
        }

        var (report, pool) = (place.Report, place.Leaf.PoolId);
        return new Sending(
            use.Seed.One(Cast.All),
            Inventory.ReportStock(
                pool, report.Draft.Report, report.Accepted.Data.AcceptedAt, (ulong)place.Index,
                place.Leaf.ToPayload(), report.Batch.Proof(place.Index)))
        {
            Then = _ => _stocks[pool] = (report.Draft.Report.Era, place.Leaf.Sequence),
        };
    }

    private IEnumerable<Proven<T>> Leaves<T>(Func<LedgerUse, KnownReport, bool> fits)
        where T : Leaf =>
        use.Known.Reports.Where(report => fits(use, report)).SelectMany(report => report.Batch.Leaves
            .Select((leaf, index) => leaf is T wanted ? new Proven<T>(report, wanted, index) : null)
            .OfType<Proven<T>>());

    private sealed record Proven<T>(KnownReport Report, T Leaf, int Index);
}
