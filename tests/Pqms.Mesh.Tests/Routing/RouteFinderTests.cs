using Pqms.Mesh.Routing;
using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Routing;

public class RouteFinderTests
{
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(12)]
    [InlineData(3)]
    [InlineData(2)]
    [InlineData(1)]
    public void KShortest_GivenRandomGraphs_isTheHeadOfAllSimpleWays(int maxLinks)
    {
        int compared = 0;
        for (ulong seed = 0; seed < (ulong)TestProfile.Count(150, 3000); seed++)
        {
            RandomGraph random = RandomGraph.Make(seed);
            foreach ((int from, int to) in new[] { (0, 1), (2, 0) })
            {
                string[] expected =
                [
                    .. random.AllWays(from, to).Where(w => w.Links.Length <= maxLinks).Take(16).Select(
                        w => string.Join(',', w.Stops) + " over " + string.Join(',', w.Links) + " " + w.Key),
                ];
                foreach (int k in new[] { 1, 3, 16 })
                {
                    List<LinkPath> found = random.Finder.KShortest(from, to, k, maxLinks);
                    Assert.Equal(expected.Take(k), found.Select(Show));
                }

                compared += expected.Length;
            }
        }

        Assert.True(compared > 150, $"only {compared} ways");
    }

    [Fact]
    public void KShortest_GivenVirtualNetworks_isTheHeadOfTheirWays()
    {
        int crossed = 0;
        for (ulong seed = 0; seed < (ulong)TestProfile.Count(300, 3000); seed++)
        {
            RandomGraph random = RandomGraph.Make(seed, withVqns: true);
            for (int vqn = 0; vqn < 3; vqn++)
            {
                List<LinkPath> found = random.Finder.KShortest(0, 1, 16, vqn: vqn);
                Assert.Equal(
                    random.AllWays(0, 1, vqn).Take(16).Select(w => string.Join(',', w.Links)),
                    found.Select(p => string.Join(',', p.Links)));
                crossed += found.Count;
                foreach (LinkPath path in found)
                {
                    Assert.All(path.Links, link => Assert.True(random.Graph.Vqns.MayUse(link, vqn)));
                    Assert.All(
                        path.Stops.Skip(1).SkipLast(1), site => Assert.True(random.Graph.Vqns.MaySwap(site, vqn)));
                }
            }
        }

        Assert.True(crossed > 300, $"only {crossed} ways");
    }

    [Fact]
    public void Best_GivenALimit_takesTheDearerWayWithFewerLinks()
    {
        // 0-1-2-3 with links of 0.999 is better than 0-3 with 0.9, but has three links.
        RouteFinder finder = Line([(0, 1), (1, 2), (2, 3), (0, 3)], [0.999, 0.999, 0.999, 0.9], 4);
        Assert.Equal([0, 1, 2], finder.Best(0, 3, 3)!.Links);
        Assert.Equal([3], finder.Best(0, 3, 2)!.Links);
        Assert.Null(finder.Best(0, 2, 1));
        Assert.Null(finder.Best(2, 2));
    }

    [Fact]
    public void Best_GivenNoisySwaps_goesRoundTheSite()
    {
        // Equal links; site 1 swaps badly, site 2 well.
        RouteFinder finder = Line([(0, 1), (1, 3), (0, 2), (2, 3)], [0.99, 0.99, 0.99, 0.985], 4, [1, 0.99, 0.9999, 1]);
        LinkPath best = finder.Best(0, 3)!;
        Assert.Equal([2, 3], best.Links);
        MeshRoute route = finder.Graph.Expand(7, best);
        Assert.Equal(-Math.Log(0.99 * 0.985 * 0.9999), route.NegativeLogWerner, 1e-12);
        Assert.Equal(7, route.PoolIndex);
        Assert.Equal(-Math.Log(0.99 * 0.985 * 0.9999), best.Key.Cost * Math.Pow(2, -40), 1e-11);
    }

    [Fact]
    public void KShortest_GivenABigMesh_answersManyPools()
    {
        // 754 sites and 900 links as in the biggest maps of the Topology Zoo: a ring with chords.
        RouteFinder finder = BigMesh();
        int found = 0;
        for (int pool = 0; pool < 100; pool++)
        {
            List<LinkPath> paths = finder.KShortest(pool * 7, (pool * 7) + 3 + (pool % 9), 4, 12);
            Assert.All(paths, p => Assert.Equal(p.Stops.Count, p.Stops.Distinct().Count()));
            found += paths.Count;
        }

        Assert.True(found > 100);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public void KShortest_WhenCountIsOutOfRange_throws(int count) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Line([(0, 1)], [0.9], 2).KShortest(0, 1, count));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void RouteWeights_WhenAWernerParameterIsOutOfRange_throws(double werner)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouteWeights([werner], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RouteWeights([], [werner]));
    }

    internal static RouteFinder BigMesh()
    {
        var stream = new RandomStream(5, 5, 5);
        List<(int, int)> links = [];
        List<double> werner = [];
        for (int i = 0; i < 900; i++)
        {
            int a = i < 754 ? i : (int)(stream.Bits((ulong)i) % 754);
            int b = i < 754 ? (i + 1) % 754 : (a + 2 + (int)(stream.Bits((ulong)i + 1000) % 40)) % 754;
            links.Add((a, b));
            werner.Add(0.97 + (0.03 * stream.Uniform((ulong)i + 2000)));
        }

        return Line([.. links], [.. werner], 754);
    }

    internal static RouteFinder Line(
        (int A, int B)[] links, double[] werner, int nodes, double[]? swaps = null, VqnMap? vqns = null)
    {
        MeshSite[] sites = [.. Enumerable.Range(0, nodes).Select(i => new MeshSite(i, $"s{i:000}", false))];
        MeshSpan[] spans = [.. links.Select((l, i) => new MeshSpan(i, l.A, l.B, 1000, i))];
        RouteLink[] whole = [.. links.Select((l, i) => new RouteLink(l.A, l.B, i, 1, 1000))];
        var weights = new RouteWeights(werner, swaps ?? [.. Enumerable.Repeat(0.999, nodes)]);
        return new RouteFinder(new RouteGraph(sites, spans, whole, weights, vqns ?? VqnMap.None));
    }

    private static string Show(LinkPath path) =>
        string.Join(',', path.Stops) + " over " + string.Join(',', path.Links) + " " + path.Key;
}
