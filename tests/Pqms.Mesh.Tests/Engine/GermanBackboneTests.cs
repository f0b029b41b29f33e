using Pqms.Mesh.Control;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>The acceptance of the reference scenario: every pool booked and taken from for 100 s.</summary>
public sealed class GermanBackboneTests
{
    private const long Start = 1_000_000;
    private const int Seconds = 100;
    private const int Slots = 15;

    [Fact]
    public void AdvanceTo_GivenReservationsWithTakesOnEveryPool_keepsThePromise()
    {
        // 15 slots and 30 takes a minute per pool. Standing pairs are counted every 0.1 s, n = 1,000 per pool,
        // correlated over a lifetime; the bound is the grant's own 0.99. The scenario's seed.
        Scenario scenario = ScenarioFiles.Read("german-backbone");
        MeshEmulator mesh = new(scenario, scenario.Seed, TestScenarios.At(Start));
        mesh.AdvanceTo(TestScenarios.At(Start));
        int[] enough = new int[scenario.Pools.Count];
        Book(mesh, scenario);
        List<MeshReportItem> items = [.. mesh.DrainReportItems()];

        for (int tenth = 1; tenth <= 10 * Seconds; tenth++)
        {
            mesh.AdvanceTo(new MeshTime(TestScenarios.At(Start).Nanoseconds + (tenth * 100_000_000L)));
            for (int pool = 0; pool < enough.Length; pool++)
            {
                enough[pool] += mesh.View(pool).Counters.Stock >= Slots ? 1 : 0;
                if (tenth % 20 == 0 && tenth < 10 * Seconds)
                {
                    mesh.Apply(new TakeCommand((UInt128)(ulong)(pool + 1), (ulong)(tenth / 20), 1));
                }
            }
        }

        items.AddRange(mesh.DrainReportItems());
        Assert.All(items.OfType<DecisionItem>(), item => Assert.Equal(GrantOutcome.Granted, item.Outcome));
        Assert.All(enough, count => Assert.True(count >= 0.99 * 10 * Seconds, $"{count} of 1000"));
        AssertTakes(scenario, [.. items.OfType<TakeItem>()]);
        Assert.All(items.OfType<SettlementItem>(), AssertPaidInFull);
        Assert.Equal(scenario.Pools.Count, items.OfType<SettlementItem>().Count());
    }

    [Theory]
    [InlineData(15)]
    [InlineData(40)]
    [InlineData(150)]
    [InlineData(500)]
    public void Forecast_GivenPoolsOfAnySize_isOnTheSafeSideOfWhatIsSimulated(int slots)
    {
        // The predicted age at birth is an upper bound, so F0 and the lifetime are lower bounds. Simulated means are
        // over 1,000 s, n from 370 to 4,800 births per pool, standard errors below 4 % of the age. The scenario's
        // seed.
        Scenario shipped = ScenarioFiles.Read("german-backbone");
        Scenario scenario = shipped with { Pools = [.. shipped.Pools.Select(pool => pool with { Slots = slots })] };
        Births births = new(scenario.Pools.Count);
        MeshEmulator mesh = new(scenario, scenario.Seed, TestScenarios.At(Start), new MeshOptions(1, births));
        mesh.AdvanceTo(TestScenarios.At(Start + 400));

        for (int pool = 0; pool < scenario.Pools.Count; pool++)
        {
            double predicted = MeshPlan.Of(scenario).Pools[pool].Refill.MeanAgeSeconds;
            Assert.InRange(births.MeanAgeSeconds(pool) / predicted, 0.4, 1.0);
        }

        PoolView berlinMuenchen = mesh.View(0);
        Assert.Equal("berlin-muenchen", berlinMuenchen.Name);
        Assert.InRange(berlinMuenchen.FreshFidelity, 0.963, 0.9645);
        Assert.InRange(berlinMuenchen.LifetimeSeconds, 12.6, 14.0);
    }

    [Fact]
    public void Forecast_GivenTheProfilePublished_refusesEveryLongRoute()
    {
        Scenario scenario = ScenarioFiles.Read("german-backbone", "published");

        Assert.Equal(GrantOutcome.FidelityOutOfReach, MeshPlanner.Forecast(scenario, 0, 1, 0.95, 0).Outcome);
        Assert.Equal(0, MeshPlanner.CapacitySlots(scenario, 0));
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(Start));
        mesh.AdvanceTo(TestScenarios.At(Start));
        Assert.Equal(0UL, mesh.View(0).Counters.Generated);
    }

    private static void Book(MeshEmulator mesh, Scenario scenario)
    {
        for (int pool = 0; pool < scenario.Pools.Count; pool++)
        {
            mesh.Apply(new RequestCommand(
                (UInt128)(ulong)(pool + 1),
                pool,
                Slots,
                TestScenarios.At(Start),
                TestScenarios.At(Start + Seconds),
                scenario.Pools[pool].FidelityFloor,
                0,
                30,
                2));
        }
    }

    private static void AssertTakes(Scenario scenario, List<TakeItem> takes)
    {
        Assert.Equal(scenario.Pools.Count * 49, takes.Count);
        Assert.All(takes, take => Assert.Equal(TakeOutcome.Delivered, take.Outcome));
        Assert.All(
            takes,
            take => Assert.True(take.FidelityEstimate >= scenario.Pools[take.PoolIndex].FidelityFloor));

        // The truth scatters about the estimate by less than 0.001 per pair: the mean of n = 441 agrees within 4 sigma.
        double difference = takes.Average(take => take.FidelityTrue - take.FidelityEstimate);
        Assert.InRange(difference, -0.0002, 0.0002);
    }

    private static void AssertPaidInFull(SettlementItem item)
    {
        Assert.Equal((UInt128)(Slots * Seconds * 1_000_000UL), item.PromisedPpmSlotSeconds);
        Assert.Equal(item.PromisedPpmSlotSeconds, item.DeliveredPpmSlotSeconds);
    }

    private sealed class Births(int pools) : IMeshObserver
    {
        private readonly double[] _ages = new double[pools];
        private readonly int[] _count = new int[pools];

        public double MeanAgeSeconds(int pool) => _ages[pool] / _count[pool];

        public void Observe(in MeshEvent meshEvent)
        {
            if (meshEvent.Kind == MeshEventKind.PairBorn)
            {
                _ages[meshEvent.Entity] += meshEvent.Value * 1e-9;
                _count[meshEvent.Entity]++;
            }
        }
    }
}
