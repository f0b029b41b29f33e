using Pqms.Mesh.Routing;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Routing;

public class DisjointRoutesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_GivenRandomGraphs_hasTheLeastSumOfAllDisjointPairs(bool sites)
    {
        Disjointness kind = sites ? Disjointness.Sites : Disjointness.Links;
        int pairs = 0;
        for (ulong seed = 0; seed < (ulong)TestProfile.Count(400, 4000); seed++)
        {
            RandomGraph random = RandomGraph.Make(seed, withVqns: seed % 2 == 1);
            int vqn = (int)(seed % 3);
            RouteKey? least = null;
            List<RandomGraph.Way> ways = random.AllWays(0, 1, vqn);
            for (int i = 0; i < ways.Count; i++)
            {
                foreach (RandomGraph.Way other in ways.Skip(i + 1).Where(w => AreDisjoint(ways[i], w, sites)))
                {
                    RouteKey sum = ways[i].Key + other.Key;
                    least = least is null || sum < least ? sum : least;
                }
            }

            RoutePair? pair = new DisjointRoutes(random.Finder).Find(0, 1, kind, int.MaxValue, vqn);
            Assert.True(least is null == pair is null, $"seed {seed}");
            if (pair is not null)
            {
                pairs++;
                Assert.True(pair.IsOptimal);
                Assert.True(pair.First.IsDisjoint(pair.Second, sites), $"seed {seed}");
                Assert.Equal(least, pair.First.Key + pair.Second.Key);
                Assert.True(pair.First.Key <= pair.Second.Key);
                Assert.Contains(ways, w => w.Links.SequenceEqual(pair.First.Links));
                Assert.Contains(ways, w => w.Links.SequenceEqual(pair.Second.Links));
            }
        }

        Assert.True(pairs > 100, $"only {pairs} pairs");
    }

    [Fact]
    public void Find_GivenTheTrapOfSuurballe_givesUpTheBestSingleRoute()
    {
        // The best way 0-1-2-3 uses the one cross link and leaves no second way; the best pair avoids it.
        RouteFinder finder = RouteFinderTests.Line(
            [(0, 1), (1, 2), (2, 3), (0, 2), (1, 3)], [0.999, 0.999, 0.999, 0.9, 0.9], 4);
        Assert.Equal([0, 1, 2], finder.Best(0, 3)!.Links);
        RoutePair pair = new DisjointRoutes(finder).Find(0, 3, Disjointness.Sites)!;
        Assert.Equal([[0, 4], [3, 2]], new[] { pair.First.Links, pair.Second.Links });
    }

    [Fact]
    public void Find_GivenASharedSite_differsByKind()
    {
        // Two bundles of parallel ways that meet in site 2.
        RouteFinder finder = RouteFinderTests.Line(
            [(0, 2), (0, 1), (1, 2), (2, 4), (2, 3), (3, 4)], [0.99, 0.99, 0.99, 0.99, 0.99, 0.99], 5);
        RoutePair pair = new DisjointRoutes(finder).Find(0, 4, Disjointness.Links)!;
        Assert.Equal([[0, 3], [1, 2, 4, 5]], new[] { pair.First.Links, pair.Second.Links });
        Assert.Null(new DisjointRoutes(finder).Find(0, 4, Disjointness.Sites));
    }

    [Fact]
    public void Find_WhenTheBestPairBreaksTheLimit_takesOneWithinIt()
    {
        // Parallel to the cheap way of three links stands a dear single link.
        RouteFinder finder = RouteFinderTests.Line(
            [(0, 1), (1, 2), (2, 3), (0, 3), (0, 3)], [0.999, 0.999, 0.999, 0.98, 0.9], 4);
        RoutePair free = new DisjointRoutes(finder).Find(0, 3, Disjointness.Links)!;
        Assert.Equal([[0, 1, 2], [3]], new[] { free.First.Links, free.Second.Links });
        RoutePair limited = new DisjointRoutes(finder).Find(0, 3, Disjointness.Links, maxLinks: 2)!;
        Assert.Equal([[3], [4]], new[] { limited.First.Links, limited.Second.Links });
        Assert.Equal((true, false), (free.IsOptimal, limited.IsOptimal));
    }

    [Fact]
    public void Find_GivenALimitAndFewWays_hasTheLeastSumWithinIt()
    {
        int forced = 0;
        for (ulong seed = 0; seed < (ulong)TestProfile.Count(600, 4000); seed++)
        {
            RandomGraph random = RandomGraph.Make(seed);
            RandomGraph.Way[] ways = [.. random.AllWays(0, 1).Where(w => w.Links.Length <= 2)];
            RoutePair? pair = new DisjointRoutes(random.Finder).Find(0, 1, Disjointness.Links, maxLinks: 2);
            List<RouteKey> sums =
            [
                .. ways.SelectMany(w => ways.Where(o => AreDisjoint(w, o, sites: false)).Select(o => w.Key + o.Key)),
            ];
            Assert.True(ways.Length <= RouteFinder.MaxRoutes);
            RouteKey? least = sums.Count == 0 ? null : sums.Min();
            Assert.Equal(least, pair?.First.Key + pair?.Second.Key);
            forced += pair is { IsOptimal: false } ? 1 : 0;
        }

        Assert.True(forced > 10, $"only {forced} pairs");
    }

    private static bool AreDisjoint(RandomGraph.Way a, RandomGraph.Way b, bool sites) =>
        !a.Links.Intersect(b.Links).Any()
        && !(sites && a.Stops[1..^1].Intersect(b.Stops[1..^1]).Any());
}
