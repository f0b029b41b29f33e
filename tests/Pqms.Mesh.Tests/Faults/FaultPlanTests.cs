using Pqms.Mesh.Faults;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Tests.Faults;

public sealed class FaultPlanTests
{
    private const long Second = MeshTime.NanosecondsPerSecond;
    private const long Era = 1_000 * Second;

    [Fact]
    public void Span_GivenOverlappingFaults_composesThem()
    {
        FaultPlan plan = Plan(
            new ScenarioFault(FaultKind.NoiseBurst, 10, 10, "S0 - S1", 0.5),
            new ScenarioFault(FaultKind.NoiseBurst, 15, 10, "S1 - S0", 0.2),
            new ScenarioFault(FaultKind.InterceptResend, 15, 1, "S0 - S1", 0.25),
            new ScenarioFault(FaultKind.LinkDown, 18, 1, "S0 - S1", 1));
        SpanTimeline span = plan.Span(0);

        Assert.Equal(SpanConditions.Nominal, span.At(At(10) - 1));
        Assert.Equal(new SpanConditions(true, 1.0, 0.5, 0.0), span.At(At(10)));
        Assert.Equal(0.6, span.At(At(15)).NoiseProbability, 12);
        Assert.Equal(0.25, span.At(At(15)).InterceptedShare, 12);
        Assert.False(span.At(At(18)).Up);
        Assert.True(span.At(At(19)).Up);
        Assert.Equal(0.2, span.At(At(20)).NoiseProbability, 12);
        Assert.Equal(SpanConditions.Nominal, span.At(At(25)));
        Assert.Equal([10, 15, 16, 18, 19, 20, 25], Changes(span.NextChange));
        Assert.True(plan.Span(1).IsConstant);
    }

    [Fact]
    public void Span_WhenAnEndCrashes_isDownOnBothSides()
    {
        FaultPlan plan = Plan(new ScenarioFault(FaultKind.SiteCrash, 5, 2, "S1", 1));

        Assert.False(plan.Span(0).At(At(6)).Up);
        Assert.False(plan.Span(1).At(At(6)).Up);
        Assert.True(plan.Span(2).At(At(6)).Up);
        Assert.False(plan.Site(1).At(At(6)).Up);
        Assert.True(plan.Site(1).At(At(7)).Up);
        Assert.True(plan.Site(0).IsConstant);
    }

    [Fact]
    public void Site_GivenOverlappingDecays_multipliesThem()
    {
        FaultPlan plan = Plan(
            new ScenarioFault(FaultKind.MemoryDecay, 0, 10, "S2", 4),
            new ScenarioFault(FaultKind.MemoryDecay, 5, 10, "S2", 3));

        int[] seconds = [-1, 0, 5, 10, 15];
        Assert.Equal([1.0, 4.0, 12.0, 3.0, 1.0], seconds.Select(s => plan.Site(2).At(At(s)).DecayFactor));
    }

    [Fact]
    public void Span_GivenSpaceWeather_touchesFreeSpaceLinksOnly()
    {
        Scenario chain = TestScenarios.Chain(3);
        LinkSettings space = LinkSettings.Default with { Kind = LinkKind.FreeSpace };
        ScenarioLink[] links = [.. chain.Links];
        links[1] = links[1] with { Settings = space };
        links[2] = links[2] with { Settings = space };
        Scenario scenario = chain with
        {
            Links = links,
            Faults =
            [
                new ScenarioFault(FaultKind.SpaceWeather, 0, 10, "", 0.5),
                new ScenarioFault(FaultKind.SpaceWeather, 0, 10, "S1 - S2", 0.1),
            ],
        };
        FaultPlan plan = FaultPlan.Of(scenario, MeshTopology.Build(scenario), Era);

        Assert.Equal([1.0, 0.05, 0.5], Enumerable.Range(0, 3).Select(i => plan.Span(i).At(At(1)).Transmission));
    }

    [Fact]
    public void Drain_GivenTwoAttackers_addsThem()
    {
        FaultPlan plan = Plan(
            new ScenarioFault(FaultKind.Drain, 0, 10, "pool0", 2),
            new ScenarioFault(FaultKind.Drain, 5, 10, "pool0", 3));

        int[] seconds = [-1, 0, 5, 10, 15];
        Assert.Equal([0.0, 2.0, 5.0, 3.0, 0.0], seconds.Select(s => plan.Drain(0).At(At(s))));
    }

    [Fact]
    public void PlannerCutOff_GivenTouchingCuts_isOne()
    {
        FaultPlan plan = Plan(
            new ScenarioFault(FaultKind.PlannerCutOff, 3, 4, "", 1),
            new ScenarioFault(FaultKind.PlannerCutOff, 7, 2, "", 1));

        Assert.Equal([3, 9], Changes(plan.PlannerCutOff.NextChange));
        Assert.True(plan.PlannerCutOff.At(At(7)));
        Assert.Equal([3, 9], Changes(plan.NextChange));
    }

    [Fact]
    public void NextChange_GivenNoFaults_isNever() => Assert.Equal(long.MaxValue, Plan().NextChange(long.MinValue));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void NextChange_GivenRandomFaultsAndPasses_missesNothing(int seed)
    {
        // Times are whole tenths of seconds, so a grid of tenths sees every change.
        Random random = new(seed);
        FaultKind[] kinds = [FaultKind.LinkDown, FaultKind.NoiseBurst, FaultKind.InterceptResend];
        ScenarioFault[] faults = [.. Enumerable.Range(0, 12).Select(_ => new ScenarioFault(
            kinds[random.Next(3)], random.Next(400) / 10.0, (1 + random.Next(80)) / 10.0, "S0 - S1", 0.5))];
        PassWindow pass = new((20 + random.Next(30)) / 10.0, (1 + random.Next(19)) / 10.0, random.Next(20) / 10.0);
        Scenario chain = TestScenarios.Chain(1);
        Scenario scenario = chain with
        {
            Faults = faults,
            Links = [chain.Links[0] with { Settings = LinkSettings.Default with { Pass = pass } }],
        };
        SpanTimeline span = FaultPlan.Of(scenario, MeshTopology.Build(scenario), Era).Span(0);

        const long Tenth = Second / 10;
        long due = span.NextChange(At(-20));
        for (long at = At(-20) + Tenth; at < At(60); at += Tenth)
        {
            bool changed = span.At(at) != span.At(at - Tenth);
            Assert.True(!changed || due == at, $"Seed {seed}: a change at {at} was announced for {due}.");
            Assert.Equal(Expected(faults, pass, at), span.At(at).Up);
            if (due <= at)
            {
                Assert.Equal(at, due);
                due = span.NextChange(at);
            }
        }
    }

    private static bool Expected(ScenarioFault[] faults, PassWindow pass, long at)
    {
        long tenths = (at - Era) / (Second / 10);
        long period = (long)Math.Round(pass.PeriodSeconds * 10);
        long phase = (tenths - (long)Math.Round(pass.OffsetSeconds * 10)) % period;
        phase += phase < 0 ? period : 0;
        return phase < Math.Round(pass.UpSeconds * 10) && !faults.Any(fault => fault.Kind == FaultKind.LinkDown
            && tenths >= Math.Round(fault.AtSeconds * 10)
            && tenths < Math.Round((fault.AtSeconds + fault.DurationSeconds) * 10));
    }

    private static long At(long seconds) => Era + (seconds * Second);

    private static List<long> Changes(Func<long, long> next)
    {
        List<long> seconds = [];
        for (long at = next(long.MinValue); at != long.MaxValue; at = next(at))
        {
            seconds.Add((at - Era) / Second);
        }

        return seconds;
    }

    private static FaultPlan Plan(params ScenarioFault[] faults)
    {
        Scenario scenario = TestScenarios.Chain(3) with { Faults = faults };
        return FaultPlan.Of(scenario, MeshTopology.Build(scenario), Era);
    }
}
