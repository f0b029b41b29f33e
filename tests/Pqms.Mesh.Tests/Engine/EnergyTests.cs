using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Energy of attempts, of stored pairs and of sites, and stores that run empty.</summary>
public sealed class EnergyTests
{
    private const double Joule = 2e-3;
    private const double Watts = 0.5;

    [Fact]
    public void Joules_GivenEveryAttemptDrawn_areThoseOfAllRoundsAndMemories()
    {
        // Three memories that never rest, 10,000 rounds of 1 ms, all pairs used at birth: nothing else costs.
        Scenario scenario = TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Slotted, Probability = 0.1, SlotSeconds = 1e-3, Memories = 3 },
            new PoolSettings
            {
                Places = 100,
                CutOff = CutOffKind.Hard,
                CutOffSeconds = 10.0,
                Demand = new DemandSettings(DemandKind.Saturated),
            },
            Costly(TheoryScenario.Profile()));
        PoolStatistics drawn = TheoryScenario.Run(
            scenario, 0, 10, options: new MeshOptions { PerAttempt = true }).To;
        PoolStatistics skipped = TheoryScenario.Run(scenario, 0, 10).To;

        Assert.Equal((30_000UL, 30_000UL), (drawn.Attempts, skipped.Attempts));
        Assert.Equal(30_000 * Joule, drawn.Joules, 9);

        // 1/p attempts a pair, n about 3,000, 4 standard errors.
        Assert.InRange(drawn.Joules / drawn.Delivered / (10.0 * Joule), 0.93, 1.07);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Joules_GivenPoolsWithStock_areAttemptsPlusStorageAndShareOutOverTheSites(bool perAttempt)
    {
        Keeper keeper = new();
        HardwareProfile profile = Costly(TestScenarios.Profile) with { SiteWatts = 3.0 };
        Scenario chain = TestScenarios.Chain(2, pools: 2, spanMeters: 20_000, slots: 3, profile: profile);
        Scenario scenario = WithDemand(chain with { WarmUpSeconds = 0 });
        MeshOptions options = new(1, keeper) { PerAttempt = perAttempt };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0), options);
        mesh.AdvanceTo(TestScenarios.At(40));
        double sum = 0.0;
        for (int pool = 0; pool < 2; pool++)
        {
            PoolStatistics sums = mesh.Statistics(pool);
            double stored = keeper.PairSeconds(pool, 40.0);
            Assert.Equal(stored, (double)sums.StockNanoseconds * 1e-9, 6);
            Assert.Equal((sums.Attempts * Joule) + (stored * Watts), sums.Joules, 6);
            sum += sums.Joules;
        }

        Assert.True(mesh.Statistics(0).Delivered > 100, "nothing was taken");
        IReadOnlyList<SiteStatistics> sites = mesh.SiteStatistics();
        Assert.Equal(sum + (3 * 3.0 * 40.0), sites.Sum(site => site.Joules), 6);
    }

    [Theory]
    [InlineData("S0")]
    [InlineData("S1")]
    public void Site_GivenABatteryThatRunsEmpty_isOffLosesItsPairsAndComesBackAtAFifth(string name)
    {
        // 100 J, 11 W drawn, 1 W charged at 100 %: below 0 at 11 s; nothing drawn then, 20 J at 31 s.
        HardwareProfile profile = TestScenarios.Profile with { SiteWatts = 11.0 };
        Scenario chain = WithDemand(TestScenarios.Chain(2, spanMeters: 20_000, slots: 3, profile: profile));
        Scenario scenario = chain with
        {
            WarmUpSeconds = 0,
            Sites = [.. chain.Sites.Select(site => site.Name == name
                ? site with { Battery = new BatterySettings(100.0, 1.0, 1.0) }
                : site)],
            Planner = new PlannerSettings(1.0, "S2", 60.0, 10.0),
        };
        int at = name == "S0" ? 0 : 1;
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0));
        mesh.AdvanceTo(new MeshTime(10_999_999_999));
        Assert.True(mesh.SiteStatistics()[at].IsOn && mesh.View(0).Counters.Stock > 0);

        // Outcomes that were on their way at 11 s still arrive where only the repeater went off.
        mesh.AdvanceTo(new MeshTime(11_010_000_000));
        ulong generated = mesh.Statistics(0).Generated;
        Assert.Equal((false, 0.0), (mesh.SiteStatistics()[at].IsOn, mesh.SiteStatistics()[at].StoredJoules));
        Assert.Equal(name == "S0", mesh.View(0).Counters.Stock == 0);

        mesh.AdvanceTo(new MeshTime(30_999_999_999));
        Assert.False(mesh.SiteStatistics()[at].IsOn);
        Assert.Equal(generated, mesh.Statistics(0).Generated);
        Assert.Equal(11.0 * 11.0, mesh.SiteStatistics()[at].Joules, 9);

        mesh.AdvanceTo(new MeshTime(31_500_000_000));
        Assert.True(mesh.SiteStatistics()[at].IsOn);
        Assert.Equal(20.0, mesh.SiteStatistics()[at].StoredJoules);
        Assert.True(mesh.Statistics(0).Generated > generated);
    }

    private static Scenario WithDemand(Scenario scenario) => scenario with
    {
        Pools =
        [
            .. scenario.Pools.Select(pool => pool with
            {
                Settings = new PoolSettings { Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 5.0) },
            }),
        ],
    };

    private static HardwareProfile Costly(HardwareProfile profile) =>
        profile with { JoulesPerAttempt = Joule, WattsPerStoredPair = Watts };

    /// <summary>Counts standing pairs from births and ends.</summary>
    private sealed class Keeper : IMeshObserver
    {
        private readonly double[] _seconds = new double[2];
        private readonly double[] _since = new double[2];
        private readonly int[] _stock = new int[2];

        public double PairSeconds(int pool, double now) => _seconds[pool] + (_stock[pool] * (now - _since[pool]));

        public void Observe(in MeshEvent meshEvent)
        {
            int change = meshEvent.Kind switch
            {
                MeshEventKind.PairBorn => 1,
                MeshEventKind.PairExpired or MeshEventKind.Dropped or MeshEventKind.PairTaken => -1,
                _ => 0,
            };
            uint pool = meshEvent.Entity;
            if (change != 0)
            {
                _seconds[pool] += _stock[pool] * (meshEvent.At.Seconds - _since[pool]);
                _since[pool] = meshEvent.At.Seconds;
                _stock[pool] += change;
            }
        }
    }
}
