using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;
using Pqms.Mesh.Topology;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Routing;

public class PurificationPlanTests
{
    private static readonly HardwareProfile Published = ScenarioFiles.Read("german-backbone", "published").Profile;

    // Reference cases G3 (Werner 0.8, two rounds) and one without a round.
    [Theory]
    [InlineData(0, 0.8, 1.0)]
    [InlineData(1, 0.8381503, 2 / 0.7688889)]
    [InlineData(2, 0.9436392, 4 / (0.7688889 * 0.7445955))]
    public void Of_GivenOneSpan_isTheRecurrence(int rounds, double fidelity, double pairs)
    {
        (MeshRoute route, RouteOutlook outlook) = Chain(1, 0.8, SwapNoise.None);
        PurificationPlan onLink = PurificationPlan.Of(route, outlook, rounds, 0);
        Assert.Equal(fidelity, onLink.Fidelity, 1e-7);
        Assert.Equal(pairs, onLink.RawPairs, 1e-6);
        Assert.Equal(10.0 / pairs, onLink.PairsPerSecond, 1e-6);
        PurificationPlan atEnd = PurificationPlan.Of(route, outlook, 0, rounds);
        Assert.Equal(onLink with { LinkRounds = 0, EndRounds = rounds }, atEnd);
    }

    // Design text: three rounds on links of 0.969 reach about 0.98 over 8 links at about 9 raw pairs each. With ideal
    // gates in the purification they reach 0.988 at 8.71; two rounds already give 0.981 at half of that.
    [Theory]
    [InlineData(0, 0.7766, 1.0)]
    [InlineData(1, 0.8432, 2.084)]
    [InlineData(2, 0.9810, 4.348)]
    [InlineData(3, 0.9880, 8.712)]
    public void Of_GivenThePublishedProfileOverEightLinks_givesTheDesignFigures(
        int rounds, double fidelity, double perLink)
    {
        (MeshRoute route, RouteOutlook outlook) = Chain(8, Published.LinkFidelity, RouteFidelity.Noise(Published));
        PurificationPlan plan = PurificationPlan.Of(route, outlook, rounds, 0);
        Assert.Equal(fidelity, plan.Fidelity, 1e-4);
        Assert.Equal(perLink, plan.RawPairs / 8, 1e-3);
        Assert.Equal(RouteFidelity.Fresh(Published, 8).Fidelity, PurificationPlan.Of(route, outlook, 0, 0).Fidelity);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.8)]
    [InlineData(0.9)]
    [InlineData(0.95)]
    [InlineData(0.98)]
    [InlineData(0.995)]
    [InlineData(0.9999)]
    [InlineData(1.0)]
    public void For_GivenAFloor_isTheCheapestOfAllPlans(double floor)
    {
        foreach (int spans in new[] { 1, 2, 5, 8 })
        {
            (MeshRoute route, RouteOutlook outlook) = Chain(spans, 0.969, RouteFidelity.Noise(Published));
            foreach (int most in new[] { 0, 1, 3 })
            {
                int[] rounds = [.. Enumerable.Range(0, most + 1)];
                PurificationPlan? cheapest = rounds
                    .SelectMany(l => rounds.Select(e => PurificationPlan.Of(route, outlook, l, e)))
                    .Where(p => p.Fidelity >= floor)
                    .MinBy(p => p.RawPairs);
                Assert.Equal(cheapest?.RawPairs, PurificationPlan.For(route, outlook, floor, most)?.RawPairs);
            }
        }
    }

    [Fact]
    public void For_GivenLinksThatDiffer_paysForEachAndRunsAtTheSlowest()
    {
        (MeshRoute route, RouteOutlook outlook) = Chain(2, 0.8, SwapNoise.None);
        outlook = outlook with
        {
            FreshSpans = [BellDiagonal.Werner(0.8), BellDiagonal.Werner(0.9)],
            SpanRates = [50.0, 12.0],
            SwapSuccess = 0.5,
        };
        PurificationPlan plan = PurificationPlan.Of(route, outlook, 1, 0);
        Assert.Equal(((2 / 0.7688889) + (2 / 0.8755556)) / 0.5, plan.RawPairs, 1e-5);
        Assert.Equal(12.0 * 0.8755556 / 2 * 0.5, plan.PairsPerSecond, 1e-5);
    }

    [Fact]
    public void For_WhenPairsAreSeparable_isNull()
    {
        (MeshRoute route, RouteOutlook outlook) = Chain(2, 0.5, SwapNoise.None);
        Assert.Null(PurificationPlan.For(route, outlook, 0.6));
    }

    [Theory]
    [InlineData(0.0, 1)]
    [InlineData(1.01, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0.9, -1)]
    [InlineData(0.9, 4)]
    public void For_WhenAnArgumentIsOutOfRange_throws(double floor, int rounds)
    {
        (MeshRoute route, RouteOutlook outlook) = Chain(2, 0.9, SwapNoise.None);
        Assert.Throws<ArgumentOutOfRangeException>(() => PurificationPlan.For(route, outlook, floor, rounds));
    }

    internal static (MeshRoute Route, RouteOutlook Outlook) Chain(int spans, double fidelity, SwapNoise noise)
    {
        MeshNetwork network = MeshTopology.Build(TestScenarios.Chain(spans));
        return (
            network.Route(0)!,
            new RouteOutlook(
                [.. network.Spans.Select(_ => BellDiagonal.Werner(fidelity))],
                [.. network.Spans.Select(_ => 10.0)],
                [.. network.Sites.Select(_ => noise)]));
    }
}
