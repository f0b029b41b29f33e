using Pqms.Mesh.Routing;
using Pqms.Mesh.Topology;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Routing;

public class RouteChoiceTests
{
    // Three ways from 0 to 1: good and slow, less good and fast, over two links in the middle of both.
    private static readonly double[] s_fidelities = [0.96, 0.93, 0.97, 0.97];
    private readonly RouteOutlook _outlook = new(
        [.. s_fidelities.Select(BellDiagonal.Werner)],
        [2.0, 90.0, 30.0, 20.0],
        [SwapNoise.None, SwapNoise.None, SwapNoise.None]);

    [Theory]
    [InlineData(0.92, 1)]
    [InlineData(0.94, 2)]
    [InlineData(0.95, 0)]
    public void Best_GivenAFloor_isTheFastestThatReachesIt(double floor, int link)
    {
        RouteOffer offer = RouteChoice.Best(Candidates(), _outlook, floor, 3)!;
        Assert.Equal(link, offer.Route.Spans[0].LinkIndex);
        Assert.Equal((0, 0), (offer.Plan.LinkRounds, offer.Plan.EndRounds));
        double slowest = offer.Route.Spans.Min(s => _outlook.SpanRates[s.Index]);
        Assert.Equal(slowest, offer.Plan.PairsPerSecond);
        Assert.Same(Candidates()[offer.Position].Spans[0], offer.Route.Spans[0]);
    }

    [Fact]
    public void Best_WhenNoRouteReachesTheFloor_isTheOneThatPurifiesMostCheaply()
    {
        Assert.Null(RouteChoice.Best(Candidates(), _outlook, 0.98, 0));
        RouteOffer offer = RouteChoice.Best(Candidates(), _outlook, 0.98, 3)!;
        Assert.Equal(
            Candidates().Min(c => PurificationPlan.For(c, _outlook, 0.98)?.RawPairs ?? double.MaxValue),
            offer.Plan.RawPairs);
        Assert.Equal(0, offer.Route.Spans[0].LinkIndex);
        Assert.True(offer.Plan.Fidelity >= 0.98);
        Assert.Null(RouteChoice.Best(Candidates(), _outlook, 1.0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => RouteChoice.Best([], _outlook, double.NaN, 3));
    }

    private static MeshRoute[] Candidates() => [.. s_candidates];

    private static readonly MeshRoute[] s_candidates = Find();

    private static MeshRoute[] Find()
    {
        RouteFinder finder = RouteFinderTests.Line(
            [(0, 1), (0, 1), (0, 2), (2, 1)], [.. s_fidelities.Select(f => ((4 * f) - 1) / 3)], 3, [1, 1, 1]);
        return [.. finder.KShortest(0, 1, 16).Select(path => finder.Graph.Expand(0, path))];
    }
}
