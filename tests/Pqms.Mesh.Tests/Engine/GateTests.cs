using Pqms.Mesh.Control;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>The policy gate between a standing pair and its use, in a running mesh.</summary>
public sealed class GateTests
{
    private const double Link = 0.98;
    private const double Floor = 0.93;

    // s of one link whose infidelity is even within +- half of it; without tests the bound lies 1.96 sqrt 2 s below.
    private static readonly double s_half = 1.959963984540054 * Math.Sqrt(2.0) * (1.0 - Link) * 0.5 / Math.Sqrt(3.0);

    private readonly EventRecorder _log = new();

    [Theory]
    [InlineData(TakeOrder.OldestFirst)]
    [InlineData(TakeOrder.YoungestFirst)]
    public void Take_GivenTheGate_neverGetsAPairWhoseBoundIsBelowTheFloor(TakeOrder order)
    {
        // A pair falls from 0.98 to the floor within 14 s, its bound within 10: the oldest are often too bad.
        MeshEmulator gated = Mesh(Scenario(isGated: true, order, DemandSettings.None));
        MeshEmulator open = Mesh(Scenario(isGated: false, order, DemandSettings.None));
        List<TakeItem> takes = Takes(gated);

        Assert.True(takes.Count > 100);
        Assert.All(takes, take => Assert.True(take.FidelityEstimate - s_half >= Floor - 1e-12));
        Assert.True(order == TakeOrder.YoungestFirst
            || Takes(open).Exists(take => take.FidelityEstimate - s_half < Floor));
    }

    [Fact]
    public void Take_GivenAPairBelowTheFloor_givesItUpForAnother()
    {
        MeshEmulator mesh = Mesh(Scenario(isGated: true, TakeOrder.OldestFirst, DemandSettings.None));
        List<TakeItem> takes = Takes(mesh);

        // Each dropped pair fell to a take at the same moment, and never to one that was refused while others stood.
        List<MeshEvent> dropped = _log.Of(MeshEventKind.Dropped);
        HashSet<MeshTime> taken = [.. _log.Of(MeshEventKind.TakeAnswered).Select(e => e.At)];
        Assert.True(dropped.Count > 20);
        Assert.All(dropped, e => Assert.Contains(e.At, taken));
        Assert.Equal(takes.Count, _log.Of(MeshEventKind.PairTaken).Count);
        Assert.Contains(dropped, e => e.Value > 0);
    }

    [Fact]
    public void OwnDemand_GivenTheGate_neverGetsAPairWhoseBoundIsBelowTheFloor()
    {
        DemandSettings demand = new(DemandKind.Poisson, RatePerSecond: 0.5);
        MeshEmulator mesh = Mesh(Scenario(isGated: true, TakeOrder.OldestFirst, demand));
        PoolStatistics before = mesh.Statistics(0);
        ulong served = 0;
        for (int step = 1; step <= 4_000; step++)
        {
            mesh.AdvanceTo(new MeshTime(step * 50_000_000L));
            PoolStatistics now = mesh.Statistics(0);
            if (now.Served == before.Served + 1)
            {
                served++;
                Assert.True(now.EstimateSum - before.EstimateSum - s_half >= Floor - 1e-9);
            }

            before = now;
        }

        Assert.True(served > 50);
        Assert.NotEmpty(_log.Of(MeshEventKind.Dropped));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Waiting_GivenThatNoFreshPairPassesTheGate_isNeverServed(bool isGated)
    {
        // The estimate of a fresh pair exceeds the floor, its bound does not.
        DemandSettings waiting = new(DemandKind.Poisson, RatePerSecond: 0.5, Waits: true);
        Scenario scenario = Scenario(isGated, TakeOrder.YoungestFirst, waiting);
        MeshEmulator mesh = Mesh(scenario with
        {
            Pools = [scenario.Pools[0] with { FidelityFloor = Link - (0.5 * s_half) }],
        });
        mesh.AdvanceTo(TestScenarios.At(200));

        PoolStatistics sums = mesh.Statistics(0);
        Assert.Equal(isGated, sums.Served == 0);
        Assert.Equal(isGated, sums.Waiting > 50);
        Assert.Equal(isGated, _log.Of(MeshEventKind.Dropped).Count > 50);
    }

    [Fact]
    public void Bound_GivenThePlan_isThatOfTheRoutesOwnLinks() => Assert.Equal(
        (1.0 - Link) * 0.5 / Math.Sqrt(3.0),
        MeshPlan.Of(Scenario(isGated: true, TakeOrder.OldestFirst, DemandSettings.None)).Pools[0].Path!.Spread,
        12);

    // Takes every second for 400 s out of a reservation of all places.
    private static List<TakeItem> Takes(MeshEmulator mesh)
    {
        mesh.AdvanceTo(TestScenarios.At(20));
        mesh.Apply(new RequestCommand(1, 0, 3, TestScenarios.At(20), TestScenarios.At(500), Floor, 0.0, 0, 1));
        for (ulong i = 0; i < 400; i++)
        {
            mesh.AdvanceTo(new MeshTime(20_000_000_000 + ((long)i * 1_000_000_000)));
            mesh.Apply(new TakeCommand(1, i, 1));
        }

        IReadOnlyList<MeshReportItem> items = mesh.DrainReportItems();
        Assert.Equal(GrantOutcome.Granted, items.OfType<DecisionItem>().Single().Outcome);
        return [.. items.OfType<TakeItem>().Where(take => take.Outcome == TakeOutcome.Delivered)];
    }

    private static Scenario Scenario(bool isGated, TakeOrder order, DemandSettings demand)
    {
        Scenario scenario = TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 2.0, Fidelity = Link },
            new PoolSettings { Places = 12, Order = order, Gate = isGated, Demand = demand },
            TheoryScenario.Profile(depolarisingSeconds: 400.0) with
            {
                InfidelitySpread = 0.5,
                LinkCutOffSeconds = 1.0,
            });
        return scenario with { Pools = [scenario.Pools[0] with { FidelityFloor = Floor, Slots = 3 }] };
    }

    private MeshEmulator Mesh(Scenario scenario) =>
        new(scenario, 1, TestScenarios.At(0), new MeshOptions(Observer: _log));
}
