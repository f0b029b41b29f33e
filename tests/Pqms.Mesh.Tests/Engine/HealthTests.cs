using Pqms.Mesh.Health;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Bell tests in a running mesh: what they find, how soon, and what follows. Seconds count from 0.</summary>
public sealed class HealthTests
{
    private const double Link = 0.99;
    private const double BadMargin = 0.1;
    private static readonly HealthSettings s_health = new(0.2, 0.0, BadMargin, 1e-3, 1e-3);
    private static readonly double s_werner = BellDiagonal.Werner(Link).WernerParameter;

    private readonly EventRecorder _log = new();

    public static TheoryData<int, SwapOrder, int> Routes => new()
    {
        { 1, SwapOrder.Together, 0 },
        { 3, SwapOrder.Together, 1 },
        { 3, SwapOrder.Asap, 2 },
        { 4, SwapOrder.Nested, 0 },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public void NoiseBurst_OnOneSpan_isolatesThePoolInTimeAndNamesTheSpan(int spans, SwapOrder order, int span)
    {
        // The burst lowers the fidelity by the bad margin, so Wald's mean number of tests under H1 holds. At its begin
        // up to |B| of evidence for H0 may stand, as much as the alarm needs: factor 2; and 2 for chance.
        double fidelity = Fidelity(spans);
        double strength = BadMargin / (fidelity - 0.25);
        MeshEmulator mesh = Mesh(
            Standing(spans, order), new ScenarioFault(FaultKind.NoiseBurst, 50.0, 300.0, Name(span), strength));
        mesh.AdvanceTo(TestScenarios.At(50));
        Assert.Equal(HealthState.Healthy, mesh.Health(0)!.State);
        mesh.AdvanceTo(TestScenarios.At(340));

        MeshEvent isolated = Assert.Single(
            _log.Of(MeshEventKind.HealthChanged), e => e.Subject == (ulong)HealthState.Isolated);
        double until = isolated.At.Nanoseconds * 1e-9;
        double expected = SequentialTest.ExpectedTrialsAlternative(
            1e-3, 1e-3, BellTest.ErrorRate(fidelity, 1.0), BellTest.ErrorRate(fidelity - BadMargin, 1.0));
        Assert.InRange(_log.Within(MeshEventKind.PairTested, 50.0, until).Count, 5, 4.0 * expected);
        MeshEvent named = Assert.Single(_log.Of(MeshEventKind.SpanNamed));
        Assert.Equal((ulong)span + 1, named.Subject);
    }

    [Fact]
    public void NoiseBurst_WhileItLasts_burnsTheStockAndRefusesTakesAndGrantsUntilThePoolIsRestored()
    {
        MeshEmulator mesh = Mesh(
            Standing(3, SwapOrder.Together), new ScenarioFault(FaultKind.NoiseBurst, 50.0, 100.0, Name(1), 0.3));
        mesh.AdvanceTo(TestScenarios.At(40));
        mesh.Apply(Request(1));
        Assert.Equal(GrantOutcome.Granted, Decision(mesh));
        mesh.AdvanceTo(TestScenarios.At(140));

        Assert.True(mesh.View(0).Isolated);
        Assert.Equal(0, mesh.View(0).Counters.Stock);
        MeshEvent isolated = _log.Of(MeshEventKind.HealthChanged)
            .First(e => e.Subject == (ulong)HealthState.Isolated);
        List<MeshEvent> burnt = _log.Of(MeshEventKind.PairBurnt);
        Assert.NotEmpty(burnt);
        Assert.All(burnt, e => Assert.Equal((isolated.At, 1UL), (e.At, e.Value)));
        mesh.Apply(new TakeCommand(1, 1, 1));
        Assert.Equal(TakeOutcome.PoolEmpty, mesh.DrainReportItems().OfType<TakeItem>().Single().Outcome);
        mesh.Apply(Request(2));
        Assert.Equal(GrantOutcome.PoolIsolated, Decision(mesh));

        mesh.AdvanceTo(TestScenarios.At(600));
        IEnumerable<ulong> states = _log.Of(MeshEventKind.HealthChanged).Select(e => e.Subject)
            .Where(state => state != (ulong)HealthState.Suspect);
        Assert.Equal(
            [(ulong)HealthState.Isolated, (ulong)HealthState.Probation, (ulong)HealthState.Healthy], states.Take(3));
        Assert.False(mesh.View(0).Isolated);
        mesh.Apply(new TakeCommand(1, 2, 1));
        Assert.Equal(TakeOutcome.Delivered, mesh.DrainReportItems().OfType<TakeItem>().Single().Outcome);
        mesh.Apply(Request(3));
        Assert.Equal(GrantOutcome.Granted, Decision(mesh));
    }

    [Fact]
    public void Tests_WithoutAFault_seldomRaiseAnAlarmAndStayWithinTheirShare()
    {
        // H0 itself: the truth is the estimate, no good margin. About 15,000 tests; every sequential test may be wrong
        // with alpha = 5 %: at most 5 sigma more, and some, or this could not fail.
        HealthSettings health = new(0.2, 0.0, 0.05, 0.05, 0.05);
        MeshEmulator mesh = Mesh(Saturated(400.0) with { Health = health });
        mesh.AdvanceTo(TestScenarios.At(200));

        ulong born = 0;
        ulong tested = 0;
        int isolations = 0;
        bool serves = true;
        foreach (MeshEvent e in _log.Events)
        {
            switch (e.Kind)
            {
                case MeshEventKind.HealthChanged:
                    serves = e.Subject != (ulong)HealthState.Isolated;
                    isolations += serves ? 0 : 1;
                    break;
                case MeshEventKind.PairBorn when serves:
                    born++;
                    break;
                case MeshEventKind.PairTested when serves:
                    tested++;
                    Assert.True(tested <= 0.2 * born, $"{tested} tests of {born} pairs");
                    break;
                default:
                    break;
            }
        }

        double good = BellTest.ErrorRate(Link, 1.0);
        double tests = tested / SequentialTest.ExpectedTrialsNull(0.05, 0.05, good, BellTest.ErrorRate(Link - 0.05, 1));
        Assert.True(tested > 10_000);
        Assert.InRange(isolations, 1, (0.05 * tests) + (5.0 * Math.Sqrt(0.05 * tests)));
        Assert.Equal((ulong)_log.Of(MeshEventKind.PairTested).Count, mesh.Statistics(0).Tested);
    }

    [Fact]
    public void InterceptResend_GivenHalfOfThePairs_isDetected()
    {
        // F falls by s (F - 1/2 (F + (1 - F)/3)), about s/2: far more than the margin.
        MeshEmulator mesh = Mesh(
            Standing(3, SwapOrder.Together), new ScenarioFault(FaultKind.InterceptResend, 50.0, 60.0, Name(2), 0.5));
        mesh.AdvanceTo(TestScenarios.At(110));

        Assert.Contains(_log.Of(MeshEventKind.HealthChanged), e => e.Subject == (ulong)HealthState.Isolated);
        Assert.Equal(3UL, Assert.Single(_log.Of(MeshEventKind.SpanNamed)).Subject);
        Assert.Empty(_log.Within(MeshEventKind.HealthChanged, 0.0, 50.0));
    }

    [Fact]
    public void Pumping_WhenThePoolIsIsolated_burnsThePairThatWaitsForItsPartner()
    {
        // Without a target attempts stop, so the pair that was staged at the command would be pumped a minute later.
        Scenario scenario = Standing(1, SwapOrder.Together) with { Health = HealthSettings.None };
        PurifySettings pumping = new(Pqms.Physics.Purification.PurificationProtocol.Dejmps, 0.0, 8, 0);
        MeshEmulator mesh = Mesh(scenario with
        {
            Pools = [scenario.Pools[0] with { Settings = scenario.Pools[0].Settings with { Purify = pumping } }],
        });
        mesh.AdvanceTo(TestScenarios.At(10));
        mesh.Apply(new IsolatePoolCommand(0, true));

        Assert.Equal(0UL, mesh.Statistics(0).Stock);
    }

    [Fact]
    public void Waiting_WhileThePoolIsIsolated_makesNoPairsToBurn()
    {
        Scenario scenario = Standing(1, SwapOrder.Together) with { Health = HealthSettings.None };
        DemandSettings waiting = new(DemandKind.Poisson, RatePerSecond: 20.0, Waits: true);
        MeshEmulator mesh = Mesh(scenario with
        {
            Pools = [scenario.Pools[0] with { Settings = scenario.Pools[0].Settings with { Demand = waiting } }],
        });
        mesh.AdvanceTo(TestScenarios.At(10));
        mesh.Apply(new IsolatePoolCommand(0, true));
        mesh.AdvanceTo(TestScenarios.At(20));

        Assert.True(mesh.Statistics(0).Waiting > 100);
        Assert.Empty(_log.Within(MeshEventKind.PairBorn, 10.000001, 20.0));
        mesh.Apply(new IsolatePoolCommand(0, false));
        mesh.AdvanceTo(TestScenarios.At(40));
        Assert.True(mesh.Statistics(0).Waiting < 100);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.98)]
    public void Health_GivenManyTests_showsFidelityAndChshWithTheirErrors(double readout)
    {
        // About 4,000 recent tests, a third in each basis; a 95 % interval is left by one seed in twenty, not by this.
        Scenario scenario = Saturated(400.0);
        MeshEmulator mesh = Mesh(scenario with
        {
            Profile = scenario.Profile with { ReadoutFidelity = readout },
            Health = new HealthSettings(0.2, 0.0, 0.2, 1e-6, 1e-6),
        });
        mesh.AdvanceTo(TestScenarios.At(50));

        PoolHealth health = mesh.Health(0)!;
        double tests = health.X.Tests + health.Y.Tests + health.Z.Tests;
        double chsh = 2.0 * Math.Sqrt(2.0) * s_werner;
        Assert.Equal((HealthState.Healthy, mesh.Statistics(0).Tested), (health.State, health.Tested));
        Assert.InRange(tests, 2_000, 4_096);
        Assert.True(health.FidelityLower < health.Fidelity && health.Fidelity < health.FidelityUpper);
        Assert.InRange(Link, health.FidelityLower, health.FidelityUpper);
        double margin = 4.0 * health.ChshStandardError!.Value;
        Assert.InRange(health.Chsh!.Value - chsh, -margin, margin);
        Assert.InRange(health.ChshStandardError.Value, 0.005, 0.05);
    }

    [Fact]
    public void Health_GivenAnEavesdropperOnAllPairs_showsNoViolation()
    {
        // Dephasing in Z or X, half of the pairs each: t_x + t_z = w, so S = sqrt 2 w, below 2.
        MeshEmulator mesh = Mesh(
            Saturated(400.0) with { Health = s_health },
            new ScenarioFault(FaultKind.InterceptResend, 5.0, 60.0, Name(0), 1.0));
        mesh.AdvanceTo(TestScenarios.At(60));

        PoolHealth health = mesh.Health(0)!;
        Assert.Equal(HealthState.Isolated, health.State);
        double margin = 4.0 * health.ChshStandardError!.Value;
        Assert.InRange(health.Chsh!.Value - (Math.Sqrt(2.0) * s_werner), -margin, margin);
        Assert.True(health.Chsh.Value + margin < 2.0);
    }

    [Fact]
    public void Health_WithoutTests_isUnknown()
    {
        MeshEmulator none = Mesh(Standing(1, SwapOrder.Together) with { Health = HealthSettings.None });
        Assert.Null(none.Health(0));
        PoolHealth begun = Mesh(Standing(1, SwapOrder.Together)).Health(0)!;

        Assert.Equal((null, null, null), (begun.Fidelity, begun.Chsh, begun.ChshStandardError));
        Assert.Equal((0.0, 1.0, 0UL), (begun.FidelityLower, begun.FidelityUpper, begun.Tested));
        Assert.Throws<ArgumentOutOfRangeException>(() => none.Health(1));
    }

    private static double Fidelity(int spans) => 0.25 + (0.75 * Math.Pow(s_werner, spans));

    private static string Name(int span) => $"S{span} - S{span + 1}";

    private static RequestCommand Request(ulong id) =>
        new(id, 0, 1, TestScenarios.At(40), TestScenarios.At(900), 0.5, 0.0, 0, 1);

    private static GrantOutcome Decision(MeshEmulator mesh) =>
        Assert.IsType<DecisionItem>(Assert.Single(mesh.DrainReportItems())).Outcome;

    /// <summary>A pool of ten places with ten requests per second; a fifth of its pairs is tested.</summary>
    private static Scenario Standing(int spans, SwapOrder order) => TheoryScenario.Of(
        new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 30.0, Fidelity = Link },
        new PoolSettings
        {
            CutOff = CutOffKind.Hard,
            CutOffSeconds = 4.0,
            Places = 10,
            SwapOrder = order,
            Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 10.0),
        },
        TheoryScenario.Profile() with { LinkCutOffSeconds = 1.0 },
        spans) with
    { Health = s_health };

    private static Scenario Saturated(double rate) => TheoryScenario.Of(
        new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = rate, Fidelity = Link },
        new PoolSettings
        {
            CutOff = CutOffKind.Hard,
            CutOffSeconds = 4.0,
            Places = 1,
            Demand = new DemandSettings(DemandKind.Saturated),
        },
        TheoryScenario.Profile());

    private MeshEmulator Mesh(Scenario scenario, params ScenarioFault[] faults) =>
        new(scenario with { Faults = faults }, 1, TestScenarios.At(0), new MeshOptions(Observer: _log));
}
