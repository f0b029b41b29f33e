using Pqms.Mesh.Control;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Purification;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>
/// Virtual quantum networks that share spans and sites: whatever happens in A, not a byte of B's logs changes. Sites
/// without a store of energy: a battery that A empties is empty for B too.
/// </summary>
public sealed class VqnTests
{
    private const int PoolsOfA = 3;
    private const int Pools = 6;
    private const ulong FirstOfA = 1_000_000;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 8, 300);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Logs_WhenEverythingInAChanges_areTheSameInB(int seed)
    {
        (List<MeshEvent> before, List<MeshReportItem> answers) = Run(seed, variant: 1, out Dictionary<uint, int> first);
        (List<MeshEvent> after, List<MeshReportItem> same) = Run(seed, variant: 2, out Dictionary<uint, int> second);

        Assert.Equal(before, after);
        Assert.Equal(answers, same);

        // B lives, and what was changed in A shows there.
        Assert.Contains(before, e => e.Kind == MeshEventKind.PairBorn);
        Assert.Contains(answers, answer => answer is DecisionItem);
        Assert.NotEqual(first, second);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Routes_GivenNetworks_useNoForeignLinkAndSwapAtNoForeignSite(int seed)
    {
        Scenario scenario = ScenarioOf(seed, variant: 1);
        int shared = 0;
        foreach (PoolPlan pool in MeshPlan.Of(scenario).Pools)
        {
            string vqn = pool.Settings.Vqn;
            foreach (PoolPath path in new[] { pool.Path, pool.Backup }.OfType<PoolPath>())
            {
                Assert.All(path.LinkIndices, link => Assert.True(IsOpen(scenario.Links[link].Settings.Vqn, vqn)));
                foreach (int node in path.Nodes[1..^1].Where(node => node < scenario.Sites.Count))
                {
                    ScenarioSite site = scenario.Sites[node];
                    Assert.True(IsOpen(site.Vqn, vqn) || site.IsGateway, $"{pool.Pool.Name} swaps at {site.Name}");
                }

                shared += path.LinkIndices.Count(link => scenario.Links[link].Settings.Vqn.Length == 0);
            }
        }

        Assert.True(shared > 3, "nothing is shared");
    }

    private static bool IsOpen(string owner, string vqn) => owner.Length == 0 || owner == vqn;

    /// <summary>B's events and answers, and how many events each pool of A had.</summary>
    private static (List<MeshEvent> Events, List<MeshReportItem> Answers) Run(
        int seed, int variant, out Dictionary<uint, int> ofA)
    {
        EventRecorder log = new();
        MeshEmulator mesh = new(ScenarioOf(seed, variant), 9, TestScenarios.At(100), new MeshOptions(Observer: log));
        Random forB = new(seed);
        Random forA = new((seed * 1000) + variant);
        List<UInt128> ofBKnown = [1];
        List<UInt128> ofAKnown = [FirstOfA];
        for (int second = 100; second < 130; second++)
        {
            mesh.AdvanceTo(TestScenarios.At(second));
            for (int i = forA.Next(3); i > 0; i--)
            {
                mesh.Apply(Command(forA, forA.Next(PoolsOfA), second, ofAKnown));
            }

            for (int i = forB.Next(3); i > 0; i--)
            {
                mesh.Apply(Command(forB, PoolsOfA + forB.Next(Pools - PoolsOfA), second, ofBKnown));
            }
        }

        mesh.AdvanceTo(TestScenarios.At(140));
        ofA = log.Events.Where(e => e.Entity < PoolsOfA).GroupBy(e => e.Entity)
            .ToDictionary(group => group.Key, group => group.Count());
        List<MeshReportItem> answers = [.. mesh.DrainReportItems().Where(item => item.ReservationId < FirstOfA)];
        return (log.Events.FindAll(e => e.Entity is >= PoolsOfA and < Pools), answers);
    }

    private static MeshCommand Command(Random random, int pool, int second, List<UInt128> known)
    {
        UInt128 some = known[random.Next(known.Count)];
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                known.Add(known[^1] + 1);
                return new RequestCommand(
                    known[^1],
                    pool,
                    random.Next(1, 4),
                    TestScenarios.At(second),
                    TestScenarios.At(second + random.Next(1, 30)),
                    0.8,
                    0.0,
                    random.Next(30),
                    random.Next(4));
            case 3:
                return new IsolatePoolCommand(pool, random.Next(3) == 0);
            case 4:
                return random.Next(2) == 0 ? new ReleaseCommand(some) : new WithdrawCommand(some);
            default:
                return new TakeCommand(some, (ulong)second, random.Next(1, 3));
        }
    }

    /// <summary>
    /// A ring of shared links with links and sites of A and of B; seeds differ in everything, variants only in A.
    /// </summary>
    private static Scenario ScenarioOf(int seed, int variant)
    {
        Random random = new(seed);
        HardwareProfile profile = TestScenarios.Profile with { CommunicationMemoriesPerLinkEnd = 8 };
        Scenario chain = TestScenarios.Chain(4, spanMeters: 60_000, profile: profile);
        double planner = seed % 3 == 0 ? 0.0 : random.Next(1, 6);
        List<ScenarioPool> pools = [];
        List<ScenarioFault> faults = [.. Faults(random)];
        for (int i = 0; i < Pools; i++)
        {
            bool ofA = i < PoolsOfA;
            Random plan = new((seed * 100) + i);
            int a = plan.Next(4);
            PoolSettings fixedPart = new()
            {
                Vqn = ofA ? "a" : "b",
                Mode = i % 3 == 2 ? PoolMode.OnDemand : PoolMode.Standby,
                BackupRoutes = i % 3 == 0 ? 1 : 0,
                Weight = plan.Next(1, 4),
            };
            Random free = ofA ? new Random((seed * 10_000) + (variant * 100) + i) : plan;
            string name = $"{fixedPart.Vqn}{i}";

            // Whether two links reach this floor depends on purification and on what cuts pairs off: A's own affair.
            double floor = i == 1 ? 0.9955 : 0.8;
            pools.Add(new ScenarioPool(name, $"S{a}", $"S{plan.Next(a + 1, 5)}", "any", floor, plan.Next(2, 8), 1)
            {
                Settings = Vary(fixedPart, free),
            });
            if (free.Next(2) == 0)
            {
                faults.Add(new ScenarioFault(FaultKind.Drain, free.Next(30), 20.0, name, free.Next(1, 9)));
            }
        }

        return chain with
        {
            WarmUpSeconds = 10,
            Sites = [.. chain.Sites, .. Sites(random)],
            Links = [.. chain.Links, .. Links(random)],
            Pools = pools,
            Faults = faults,
            Health = seed % 2 == 0 ? HealthSettings.None : new HealthSettings(0.1, 0.01, 0.08, 1e-3, 1e-3),
            Planner = new PlannerSettings(planner, "S2", 10.0, 10.0),
            Reservations = [new ScenarioReservation("b3", 5, 30, 1, 60)],
        };
    }

    private static IEnumerable<ScenarioFault> Faults(Random random) =>
    [
        new ScenarioFault(FaultKind.LinkDown, random.Next(5, 20), 8.0, "S1 - S2", 1.0),
        new ScenarioFault(FaultKind.NoiseBurst, random.Next(10, 30), 15.0, "S2 - S3", 0.3),
        new ScenarioFault(FaultKind.SiteCrash, random.Next(20, 40), 1.5, "S3", 1.0),
    ];

    private static IEnumerable<ScenarioSite> Sites(Random random) =>
    [
        new ScenarioSite("A1", 51, 10) { Vqn = "a", IsGateway = random.Next(2) == 0 },
        new ScenarioSite("B1", 51, 11) { Vqn = "b", IsGateway = random.Next(2) == 0 },
    ];

    // The first hop over A1 is shorter than over S1, so B would like to take it where it may.
    private static IEnumerable<ScenarioLink> Links(Random random) =>
    [
        new ScenarioLink("S0", "A1", 15_000), new ScenarioLink("A1", "S2", 15_000),
        new ScenarioLink("S2", "B1", 18_000), new ScenarioLink("B1", "S4", 18_000),
        new ScenarioLink("S0", "S3", 36_000 + random.Next(36_000)) { Settings = new LinkSettings { Vqn = "a" } },
        new ScenarioLink("S1", "S4", 36_000 + random.Next(36_000)) { Settings = new LinkSettings { Vqn = "b" } },
    ];

    private static PoolSettings Vary(PoolSettings pool, Random random)
    {
        bool purifies = random.Next(2) == 0;
        return pool with
        {
            SwapOrder = (SwapOrder)random.Next(3),
            Order = (TakeOrder)random.Next(2),
            CutOff = (CutOffKind)random.Next(3),
            CutOffSeconds = 1.0 + random.Next(5),
            Places = random.Next(3) == 0 ? random.Next(1, 9) : null,
            TakeSeconds = random.Next(2) * 0.01,
            Gate = random.Next(2) == 0,
            PathMemories = random.Next(3),
            Demand = new DemandSettings(
                DemandKind.Poisson, RatePerSecond: random.Next(1, 8), Waits: random.Next(2) == 0, QueueLimit: 20),
            Purify = purifies
                ? new PurifySettings(PurificationProtocol.Dejmps, 0.5, random.Next(3), random.Next(2))
                : PurifySettings.None,
        };
    }
}
