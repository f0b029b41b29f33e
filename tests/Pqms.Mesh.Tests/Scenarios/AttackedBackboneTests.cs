using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>What the description of attacked-backbone says, in the order of its hour.</summary>
public sealed class AttackedBackboneTests(AttackedBackboneTests.Hour hour) : IClassFixture<AttackedBackboneTests.Hour>
{
    private const int BerlinMuenchen = 0;
    private const int LeipzigNuernberg = 1;
    private const int FrankfurtMuenchen = 2;
    private const int BerlinLeipzig = 3;

    [Fact]
    public void LinkDown_GivenAPlannerThatIsCutOff_movesThePoolAtTheFirstTickAfterwardsAndBack()
    {
        // Down 60 to 180 s, planner cut off 55 to 105 s, a tick every 10 s: away at 110, back at 190.
        List<MeshEvent> moves = hour.Of(BerlinMuenchen, MeshEventKind.RouteChanged);
        Assert.Equal((110.0, 1UL), (Seconds(moves[0]), moves[0].Subject));
        Assert.Equal((190.0, 0UL), (Seconds(moves[1]), moves[1].Subject));
    }

    [Fact]
    public void Intercept_GivenAPoolWithoutABackUp_isolatesItAndRestoresItAfterwards() =>
        AssertIsolatedAndRestored(LeipzigNuernberg, from: 300, until: 900, healthyBy: 1500);

    [Fact]
    public void Noise_GivenAPoolWithoutABackUp_isolatesItAndRestoresItAfterwards() =>
        AssertIsolatedAndRestored(FrankfurtMuenchen, from: 1500, until: 2100, healthyBy: 2700);

    [Fact]
    public void Intercept_GivenAPoolWithABackUp_namesTheLinkAndLeavesItForGood()
    {
        MeshEvent named = Assert.Single(hour.Of(BerlinMuenchen, MeshEventKind.SpanNamed));
        MeshRoute route = hour.Network.Route(BerlinMuenchen)!;
        ScenarioLink link = hour.Scenario.Links[route.Spans[(int)named.Subject - 1].LinkIndex];
        Assert.Equal(("Leipzig", "Nürnberg"), (link.A, link.B));

        List<MeshEvent> moves = hour.Of(BerlinMuenchen, MeshEventKind.RouteChanged);
        Assert.Equal((3, 1UL), (moves.Count, moves[2].Subject));
        Assert.InRange(Seconds(moves[2]), Seconds(named), Seconds(named) + 10);
        Assert.DoesNotContain(
            hour.Of(BerlinMuenchen, MeshEventKind.HealthChanged), e => e.Subject == (ulong)HealthState.Isolated);
    }

    [Fact]
    public void CrashAndDrain_GivenTheirPools_emptyThemForAWhile()
    {
        Assert.Equal((0, 0), (hour.StockAt[2701][FrankfurtMuenchen], hour.StockAt[2729][FrankfurtMuenchen]));
        Assert.InRange(hour.StockAt[2790][FrankfurtMuenchen], 28, 32);

        // 20 pairs a second for 120 s.
        Assert.InRange(hour.Mesh.Statistics(BerlinLeipzig).Burnt, 2_200UL, 2_400UL);
    }

    [Fact]
    public void Tests_GivenAnHour_neverIsolateWithoutACauseAndKeepTheirBudget()
    {
        Assert.Empty(hour.Of(BerlinLeipzig, MeshEventKind.HealthChanged));
        PoolStatistics sound = hour.Mesh.Statistics(BerlinLeipzig);
        Assert.Equal(0.2, (double)sound.Tested / sound.Generated, 0.001);
        Assert.Equal(sound.EstimateSum / sound.Served, sound.TruthSum / sound.Served, 0.0005);
    }

    private void AssertIsolatedAndRestored(int pool, int from, int until, int healthyBy)
    {
        List<MeshEvent> changes = hour.Of(pool, MeshEventKind.HealthChanged);
        Assert.Equal(
            [HealthState.Suspect, HealthState.Isolated, HealthState.Probation, HealthState.Healthy],
            changes.Select(e => (HealthState)e.Subject));
        Assert.InRange(Seconds(changes[1]), from, from + 120.0);
        Assert.InRange(Seconds(changes[2]), until, until + 60.0);
        Assert.InRange(Seconds(changes[3]), Seconds(changes[2]), healthyBy);

        // While it is isolated nobody gets a pair: all are tested.
        Assert.DoesNotContain(
            hour.Of(pool, MeshEventKind.PairTaken),
            e => Seconds(e) > Seconds(changes[1]) && Seconds(e) < Seconds(changes[2]));
    }

    private static double Seconds(MeshEvent e) => e.At.Nanoseconds * 1e-9;

    /// <summary>One run of the whole hour, for all tests.</summary>
    public sealed class Hour : IMeshObserver
    {
        private readonly List<MeshEvent> _events = [];

        public Hour()
        {
            Mesh = new MeshEmulator(Scenario, Scenario.Seed, MeshTime.FromSeconds(0), new MeshOptions(1, this));
            foreach (int second in new[] { 2701, 2729, 2790, 3600 })
            {
                Mesh.AdvanceTo(MeshTime.FromSeconds(second));
                StockAt[second] =
                    [.. Enumerable.Range(0, Scenario.Pools.Count).Select(i => Mesh.View(i).Counters.Stock)];
            }
        }

        public Scenario Scenario { get; } = ScenarioFiles.Read("attacked-backbone");

        public MeshNetwork Network => MeshTopology.Build(Scenario);

        public MeshEmulator Mesh { get; }

        public Dictionary<int, int[]> StockAt { get; } = [];

        public List<MeshEvent> Of(int pool, MeshEventKind kind) =>
            _events.FindAll(e => e.Entity == (uint)pool && e.Kind == kind);

        public void Observe(in MeshEvent meshEvent)
        {
            if (meshEvent.Kind is not (MeshEventKind.LinkPairHeralded or MeshEventKind.Swapped))
            {
                _events.Add(meshEvent);
            }
        }
    }
}
