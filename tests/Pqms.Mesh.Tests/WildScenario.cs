using Pqms.Mesh.Scenarios;
using Pqms.Physics.Purification;

namespace Pqms.Mesh.Tests;

/// <summary>A small scenario in which everything happens: for determinism, snapshots and conservation.</summary>
/// <remarks>
/// Sites S0 to S3 in a line, and a second way from S0 to S3 over T. Three pools that use most of what a pool can do,
/// two
/// on-demand pools, every kind of fault within the first 80 s, tests, a planner, a battery.
/// </remarks>
internal static class WildScenario
{
    public static Scenario Of(int variant)
    {
        Scenario chain = TestScenarios.Chain(3, pools: 3, spanMeters: 20_000, slots: 6, profile: Profile(variant));
        return chain with
        {
            Sites = [.. chain.Sites, new ScenarioSite("T", 51, 11)],
            Links =
            [
                .. chain.Links,
                new ScenarioLink("S0", "T", 30_000) { Settings = new LinkSettings { Kind = LinkKind.SingleClick } },
                new ScenarioLink("T", "S3", 30_000)
                {
                    Settings = new LinkSettings
                    {
                        Kind = LinkKind.BarrettKok, DarkCountProbability = 1e-6, Pass = new PassWindow(17.0, 11.0, 2.0),
                    },
                },
            ],
            Pools = Pools(chain, variant),
            Reservations =
            [
                new ScenarioReservation("pool1", 5, 30, 2, 60), new ScenarioReservation("pool1", 5, 20, 1, 0),
                new ScenarioReservation("pool0", 12, 40, 3, 120),
            ],
            Faults = Faults,
            Health = new HealthSettings(0.1, 0.01, 0.08, 1e-3, 1e-3),
            Planner = new PlannerSettings(7.0, "S2", 20.0, 10.0),
        };
    }

    private static List<ScenarioPool> Pools(Scenario chain, int variant)
    {
        SwapOrder order = (SwapOrder)(variant % 3);
        bool purifies = variant % 2 == 0;
        ScenarioPool first = chain.Pools[0];
        return
        [
            first with
            {
                FidelityFloor = 0.8,
                Settings = new PoolSettings
                {
                    SwapOrder = order,
                    BackupRoutes = 1,
                    TakeSeconds = 0.01,
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 5.0, Waits: true, QueueLimit: 20),
                    Purify = purifies
                        ? new PurifySettings(PurificationProtocol.Dejmps, 0.5, variant % 3, variant % 2)
                        : PurifySettings.None,
                },
            },
            chain.Pools[1] with
            {
                FidelityFloor = 0.8,
                Settings = new PoolSettings
                {
                    CutOff = CutOffKind.Exponential,
                    CutOffSeconds = 3.0,
                    Order = TakeOrder.OldestFirst,
                    Gate = variant % 2 == 1,
                    SwapOrder = order,
                    Demand = new DemandSettings(DemandKind.Slotted, SlotSeconds: 0.5, Probability: 0.4),
                },
            },
            chain.Pools[2] with
            {
                FidelityFloor = 0.8,
                Settings = new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 2.0,
                    Places = 7,
                    Vqn = "private",
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 3.0, IsProbe: true),
                },
            },
            OnDemand(first, "on-demand-a", 0, 4.0),
            OnDemand(first, "on-demand-b", 3, 2.0),
        ];
    }

    private static List<ScenarioFault> Faults =>
    [
        new ScenarioFault(FaultKind.LinkDown, 10.3, 9.0, "S1 - S2", 1.0),
        new ScenarioFault(FaultKind.NoiseBurst, 20.0, 15.0, "S2 - S3", 0.3),
        new ScenarioFault(FaultKind.SiteCrash, 31.7, 2.5, "S1", 1.0),
        new ScenarioFault(FaultKind.SiteCrash, 36.1, 1.0, "S3", 1.0),
        new ScenarioFault(FaultKind.MemoryDecay, 40.0, 10.0, "S0", 20.0),
        new ScenarioFault(FaultKind.InterceptResend, 44.0, 20.0, "S0 - S1", 0.5),
        new ScenarioFault(FaultKind.Drain, 15.0, 30.0, "pool2", 4.0),
        new ScenarioFault(FaultKind.PlannerCutOff, 25.0, 20.0, "", 1.0),
        new ScenarioFault(FaultKind.SpaceWeather, 1.0, 5.0, "", 0.5),
    ];

    private static ScenarioPool OnDemand(ScenarioPool like, string name, int memories, double rate) => like with
    {
        Name = name,
        FidelityFloor = 0.6,
        Settings = new PoolSettings
        {
            Mode = PoolMode.OnDemand,
            PathMemories = memories,
            Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: rate),
        },
    };

    private static HardwareProfile Profile(int variant) => TestScenarios.Profile with
    {
        T1Seconds = variant % 2 == 0 ? double.PositiveInfinity : 300.0,
        T2Seconds = 60.0,
        SwapSuccess = variant % 3 == 1 ? 0.8 : 1.0,
        JoulesPerAttempt = 1e-6,
        WattsPerStoredPair = 1e-3,
        SiteWatts = 0.5,
    };
}
