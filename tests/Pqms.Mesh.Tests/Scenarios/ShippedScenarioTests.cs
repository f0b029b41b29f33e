using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Tests.Scenarios;

public class ShippedScenarioTests
{
    public static TheoryData<string> Names => [.. ScenarioFiles.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Parse_GivenShippedFile_readsItAndNamesEverySource(string name)
    {
        Scenario scenario = ScenarioFiles.Read(name);
        Assert.Equal(name, scenario.Name);
        Assert.Superset(
            ScenarioFormat.Figures.Where(f => f.IsRequired).Select(f => f.Name).ToHashSet(),
            scenario.Profile.Sources.Keys.ToHashSet());
        Assert.All(scenario.Profile.Sources.Values, source => Assert.False(string.IsNullOrWhiteSpace(source)));
        Assert.StartsWith("hypothetical-", scenario.ProfileName);
        Assert.StartsWith("hypothetical", scenario.Profile.Provenance);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Run_GivenShippedFile_losesNoPairAndNoRequest(string name)
    {
        // Without the warm-up: a second tells whether everything in the file runs together.
        Scenario scenario = ScenarioFiles.Read(name) with { WarmUpSeconds = 0 };
        MeshEmulator mesh = new(scenario, scenario.Seed, MeshTime.FromSeconds(0));
        mesh.AdvanceTo(MeshTime.FromSeconds(1));
        ulong generated = 0;
        for (int pool = 0; pool < scenario.Pools.Count; pool++)
        {
            PoolStatistics sums = mesh.Statistics(pool);
            ulong gone = sums.Delivered + sums.Discarded + sums.PurifiedAway + sums.Tested + sums.Burnt;
            Assert.Equal(sums.Generated, gone + sums.Stock);
            Assert.Equal(sums.Requests, sums.Served + sums.Lost + sums.Waiting);
            generated += sums.Generated;
        }

        MeshTotals totals = mesh.Totals;
        Assert.Equal(
            totals.LinkPairsGenerated, totals.LinkPairsSwapped + totals.LinkPairsDiscarded + totals.LinkPairsStored);
        Assert.Equal(generated, totals.Generated);
        Assert.True(totals.Events > 0);
    }

    [Fact]
    public void GermanBackbone_GivenItsFile_isTheDesignScenario()
    {
        Scenario scenario = ScenarioFiles.Read("german-backbone");
        Assert.True(scenario.Sites.Count >= 14);
        Assert.InRange(scenario.Pools.Count, 6, 10);
        Assert.Equal((600, 1), (scenario.WarmUpSeconds, scenario.BlockSeconds));
        ScenarioPool first = scenario.Pools[0];
        Assert.Equal(("berlin-muenchen", "standard", 0.95), (first.Name, first.ClassName, first.FidelityFloor));
        HardwareProfile p = scenario.Profile;
        Assert.Equal((16, 1024), (p.CommunicationMemoriesPerLinkEnd, p.StorageMemoriesPerEndNode));
        Assert.Equal(
            (0.30, 10e-6, 0.9975, 0.9997, 0.9995),
            (p.EmitTimesDetect, p.AttemptOverheadSeconds, p.LinkFidelity, p.GateFidelity, p.ReadoutFidelity));
        Assert.Equal((900.0, 0.5, 0.2, 1.6), (p.T2Seconds, p.LinkCutOffSeconds, p.AttenuationDbPerKm, p.StockFactor));
    }

    [Theory]
    [InlineData("Berlin", "München", 504_000)]
    [InlineData("Hamburg", "München", 612_000)]
    [InlineData("Berlin", "Köln", 477_000)]
    [InlineData("Frankfurt am Main", "Stuttgart", 153_000)]
    [InlineData("Dresden", "Rostock", 356_000)]
    public void GermanBackbone_GivenWellKnownDistances_hasTrueCoordinates(string a, string b, double meters)
    {
        Scenario scenario = ScenarioFiles.Read("german-backbone");
        ScenarioSite from = scenario.Sites.Single(s => s.Name == a), to = scenario.Sites.Single(s => s.Name == b);
        double found = Physics.Links.Geodesy.GreatCircleMeters(
            from.Latitude, from.Longitude, to.Latitude, to.Longitude);
        Assert.Equal(meters, found, 2500.0);
    }

    [Fact]
    public void GermanBackbone_GivenFirstPool_hasTheDesignsRoute()
    {
        MeshRoute route = MeshTopology.Build(ScenarioFiles.Read("german-backbone")).Route(0)!;
        Assert.InRange(route.Meters, 630_000, 655_000);
        Assert.InRange(route.Spans.Count, 8, 10);
        Assert.All(route.Spans, span => Assert.InRange(span.Meters, 50_000, 75_000));
    }

    [Theory]
    [InlineData("autobahn-10", 10)]
    [InlineData("autobahn-1000", 1000)]
    public void Autobahn_GivenItsFile_isALineOfZonesWithAPoolBetweenNeighbours(string name, int zones)
    {
        Scenario scenario = ScenarioFiles.Read(name);
        Assert.Equal((zones, zones - 1, zones - 1), (scenario.Sites.Count, scenario.Links.Count, scenario.Pools.Count));
        Assert.All(scenario.Links, link => Assert.InRange(link.LengthMeters, 1000.0, 2000.0));
        Assert.Equal(0.97, scenario.Profile.LinkFidelity);
        Assert.Contains("nothing is claimed about the safety of vehicles", scenario.Description);
        Assert.Contains("nothing is faster than light", scenario.Description);
        for (int i = 0; i < scenario.Pools.Count; i++)
        {
            ScenarioPool pool = scenario.Pools[i];
            Assert.Equal((scenario.Sites[i].Name, scenario.Sites[i + 1].Name), (pool.A, pool.B));
            Assert.Equal(("coordination", 0.80), (pool.ClassName, pool.FidelityFloor));
            Assert.Equal(100.0, Math.Ceiling(scenario.Profile.StockFactor * pool.Slots));
        }
    }

    [Fact]
    public void Autobahn_GivenAMinuteAfterTheWarmUp_keepsAHundredPairsStandingInEveryPool()
    {
        Scenario scenario = ScenarioFiles.Read("autobahn-10");
        var mesh = new MeshEmulator(scenario, scenario.Seed, MeshTime.FromSeconds(0));
        mesh.AdvanceTo(MeshTime.FromSeconds(60));
        Assert.All(
            Enumerable.Range(0, scenario.Pools.Count), i => Assert.InRange(mesh.View(i).Counters.Stock, 97, 100));
    }

    [Fact]
    public void GermanBackbone_GivenATraceAndFaults_readsThem()
    {
        OverrideResult text = ScenarioOverrides.Apply(
            ScenarioFiles.Text("german-backbone"),
            [
                ("$.reservations", """
                    [ { "pool": "berlin-muenchen", "atSeconds": 60, "durationSeconds": 600, "slots": 5 } ]
                    """),
                ("$.faults", """
                    [ { "kind": "link-down", "atSeconds": 120, "durationSeconds": 30, "target": "Nürnberg - Leipzig" },
                      { "kind": "site-crash", "atSeconds": 200, "durationSeconds": 5, "target": "Hannover" } ]
                    """),
                ("$.pools[*].demand", """{ "kind": "poisson", "ratePerSecond": 0.5, "waits": true }"""),
                ("$.health.share", "0.02"),
                ("$.planner.periodSeconds", "60"),
            ]);
        ScenarioResult result = ScenarioReader.Parse(text.Json!);
        Assert.Empty(result.Problems);
        Assert.Equal("Leipzig - Nürnberg", result.Scenario!.Faults[0].Target);
        Assert.All(result.Scenario.Pools, pool => Assert.True(pool.Settings.Demand.Waits));
    }

    [Fact]
    public void ThreeRepeaters_GivenItsFile_isAChainOfThreeRepeaters()
    {
        MeshNetwork network = MeshTopology.Build(ScenarioFiles.Read("three-repeaters"));
        Assert.Equal(
            ["Leipzig", "Nürnberg", "Leipzig~Nürnberg#1", "Leipzig~Nürnberg#2", "Leipzig~Nürnberg#3"],
            network.Sites.Select(s => s.Name));
        Assert.Equal([0, 2, 3, 4, 1], network.Route(0)!.SiteIndices);
        Assert.Equal(275_000, network.Route(0)!.Meters, 1000.0);
    }
}
