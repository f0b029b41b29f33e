using Pqms.Mesh.Scenarios;
using Pqms.Physics.Purification;

namespace Pqms.Mesh.Tests.Scenarios;

public class FullScenarioTests
{
    private static readonly Scenario Full = FullScenario.With().Scenario!;

    [Fact]
    public void Parse_GivenEveryField_hasNoProblems() => Assert.Empty(FullScenario.With().Problems);

    [Fact]
    public void Parse_GivenProfileFigures_readsThem()
    {
        HardwareProfile p = Full.Profile;
        Assert.Equal((2000.0, 5000.0, 0.9, 0.1),
            (p.T1Seconds, p.DepolarisingSeconds, p.SwapSuccess, p.InfidelitySpread));
        Assert.Equal((1e-6, 0.5, 300.0), (p.JoulesPerAttempt, p.WattsPerStoredPair, p.SiteWatts));
        Assert.Equal(("trapped ions", 4.0, 2), (p.Platform, p.TemperatureKelvin, p.IsolationGrade));
        Assert.Contains("swapSuccess", p.Sources.Keys);
        Assert.DoesNotContain("swapSuccess", Full.Profiles[1].Sources.Keys);
        Assert.Equal(["hypothetical-2035", "published"], Full.Profiles.Select(profile => profile.Name));
    }

    [Fact]
    public void Parse_GivenSites_readsThem()
    {
        Assert.Equal(
            new ScenarioSite("A", 50, 8)
            {
                Profile = "hypothetical-2035",
                Vqn = "red",
                IsGateway = true,
                Battery = new BatterySettings(1e6, 50, 0.9),
            },
            Full.Sites[0]);
        Assert.Equal(new ScenarioSite("B", 0, 0), Full.Sites[1]);
    }

    [Fact]
    public void Parse_GivenLinks_readsThem()
    {
        LinkSettings d = LinkSettings.Default;
        Assert.Equal(
            [
                d with
                {
                    Fidelity = 0.98, Memories = 4, DutyCycle = 0.5, Vqn = "red", TransducerEfficiency = 0.5,
                    TransducerWerner = 0.99, Pass = new PassWindow(100, 60, 10),
                },
                d with { Kind = LinkKind.BarrettKok, Visibility = 0.95, DarkCountProbability = 1e-6 },
                d with { Kind = LinkKind.SingleClick, BrightPopulation = 0.1 },
                d with
                {
                    Kind = LinkKind.FreeSpace,
                    FreeSpace = new FreeSpaceSettings(810e-9, 0.09, 0.6, 500_000, 30, 0.9, 1e-6),
                },
                d with { Kind = LinkKind.Poisson, RatePerSecond = 10 },
                d with { Kind = LinkKind.Slotted, SlotSeconds = 0.5, Probability = 0.25 },
            ],
            Full.Links.Select(link => link.Settings));
        Assert.Equal([10_000, 10_000, 10_000, 1_000_000, 0, 0], Full.Links.Select(link => link.LengthMeters));
    }

    [Fact]
    public void Parse_GivenPools_readsThem()
    {
        PoolSettings d = PoolSettings.Default;
        Assert.Equal(
            [
                new PoolSettings
                {
                    Mode = PoolMode.OnDemand,
                    Order = TakeOrder.OldestFirst,
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 2,
                    Places = 4,
                    SwapOrder = SwapOrder.Nested,
                    Purify = new PurifySettings(PurificationProtocol.Dejmps, 0.5, 1, 2),
                    Demand = new DemandSettings(DemandKind.Poisson, 2.0, Waits: true, QueueLimit: 7),
                    Vqn = "red",
                    Weight = 2,
                    Gate = true,
                    TakeSeconds = 0.1,
                    PathMemories = 3,
                    BackupRoutes = 1,
                },
                d with
                {
                    CutOff = CutOffKind.Exponential,
                    CutOffSeconds = 3,
                    SwapOrder = SwapOrder.Asap,
                    Demand = new DemandSettings(DemandKind.Slotted, 0.0, 2.0, 0.5, IsProbe: true),
                },
                d with
                {
                    Demand = new DemandSettings(DemandKind.Saturated),
                    Purify = new PurifySettings(PurificationProtocol.Bbpssw, 0, 0, 0),
                },
            ],
            Full.Pools.Select(pool => pool.Settings));
        Assert.Equal(0.6, Full.Pools[0].FidelityFloor);
    }

    [Fact]
    public void Parse_GivenTheRun_readsIt()
    {
        Assert.Equal([new ScenarioReservation("one", 10, 60, 2, 30)], Full.Reservations);
        Assert.Equal(
            [
                new ScenarioFault(FaultKind.LinkDown, 1, 2, "A - B", 1),
                new ScenarioFault(FaultKind.NoiseBurst, 2, 2, "B - C", 0.5),
                new ScenarioFault(FaultKind.SpaceWeather, 3, 2, "", 0.1),
                new ScenarioFault(FaultKind.SiteCrash, 4, 2, "C", 1),
                new ScenarioFault(FaultKind.MemoryDecay, 5, 2, "C", 10),
                new ScenarioFault(FaultKind.InterceptResend, 6, 2, "C - D", 1),
                new ScenarioFault(FaultKind.Drain, 7, 2, "two", 100),
                new ScenarioFault(FaultKind.PlannerCutOff, 8, 2, "", 1),
            ],
            Full.Faults);
        Assert.Equal(new HealthSettings(0.1, 0.01, 0.05, 1e-3, 1e-2), Full.Health);
        Assert.Equal(new PlannerSettings(30, "B", 90, 20), Full.Planner);
    }

    [Fact]
    public void Parse_GivenNoneOfIt_hasTheDefaultsOfTheRecords()
    {
        Scenario plain = ScenarioFiles.Read("three-repeaters");
        Assert.All(plain.Links, link => Assert.Equal(LinkSettings.Default, link.Settings));
        Assert.All(plain.Pools, pool => Assert.Equal(PoolSettings.Default, pool.Settings));
        Assert.Equal((HealthSettings.None, PlannerSettings.Fixed), (plain.Health, plain.Planner));
        Assert.Empty(plain.Reservations);
        Assert.Empty(plain.Faults);
        HardwareProfile p = plain.Profile;
        Assert.Equal((double.PositiveInfinity, double.PositiveInfinity), (p.T1Seconds, p.DepolarisingSeconds));
        Assert.Equal((1.0, 0.2, ""), (p.SwapSuccess, p.InfidelitySpread, p.Platform));
    }

    // What spans fields: changes that make it wrong, where that is said, and the value said there.
    [Theory]
    [InlineData("$.profiles[0].t1Seconds.value", "400", "$.profiles[0].t2Seconds.value", "900")]
    [InlineData("$.sites[0].longitude", "null", "$.sites[0].longitude", "(missing)")]
    [InlineData("$.sites[1].latitude", "1", "$.sites[1].longitude", "(missing)")]
    [InlineData("$.links[1].lengthMeters", "null", "$.sites[1].latitude", "(missing)")]
    [InlineData("$.sites[1].profile", "\"none\"", "$.sites[1].profile", "\"none\"")]
    [InlineData("$.links[0].ratePerSecond", "1", "$.links[0].ratePerSecond", "1")]
    [InlineData("$.links[0].probability", "0.5", "$.links[0].probability", "0.5")]
    [InlineData("$.links[0].brightPopulation", "0.5", "$.links[0].brightPopulation", "0.5")]
    [InlineData("$.links[3].lengthMeters", "5", "$.links[3].lengthMeters", "5")]
    [InlineData("$.links[3].visibility", "1", "$.links[3].visibility", "1")]
    [InlineData("$.links[3].freeSpace", "null", "$.links[3].freeSpace", "(missing)")]
    [InlineData("$.links[4].ratePerSecond", "null", "$.links[4].ratePerSecond", "(missing)")]
    [InlineData("$.links[4].lengthMeters", "5", "$.links[4].lengthMeters", "5")]
    [InlineData("$.links[4].slotSeconds", "5", "$.links[4].slotSeconds", "5")]
    [InlineData("$.links[4].transducer", """{"efficiency":1}""", "$.links[4].transducer", """{"efficiency":1}""")]
    [InlineData("$.links[5].probability", "null", "$.links[5].probability", "(missing)")]
    [InlineData("$.links[5].probability", "1e-9", "$.links[5].probability", "1e-9")]
    [InlineData("$.links[5].kind", "\"poisson\"", "$.links[5].ratePerSecond", "(missing)")]
    [InlineData("$.links[0].pass.upSeconds", "101", "$.links[0].pass.upSeconds", "101")]
    [InlineData("$.links[0].pass.offsetSeconds", "100", "$.links[0].pass.offsetSeconds", "100")]
    [InlineData("$.pools[0].fidelityFloor", "0.5000009", "$.pools[0].fidelityFloor", "0.5000009")]
    [InlineData("$.pools[0].cutOff.seconds", "null", "$.pools[0].cutOff.seconds", "(missing)")]
    [InlineData("$.pools[2].cutOff.seconds", "1", "$.pools[2].cutOff.seconds", "1")]
    [InlineData("$.pools[0].places", "1025", "$.pools[0].places", "1025 (1025 at A)")]
    [InlineData("$.pools[1].places", "1024", "$.pools[1].places", "1024 (1028 at G)")]
    [InlineData("$.pools[0].demand.ratePerSecond", "null", "$.pools[0].demand.ratePerSecond", "(missing)")]
    [InlineData("$.pools[0].demand.probability", "1", "$.pools[0].demand.probability", "1")]
    [InlineData("$.pools[0].demand.probe", "true", "$.pools[0].demand.probe", "true")]
    [InlineData("$.pools[0].demand.waits", "false", "$.pools[0].demand.queueLimit", "7")]
    [InlineData("$.pools[1].demand.probability", "null", "$.pools[1].demand.probability", "(missing)")]
    [InlineData("$.pools[1].demand.probability", "1e-9", "$.pools[1].demand.probability", "1e-9")]
    [InlineData("$.pools[2].demand.waits", "true", "$.pools[2].demand.waits", "true")]
    [InlineData("$.reservations[0].pool", "\"four\"", "$.reservations[0].pool", "\"four\"")]
    [InlineData("$.faults[0].target", "\"A - C\"", "$.faults[0].target", "A - C")]
    [InlineData("$.faults[0].target", "\"A\"", "$.faults[0].target", "A")]
    [InlineData("$.faults[0].target", "null", "$.faults[0].target", "(missing)")]
    [InlineData("$.faults[0].strength", "1", "$.faults[0].strength", "1")]
    [InlineData("$.faults[1].strength", "1.01", "$.faults[1].strength", "1.01")]
    [InlineData("$.faults[2].target", "\"A - B\"", "$.faults[2].target", "A - B")]
    [InlineData("$.faults[2].strength", "null", "$.faults[2].strength", "(missing)")]
    [InlineData("$.faults[3].target", "\"A - B\"", "$.faults[3].target", "A - B")]
    [InlineData("$.faults[4].strength", "0.99", "$.faults[4].strength", "0.99")]
    [InlineData("$.faults[4].strength", "null", "$.faults[4].strength", "(missing)")]
    [InlineData("$.faults[5].target", "\"E - F\"", "$.faults[5].target", "E - F")]
    [InlineData("$.faults[6].target", "\"A\"", "$.faults[6].target", "A")]
    [InlineData("$.faults[7].target", "\"A\"", "$.faults[7].target", "\"A\"")]
    [InlineData("$.health.badMargin", "0.01", "$.health.badMargin", "0.01")]
    [InlineData("$.planner.site", "\"Z\"", "$.planner.site", "\"Z\"")]
    [InlineData("$.planner.periodSeconds", "0.0009", "$.planner.periodSeconds", "0.0009")]
    public void Parse_GivenFieldsThatDoNotFit_namesPathAndValue(string path, string json, string where, string value)
    {
        ScenarioResult result = FullScenario.With((path, json));
        Assert.False(result.IsValid);
        ScenarioProblem problem = Assert.Single(result.Problems, p => p.Path == where);
        Assert.Equal(value, problem.Value);
        Assert.NotEmpty(problem.Allowed);
    }

    [Theory]
    [InlineData("$.profiles[0].t1Seconds.value", "450")]
    [InlineData("$.links[0].pass.upSeconds", "100")]
    [InlineData("$.pools[0].fidelityFloor", "0.500001")]
    [InlineData("$.pools[0].places", "1018")]
    [InlineData("$.pools[0].mode", "\"standby\"")]
    [InlineData("$.planner.periodSeconds", "0")]
    [InlineData("$.planner.periodSeconds", "0.001")]
    [InlineData("$.faults[2].target", "\"E - D\"")]
    [InlineData("$.faults[1].strength", "1")]
    [InlineData("$.reservations", "[]")]
    public void Parse_GivenTheEdgeOfWhatFits_accepts(string path, string json) =>
        Assert.Empty(FullScenario.With((path, json)).Problems);

    [Fact]
    public void Parse_GivenASpreadThatLeavesTheStates_refuses()
    {
        // Nothing but dark counts: fidelity 1/4, and 1 - 0.75 x 2 lies below 0.
        (string, string)[] changes =
        [
            ("$.links[1].lengthMeters", "400000"), ("$.links[1].darkCountProbability", "0.1"),
            ("$.splitAboveMeters", "500000"), ("$.profiles[0].infidelitySpread.value", "1"),
        ];
        ScenarioProblem problem = Assert.Single(FullScenario.With(changes).Problems);
        Assert.Equal("$.links[1]", problem.Path);
        Assert.EndsWith("spread 1", problem.Value);
        Assert.Empty(FullScenario.With([.. changes, ("$.profiles[0].infidelitySpread.value", "0.3")]).Problems);
    }

    [Fact]
    public void Parse_GivenSpaceWeatherOnEarth_refuses()
    {
        ScenarioResult result = FullScenario.With(
            ("$.links[3]", """{ "a": "D", "b": "E", "lengthMeters": 1 }"""));
        Assert.Equal("$.faults[2].kind", Assert.Single(result.Problems).Path);
    }

    [Fact]
    public void Parse_GivenLinksThatReadAlike_refusesTheTarget()
    {
        ScenarioResult result = FullScenario.With(
            ("$.sites[1].name", "\"A - B\""), ("$.sites[2].name", "\"B - C\""), ("$.sites[3].name", "\"C\""),
            ("$.links[0]", """{ "a": "A - B", "b": "C", "lengthMeters": 1 }"""),
            ("$.links[1]", """{ "a": "A", "b": "B - C", "lengthMeters": 1 }"""),
            ("$.links[2]", """{ "a": "C", "b": "E", "lengthMeters": 1 }"""),
            ("$.links[3]", """{ "a": "A", "b": "C", "lengthMeters": 1 }"""),
            ("$.faults", """
                [ { "kind": "link-down", "atSeconds": 0, "durationSeconds": 1, "target": "A - B - C" },
                  { "kind": "link-down", "atSeconds": 0, "durationSeconds": 1, "target": "C - A" } ]
                """),
            ("$.planner", "null"));
        ScenarioProblem problem = Assert.Single(result.Problems);
        Assert.Equal(("$.faults[0].target", "A - B - C"), (problem.Path, problem.Value));
    }
}
