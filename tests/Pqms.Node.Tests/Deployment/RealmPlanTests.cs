using Pqms.Ethereum;
using Pqms.Mesh.Scenarios;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Deployment;

public sealed class RealmPlanTests
{
    private static readonly Address Provider = Address.Parse("0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC");

    private static readonly ScenarioFile Backbone =
        ScenarioFile.Read(Path.Combine(Repository.Root, "scenarios", "german-backbone.json"));

    private static readonly RealmPlan Plan = RealmPlan.Of(Backbone.Scenario, Provider);

    [Fact]
    public void Of_GivenTheBackbone_numbersEverythingFromOneInTheScenariosOrder()
    {
        Assert.Equal(Enumerable.Range(1, Plan.Sites.Count), Plan.Sites.Select(site => (int)site.Id));
        Assert.Equal(Backbone.Scenario.Sites.Select(site => site.Name), Plan.Sites.Select(site => site.Name));
        Assert.Equal(Backbone.Scenario.Pools.Select(pool => pool.Name), Plan.Pools.Select(pool => pool.Name));
        Assert.Equal(Backbone.Scenario.Links.Count, Plan.Links.Count);
    }

    [Fact]
    public void Of_GivenTheBackbone_namesEndsByTheirNumbers()
    {
        string Name(uint id) => Plan.Sites[(int)id - 1].Name;

        Assert.All(
            Backbone.Scenario.Links.Zip(Plan.Links),
            pair => Assert.Equal((pair.First.A, pair.First.B), (Name(pair.Second.A), Name(pair.Second.B))));
        Assert.All(
            Backbone.Scenario.Pools.Zip(Plan.Pools),
            pair => Assert.Equal((pair.First.A, pair.First.B), (Name(pair.Second.A), Name(pair.Second.B))));
    }

    [Fact]
    public void Of_GivenTheBackbone_opensTheFirstReservationsPool()
    {
        var pool = Plan.Pools.Single(pool => pool.Name == "berlin-muenchen");

        Assert.Equal(950_000u, pool.FidelityFloorPpm);
        Assert.InRange(pool.Capacity, 15U, 0x7fffU);
        Assert.Equal(Provider, pool.Provider);
        Assert.Empty(Plan.OutOfReach);
    }

    [Fact]
    public void Of_GivenTheBackbone_hasAKindForItsPoolsAndOneForItsMemories()
    {
        Assert.Equal([1U, 2U], Plan.Kinds.Select(kind => kind.Id));
        Assert.All(Plan.Pools, pool => Assert.Equal(RealmPlan.PairKind, pool.Kind));
        Assert.Equal((3, 1), (Plan.Kinds[0].Category, Plan.Kinds[1].Category));
        Assert.All(Plan.Kinds, kind => Assert.Equal(900_000_000UL, kind.T2Microseconds));
    }

    [Fact]
    public void Of_GivenTheBackbone_pricesAtTheScenariosFigureWithoutACurve() => Assert.All(
        Backbone.Scenario.Pools.Zip(Plan.Pools),
        pair => Assert.Equal(
            (pair.First.PricePerSlotSecondWei, 0UL, (ushort)1),
            (pair.Second.Price.Floor, pair.Second.Price.Scale, pair.Second.Quantum)));

    [Fact]
    public void Of_GivenTheBackbone_givesALinkALaneForEachMemoryOfItsEnds() =>
        Assert.All(Plan.Links, link => Assert.Equal(16, link.Lanes));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.4, 1)]
    [InlineData(275_000.6, 275_001)]
    [InlineData(4.02e11, 4_294_967_295)]
    public void Of_GivenALength_writesTheNearestThatTheLedgerCan(double meters, uint written)
    {
        var scenario = Backbone.Scenario;
        var link = scenario.Links[0] with
        {
            LengthMeters = meters,
            Settings = LinkSettings.Default with { Kind = LinkKind.Poisson, RatePerSecond = 1.0 },
        };

        var plan = RealmPlan.Of(scenario with { Links = [link, .. scenario.Links.Skip(1)] }, Provider);

        Assert.Equal(written, plan.Links[0].LengthMeters);
    }

    [Fact]
    public void Of_GivenPublishedHardware_keepsTheNumberOfAPoolOutOfReach()
    {
        var scenario = ScenarioFile.Read(Path.Combine(Repository.Root, "scenarios", "three-repeaters.json")).Scenario;
        var poor = scenario with { Profile = scenario.Profile with { LinkFidelity = 0.6 } };

        var plan = RealmPlan.Of(poor, Provider);

        Assert.Equal(poor.Pools.Select(pool => pool.Name), plan.OutOfReach);
        Assert.All(plan.Pools, pool => Assert.Equal(1U, pool.Capacity));
    }
}
