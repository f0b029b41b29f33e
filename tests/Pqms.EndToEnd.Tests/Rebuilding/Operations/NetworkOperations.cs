using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Rebuilding.Operations;

/// <summary>The network's entries, quotas, cohorts and isolation.</summary>
internal sealed class NetworkOperations(LedgerUse use)
{
    public IEnumerable<Operation> All =>
    [
        Operation.Of("register a site", 1, () => new Sending(Cast.Admin, Network.RegisterSites(
            [new Site(use.Known.Sites + 1, $"site {use.Known.Sites + 1}", use.Seed.Next(-90, 90) * 1_000_000, 7)]))),
        Operation.Of("register a link", 1, RegisterLink),
        Operation.Of("register a pool", 1, RegisterPool),
        Operation.Of("register a kind", 1, () => new Sending(Cast.Admin, use.Contracts.Inventory.RegisterKinds(
            [new Kind((uint)use.Known.Kinds.Count + 1, 2, (ushort)use.Seed.Next(3, 9), 0, "photons", "", 1, 2, 0)]))),
        Operation.Of("set quotas", 3, SetQuotas),
        Operation.Of("set a cohort", 2, () => new Sending(Cast.Admin, use.Contracts.Allocation.SetCohort(
            use.AddressOf(use.Seed.One(Cast.Clients)), (byte)use.Seed.Next(5)))),
        Operation.Of("isolate a pool", 1, () => new Sending(
            Cast.Admin, Network.SetPoolIsolated(use.Seed.One([.. Restless]).Id, true))),
        Operation.Of("take a pool back", 2, TakeBack),
        Operation.Refused("EntanglementNetwork_IdNotNext", () => new Sending(
            Cast.Admin, Network.RegisterSites([new Site(use.Known.Sites + 2, "gap", 1, 1)]))),
        Operation.Refused("EntanglementNetwork_BadQuotas", () => new Sending(Cast.Admin, Network.SetQuotas(
            use.Known.Pools[0].Id, new Quotas(30_000, 30_000, 0, 0)))),
        Operation.Refused("EntanglementNetwork_MissingRole", () => new Sending(
            Cast.Clients[0], Network.SetPoolIsolated(1, true))),
    ];

    private EntanglementNetworkContract Network => use.Contracts.Network;

    // All but the pool on which refusals are tried.
    private IEnumerable<PoolTerms> Restless => use.Known.Pools.Where(static pool => pool.Name != "memory");

    private Sending RegisterLink()
    {
        var a = (uint)use.Seed.Next(1, (int)use.Known.Sites + 1);
        var b = (a % use.Known.Sites) + 1;
        return new Sending(Cast.Admin, Network.RegisterLinks(
            [new Link((uint)use.Known.Links.Count + 1, a, b, 1_000, (ushort)use.Seed.Next(2, 20))]));
    }

    private Sending RegisterPool()
    {
        var (id, quantum) = ((uint)use.Known.Pools.Count + 1, (ushort)use.Seed.Next(1, 4));
        var a = (uint)use.Seed.Next(1, (int)use.Known.Sites);
        var price = new PriceCurve(
            (UInt128)use.Seed.Next(1UL, 2_000_000_000_000), (ushort)use.Seed.Next(5),
            use.Seed.Chance(2) ? 0 : use.Seed.Next(20_000UL, 200_000));
        return new Sending(Cast.Admin, Network.RegisterPools(
            [new PoolTerms(id, $"pool {id}", 1, a, a + 1, 850_000, quantum * 9u, quantum, price,
                use.AddressOf(use.Seed.One(Cast.Providers)))]));
    }

    private Sending SetQuotas()
    {
        var pool = use.Seed.Chance(2) ? Restless.First(static pool => pool.Name == "quotas")
            : use.Seed.One([.. Restless.Where(static pool => pool.Name != "demand")]);
        uint Some() => (uint)use.Seed.Next(0, (int)(pool.Capacity / pool.Quantum / 4) + 1) * pool.Quantum;
        var quotas = use.Seed.Chance(6) && pool.Name != "quotas" ? default : new Quotas(Some(), Some(), Some(), Some());
        return new Sending(Cast.Admin, Network.SetQuotas(pool.Id, quotas));
    }

    private Sending? TakeBack()
    {
        uint[] isolated = [.. use.Known.Isolated.Where(static pair => pair.Value).Select(static pair => pair.Key)];
        return isolated.Length == 0 ? null
            : new Sending(Cast.Admin, Network.SetPoolIsolated(use.Seed.One(isolated), false));
    }
}
