using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>The slow loop of control inside a run: shares, places, routes.</summary>
public sealed class PlannerTests
{
    [Fact]
    public void Replan_GivenDemandThatMovesToAnotherPool_movesMemoriesAndPlacesAfterIt()
    {
        // One span of 16 memories at 4.4 pairs/s each. 20 takes a second from pool 0, after a minute from pool 1.
        Watcher watcher = new();
        Scenario scenario = TestScenarios.Chain(1, pools: 2, slots: 2) with
        {
            Planner = new PlannerSettings(5.0, "S0", 10.0, 1e5),
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(1000), new MeshOptions(1, watcher));
        mesh.AdvanceTo(TestScenarios.At(1000));
        mesh.Apply(TestScenarios.Request(1, 1000, 1200, slots: 1, pool: 0, takesPerMinute: 60));
        mesh.Apply(TestScenarios.Request(2, 1000, 1200, slots: 1, pool: 1, takesPerMinute: 60));
        int[] first = Take(mesh, watcher, 1, 1000, 1060);
        int places = mesh.View(1).StockTarget;
        int[] second = Take(mesh, watcher, 2, 1060, 1120);

        Assert.True(first[0] > first[1] + 4, $"{first[0]} and {first[1]}");
        Assert.True(second[1] > second[0] + 4, $"{second[0]} and {second[1]}");
        Assert.True(mesh.View(1).StockTarget > places, $"{places}, {mesh.View(1).StockTarget}");
        Assert.Equal(16, watcher.MostMemories());
    }

    [Theory]
    [InlineData(1.0, 21.0, 41.0)]
    [InlineData(0.25, 20.5, 40.5)]
    public void SwitchRoute_GivenALinkThatIsDown_happensAtTheNextPlanAndBackAgain(
        double period, double away, double back)
    {
        Watcher watcher = new();
        Scenario scenario = Ring(new PlannerSettings(period, "S0", 60.0, 10.0)) with
        {
            Faults = [new ScenarioFault(FaultKind.LinkDown, 20.3, 20.0, "S1 - S2", 1.0)],
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0), new MeshOptions(1, watcher));
        mesh.AdvanceTo(TestScenarios.At(30));
        ulong born = mesh.Statistics(0).Generated;
        mesh.AdvanceTo(TestScenarios.At(38));

        Assert.True(mesh.Statistics(0).Generated > born + 5);
        mesh.AdvanceTo(TestScenarios.At(60));
        Assert.Equal([(away, 1UL), (back, 0UL)], watcher.Routes);
    }

    [Fact]
    public void SwitchRoute_GivenAPlannerFarAway_comesLaterByTheLightTime()
    {
        // 2,000 km of fibre to the planner: 10 ms and 100 us more along the ring than from S1, which ends the span.
        double near = SwitchedAt("S1");
        double far = SwitchedAt("P");

        Assert.Equal(20.302, near, 9);
        Assert.Equal(20.312, far, 9);
    }

    [Fact]
    public void SwitchRoute_GivenASiteWithoutPower_avoidsItAndComesBackWithIt()
    {
        // 45 J at 5 W, charged with 1 W x 0.5: empty after 10 s, seen below 0 at 11 s, a fifth full again 18 s later.
        // That its far span is up reaches the planner's site by light, so the plan of 30 s is the first to know.
        Watcher watcher = new();
        Scenario scenario = Ring(new PlannerSettings(1.0, "S0", 60.0, 10.0));
        scenario = scenario with
        {
            Profile = scenario.Profile with { SiteWatts = 5.0 },
            Profiles = [scenario.Profile with { SiteWatts = 5.0 }],
            Sites = [.. scenario.Sites.Select(site => site.Name == "S1"
                ? site with { Battery = new BatterySettings(45.0, 1.0, 0.5) }
                : site)],
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0), new MeshOptions(1, watcher));
        mesh.AdvanceTo(TestScenarios.At(12));
        Assert.False(mesh.SiteStatistics()[1].IsOn);
        Assert.Equal((11.0, 1UL), Assert.Single(watcher.Routes));
        mesh.AdvanceTo(TestScenarios.At(31));

        Assert.True(mesh.SiteStatistics()[1].IsOn);
        Assert.Equal((30.0, 0UL), watcher.Routes[1]);
        Assert.Equal(5.0 * (11.0 + 2.0), mesh.SiteStatistics()[1].Joules, 9);
    }

    private static double SwitchedAt(string planner)
    {
        Watcher watcher = new();
        Scenario ring = Ring(new PlannerSettings(0.002, planner, 60.0, 10.0));
        ring = ring with
        {
            Sites = [.. ring.Sites, new ScenarioSite("P", 51, 12)],
            Links = [.. ring.Links, new ScenarioLink("S1", "P", 2_000_000)],
            SplitAboveMeters = 3_000_000,
            Faults = [new ScenarioFault(FaultKind.LinkDown, 20.301, 20.0, "S1 - S2", 1.0)],
        };
        MeshEmulator mesh = new(ring, 1, TestScenarios.At(0), new MeshOptions(1, watcher));
        mesh.AdvanceTo(new MeshTime(20_400_000_000));
        return Assert.Single(watcher.Routes).At;
    }

    private static int[] Take(MeshEmulator mesh, Watcher watcher, ulong reservation, long from, long to)
    {
        ulong number = 0;
        for (long tick = from * 20; tick < to * 20; tick++)
        {
            mesh.Apply(new TakeCommand(reservation, number++, 1));
            mesh.AdvanceTo(new MeshTime((tick + 1) * 50_000_000));
        }

        mesh.DrainReportItems();
        return [.. watcher.Memories];
    }

    // S0 - S1 - S2 and, a little longer, S0 - T - S2.
    private static Scenario Ring(PlannerSettings planner)
    {
        Scenario chain = TestScenarios.Chain(2, spanMeters: 20_000, slots: 3);
        return chain with
        {
            WarmUpSeconds = 0,
            Sites = [.. chain.Sites, new ScenarioSite("T", 51, 11)],
            Links =
            [
                .. chain.Links,
                new ScenarioLink("S0", "T", 20_000) { Settings = new LinkSettings { Fidelity = 0.99 } },
                new ScenarioLink("T", "S2", 20_000) { Settings = new LinkSettings { Fidelity = 0.99 } },
            ],
            Pools =
            [
                chain.Pools[0] with
                {
                    Settings = new PoolSettings
                    {
                        BackupRoutes = 1, Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 5.0),
                    },
                },
            ],
            Planner = planner,
        };
    }

    private sealed class Watcher : IMeshObserver
    {
        private readonly List<(MeshTime At, int Sum)> _sums = [];

        public int[] Memories { get; } = [8, 8];

        public List<(double At, ulong Route)> Routes { get; } = [];

        public int MostMemories() => _sums.GroupBy(sum => sum.At).Max(moment => moment.Last().Sum);

        public void Observe(in MeshEvent meshEvent)
        {
            if (meshEvent.Kind == MeshEventKind.RouteChanged)
            {
                Routes.Add((meshEvent.At.Seconds, meshEvent.Subject));
            }
            else if (meshEvent.Kind == MeshEventKind.Replanned)
            {
                Memories[meshEvent.Entity] = (int)meshEvent.Subject;
                _sums.Add((meshEvent.At, Memories.Sum()));
            }
        }
    }
}
