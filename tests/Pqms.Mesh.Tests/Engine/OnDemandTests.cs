using Pqms.Mesh.Scenarios;
using Pqms.Physics.Chains;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Pools that make a pair when it is asked for, alone and several over the same spans.</summary>
public sealed class OnDemandTests
{
    private const double SpanMeters = 10_000;
    private const double LightSeconds = 50e-6;
    private const double RoundSeconds = 60e-6;

    // Double click over 10 km at 0.2 dB/km with 0.3 per arm: p = 0.3^2 10^-0.2/2.
    private static readonly double P = 0.045 * Math.Pow(10.0, -0.2);

    [Theory]
    [InlineData(3, SwapOrder.Together, 9)]
    [InlineData(2, SwapOrder.Asap, 3)]
    [InlineData(1, SwapOrder.Together, 1)]
    public void Setup_GivenOnePoolWithOneMemory_isSignalsPlusTheMeanTimeOfTheChain(
        int spans, SwapOrder order, int lights)
    {
        // The request travels the route, the chain takes its time, the order and the outcome travel too. One request
        // every 0.1 s, so none waits for another; n = 5,000, deviation below the mean, 4 standard errors.
        double chain = ChainWaiting.DeterministicSwaps(spans, P) * RoundSeconds;
        PoolSettings settings = new()
        {
            Mode = PoolMode.OnDemand,
            SwapOrder = order,
            Demand = new DemandSettings(DemandKind.Slotted, SlotSeconds: 0.1, Probability: 1.0),
        };
        MeshEmulator mesh = new(Of(spans, 1, settings), 1, TestScenarios.At(0));
        mesh.AdvanceTo(new MeshTime(500_050_000_000));
        PoolStatistics sums = mesh.Statistics(0);

        Assert.Equal((5000UL, 0UL, 0UL), (sums.Served, sums.ServedAtOnce, sums.Lost));
        double mean = (double)sums.SetupNanoseconds * 1e-9 / sums.Served;
        Assert.InRange(mean - (lights * LightSeconds), 0.943 * chain, 1.057 * chain);
        Assert.Equal(spans * LightSeconds, (double)sums.DeliveryNanoseconds * 1e-9 / sums.Served, 9);
    }

    [Fact]
    public void Requests_GivenTwoPoolsOverTheSameSpans_areServedOneAtATimeInOrderWithinTheMemories()
    {
        Watcher watcher = new();
        Scenario scenario = Of(2, 4, Poisson(60.0), Poisson(60.0));
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0), new MeshOptions(1, watcher));
        for (int tenth = 1; tenth <= 200; tenth++)
        {
            mesh.AdvanceTo(new MeshTime(100_000_000L * tenth));
        }

        Assert.True(watcher.Taken.Count > 1000, $"{watcher.Taken.Count} taken");
        Assert.Equal(watcher.Arrived.Take(watcher.Taken.Count), watcher.Taken);
        Assert.Equal(4, watcher.MostReserved());
        for (int pool = 0; pool < 2; pool++)
        {
            PoolStatistics sums = mesh.Statistics(pool);
            Assert.Equal((0UL, sums.Served + sums.Waiting), (sums.Lost, sums.Requests));
        }
    }

    [Fact]
    public void Requests_GivenMoreThanCanBeServed_areServedAtTheRateOfTheChainAndByWeight()
    {
        // Every pair takes the chain's time, the order and the outcome; the next path is granted at the birth. The pool
        // of the greater weight never waits for the other's queue. n is about 4,000; 4 standard errors are 6 %.
        PoolSettings heavy = Poisson(60.0) with { Weight = 10.0 };
        MeshEmulator mesh = new(Of(2, 1, Poisson(1000.0), heavy), 1, TestScenarios.At(0));
        mesh.AdvanceTo(TestScenarios.At(10));
        PoolStatistics light = mesh.Statistics(0);
        PoolStatistics weighty = mesh.Statistics(1);
        double cycle = (ChainWaiting.TwoSegments(P, 1.0) * RoundSeconds) + (4 * LightSeconds);

        Assert.InRange((light.Served + weighty.Served) * cycle / 10.0, 0.94, 1.06);
        Assert.True(light.Waiting > 1000, $"{light.Waiting} wait");
        Assert.InRange(weighty.Waiting, 0UL, 3UL);
        double wait = (double)weighty.SetupNanoseconds * 1e-9 / weighty.Served;
        Assert.InRange(wait, cycle, 3.0 * cycle);
    }

    [Fact]
    public void Requests_GivenALinkThatIsDownAndAPlanner_waitForItOnTheirOwnRoute()
    {
        // An on-demand pool has no back-up route: nothing is lost, and all is served once the link is back.
        Scenario scenario = Of(2, 4, Poisson(20.0) with { BackupRoutes = 1 });
        scenario = scenario with
        {
            Sites = [.. scenario.Sites, new ScenarioSite("T", 51, 11)],
            Links = [.. scenario.Links, new ScenarioLink("S0", "T", 10_000), new ScenarioLink("T", "S2", 10_000)],
            Faults = [new ScenarioFault(FaultKind.LinkDown, 5.0, 5.0, "S0 - S1", 1.0)],
            Planner = new PlannerSettings(0.5, "S0", 10.0, 10.0),
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0));
        mesh.AdvanceTo(TestScenarios.At(9));
        Assert.True(mesh.Statistics(0).Waiting > 40);
        mesh.AdvanceTo(TestScenarios.At(30));

        Assert.Equal(0UL, mesh.Statistics(0).Lost);
        Assert.InRange(mesh.Statistics(0).Waiting, 0UL, 2UL);
    }

    [Fact]
    public void Setup_GivenStandbyAndOnDemand_standbyIsFasterAtLowLoadAndOnDemandServesMoreWhereTheLoadIs()
    {
        // The crossover of Chakraborty et al., arXiv:1907.11630. Four pools over one line; a standby pool has a quarter
        // of the memories, on demand whoever asks has all.
        const double low = 2.0;
        const double high = 400.0;
        PoolStatistics standby = First(PoolMode.Standby, low);
        PoolStatistics onDemand = First(PoolMode.OnDemand, low);
        Assert.InRange((double)standby.ServedAtOnce / standby.Served, 0.99, 1.0);
        Assert.Equal(0UL, onDemand.ServedAtOnce);
        Assert.True((double)onDemand.SetupNanoseconds / onDemand.Served > 5 * LightSeconds * 1e9);

        PoolStatistics crowded = First(PoolMode.Standby, high);
        PoolStatistics shared = First(PoolMode.OnDemand, high);
        Assert.True(crowded.Waiting > 0.1 * crowded.Requests, $"{crowded.Waiting} of {crowded.Requests} wait");
        Assert.True(shared.Served > 1.2 * crowded.Served, $"{shared.Served} against {crowded.Served}");
    }

    // Slow attempts, so that memories and not the light are what is short.
    private static PoolStatistics First(PoolMode mode, double rate)
    {
        PoolSettings settings = new()
        {
            Mode = mode,
            PathMemories = 1,
            Places = mode == PoolMode.Standby ? 5 : null,
            CutOff = CutOffKind.Hard,
            CutOffSeconds = 10.0,
            Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: rate, Waits: true, QueueLimit: 1_000_000),
        };
        PoolSettings idle = settings with
        {
            Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 0.1, Waits: true),
        };
        Scenario scenario = Of(2, 4, settings, idle, idle, idle);
        scenario = scenario with
        {
            Links = [.. scenario.Links.Select(link => link with { Settings = new LinkSettings { DutyCycle = 0.25 } })],
        };
        return TheoryScenario.Run(scenario, 5, 30).To;
    }

    private static PoolSettings Poisson(double rate) => new()
    {
        Mode = PoolMode.OnDemand,
        Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: rate, QueueLimit: 1_000_000),
    };

    private static Scenario Of(int spans, int memories, params PoolSettings[] pools)
    {
        HardwareProfile profile = TestScenarios.Profile with { CommunicationMemoriesPerLinkEnd = memories };
        Scenario chain = TestScenarios.Chain(spans, pools.Length, SpanMeters, profile: profile);
        return chain with
        {
            WarmUpSeconds = 0,
            Pools = [.. chain.Pools.Select((pool, i) => pool with { FidelityFloor = 0.6, Settings = pools[i] })],
        };
    }

    private sealed class Watcher : IMeshObserver
    {
        private readonly List<(MeshTime At, uint Pool, int Memories)> _reserved = [];

        public List<uint> Arrived { get; } = [];

        public List<uint> Taken { get; } = [];

        public void Observe(in MeshEvent meshEvent)
        {
            if (meshEvent.Kind == MeshEventKind.RequestArrived)
            {
                Arrived.Add(meshEvent.Entity);
            }
            else if (meshEvent.Kind == MeshEventKind.PairTaken)
            {
                Taken.Add(meshEvent.Entity);
            }
            else if (meshEvent.Kind == MeshEventKind.PathReserved)
            {
                _reserved.Add((meshEvent.At, meshEvent.Entity, (int)(meshEvent.Subject * meshEvent.Value)));
            }
        }

        /// <summary>Most memories reserved on a span after all that happened at one moment.</summary>
        public int MostReserved()
        {
            int[] now = new int[2];
            int most = 0;
            foreach (var moment in _reserved.GroupBy(change => change.At))
            {
                foreach ((_, uint pool, int memories) in moment)
                {
                    now[pool] = memories;
                }

                most = Math.Max(most, now.Sum());
            }

            return most;
        }
    }
}
