using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Links that come and go, and a planner that is cut off. Seconds count from the era's start, 0.</summary>
public sealed class ConditionTests
{
    private readonly EventRecorder _log = new();

    [Fact]
    public void SpaceWeather_GivenAFreeSpaceLink_lowersTheRateByTheTransmission()
    {
        // n of some thousands of heralds; 5 sigma of their ratio.
        MeshEmulator mesh = Mesh(
            FreeSpace(null), [new ScenarioFault(FaultKind.SpaceWeather, 10.0, 20.0, "", 0.25)]);
        mesh.AdvanceTo(TestScenarios.At(30));

        double clear = _log.Within(MeshEventKind.LinkPairHeralded, 0.0, 10.0).Count / 10.0;
        double dim = _log.Within(MeshEventKind.LinkPairHeralded, 10.0, 30.0).Count / 20.0;
        double sigma = 0.25 * Math.Sqrt((1.0 / (clear * 10.0)) + (1.0 / (dim * 20.0)));
        Assert.True(clear > 50.0, $"{clear} heralds per second are too few to tell");
        Assert.InRange(dim / clear, 0.25 - (5.0 * sigma), 0.25 + (5.0 * sigma));
    }

    [Fact]
    public void Pass_GivenAFreeSpaceLink_letsNothingThroughOutsideOfIt()
    {
        MeshEmulator mesh = Mesh(FreeSpace(new PassWindow(5.0, 2.0, 1.5)), []);
        mesh.AdvanceTo(TestScenarios.At(30));

        List<long> phases = [.. _log.Of(MeshEventKind.LinkPairHeralded)
            .Select(e => (e.At.Nanoseconds + 3_500_000_000) % 5_000_000_000)];
        Assert.All(phases, phase => Assert.InRange(phase, 1, 2_000_000_000 - 1));
        Assert.True(phases.Min() < 100_000_000 && phases.Max() > 1_900_000_000, "the pass is not used up to its ends");
    }

    [Fact]
    public void PlannerCutOff_GivenRoutesAndDemandThatChange_leavesThePoolsAlone()
    {
        MeshEmulator mesh = Mesh(
            Diamond(),
            [
                new ScenarioFault(FaultKind.LinkDown, 25.0, 3.0, "S0 - S1", 1.0),
                new ScenarioFault(FaultKind.LinkDown, 45.0, 10.0, "S0 - S1", 1.0),
                new ScenarioFault(FaultKind.PlannerCutOff, 40.0, 20.0, "", 1.0),
            ]);
        mesh.AdvanceTo(TestScenarios.At(100));

        Assert.Equal(2, _log.Within(MeshEventKind.RouteChanged, 20.0, 40.0).Count);
        Assert.Empty(_log.Within(MeshEventKind.RouteChanged, 40.0, 60.0));
        for (int pool = 0; pool < 2; pool++)
        {
            Assert.Empty(_log.Within(MeshEventKind.Replanned, 40.0, 60.0, pool));
            Assert.NotEmpty(_log.Within(MeshEventKind.Replanned, 0.0, 40.0, pool));
            Assert.NotEmpty(_log.Within(MeshEventKind.Replanned, 60.0, 100.0, pool));
        }

        Assert.NotEmpty(_log.Within(MeshEventKind.PairBorn, 40.0, 45.0, pool: 0));
        Assert.NotEmpty(_log.Within(MeshEventKind.PairBorn, 45.0, 55.0, pool: 1));
        Assert.NotEmpty(_log.Within(MeshEventKind.PairTaken, 40.0, 60.0, pool: 1));
    }

    [Fact]
    public void RouteChange_GivenALinkThatGoesAndComes_neverGivesANumberTwice()
    {
        MeshEmulator mesh = Mesh(
            Diamond(),
            [
                new ScenarioFault(FaultKind.LinkDown, 20.0, 10.0, "S0 - S1", 1.0),
                new ScenarioFault(FaultKind.LinkDown, 40.0, 10.0, "S0 - S1", 1.0),
            ]);
        mesh.AdvanceTo(TestScenarios.At(60));

        List<ulong> born = [.. _log.Of(MeshEventKind.PairBorn).Select(e => e.Subject)];
        Assert.Equal(4, _log.Of(MeshEventKind.RouteChanged).Count);
        Assert.NotEmpty(_log.Within(MeshEventKind.PairBorn, 22.0, 30.0));
        Assert.Equal(Enumerable.Range(1, born.Count).Select(n => (ulong)n), born);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(0, false)]
    public void Replan_GivenPrioritiesOfReservations_dividesScarceMemoriesByThem(int priority, bool isCritical)
    {
        // Two equal pools on one link of 16 memories, each in need of more than it has. One pool's reservation is
        // critical or low, the other's low: 2^3 : 1 or 1 : 1.
        Scenario chain = TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 0.5, Fidelity = 0.98, Memories = 18 },
            new PoolSettings
            {
                CutOff = CutOffKind.Hard,
                CutOffSeconds = 2.0,
                Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 20.0),
            },
            TheoryScenario.Profile() with { LinkCutOffSeconds = 1.0 });
        Scenario scenario = chain with
        {
            Pools = [chain.Pools[0] with { Slots = 2 }, chain.Pools[0] with { Name = "other", Slots = 2 }],
            Planner = new PlannerSettings(5.0, "", 10.0, 10.0),
        };
        MeshEmulator mesh = Mesh(scenario, []);
        mesh.AdvanceTo(TestScenarios.At(20));
        mesh.Apply(Request(1, 0, priority));
        mesh.Apply(Request(2, 1, 0));
        Assert.All(
            mesh.DrainReportItems(), item => Assert.Equal(GrantOutcome.Granted, ((DecisionItem)item).Outcome));
        mesh.AdvanceTo(TestScenarios.At(38));

        Assert.Equal(isCritical ? (16UL, 2UL) : (9UL, 9UL), (Memories(0), Memories(1)));
    }

    private static RequestCommand Request(ulong id, int pool, int priority) =>
        new(id, pool, 1, TestScenarios.At(20), TestScenarios.At(60), 0.5, 0.0, 0, priority);

    private ulong Memories(int pool) =>
        _log.Of(MeshEventKind.Replanned, pool) is { Count: > 0 } plans ? plans[^1].Subject : 9;

    /// <summary>Two ways from S0 to S3, and a second pool on the first hop of the shorter one.</summary>
    private static Scenario Diamond()
    {
        LinkSettings link = new() { Kind = LinkKind.Poisson, RatePerSecond = 2.0, Fidelity = 0.98, Memories = 8 };
        Scenario chain = TheoryScenario.Of(link, PoolSettings.Default, TheoryScenario.Profile(), 2);
        ScenarioPool pool = chain.Pools[0] with
        {
            Slots = 4,
            Settings = new PoolSettings
            {
                CutOff = CutOffKind.Hard,
                CutOffSeconds = 10.0,
                BackupRoutes = 1,
                Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 3.0),
            },
        };
        return chain with
        {
            Sites = [.. chain.Sites, new ScenarioSite("T", 51, 11)],
            Links =
            [
                .. chain.Links,
                new ScenarioLink("S0", "T", 72_000) { Settings = link with { Fidelity = 0.97 } },
                new ScenarioLink("T", "S2", 72_000) { Settings = link with { Fidelity = 0.97 } },
            ],
            Pools =
            [
                pool,
                pool with { Name = "short", A = "S1", B = "S2", Settings = pool.Settings with { BackupRoutes = 0 } },
            ],
            Planner = new PlannerSettings(1.0, "", 5.0, 10.0),
        };
    }

    // 810 nm, 500 km per arm: 5.3 dB each by diffraction, about a tenth of all attempts with the detectors.
    private static Scenario FreeSpace(PassWindow? pass) => TheoryScenario.Of(
        new LinkSettings
        {
            Kind = LinkKind.FreeSpace,
            FreeSpace = new FreeSpaceSettings(810e-9, 0.09, 0.6, 500_000.0, 0.0, 1.0, 0.0),
            Memories = 100,
            Pass = pass,
        },
        new PoolSettings
        {
            CutOff = CutOffKind.Hard,
            CutOffSeconds = 1e6,
            Places = 100,
            Demand = new DemandSettings(DemandKind.Saturated),
        },
        TheoryScenario.Profile());

    private MeshEmulator Mesh(Scenario scenario, ScenarioFault[] faults) =>
        new(scenario with { Faults = faults }, 1, TestScenarios.At(0), new MeshOptions(Observer: _log));
}
