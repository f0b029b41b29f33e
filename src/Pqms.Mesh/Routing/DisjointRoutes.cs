namespace Pqms.Mesh.Routing;

/// <summary>What two routes may not have in common.</summary>
internal enum Disjointness
{
    /// <summary>No link; the failure of one link leaves one route.</summary>
    Links = 0,

    /// <summary>No link and no site but the ends; the failure of a site on the way leaves one route too.</summary>
    Sites = 1,
}

/// <summary>A route and its back-up.</summary>
/// <param name="First">The better of the two.</param>
/// <param name="Second">The other.</param>
/// <param name="IsOptimal">
/// Whether no other pair has a smaller sum; false when the limit of links forced a choice among the best single routes.
/// </param>
internal sealed record RoutePair(LinkPath First, LinkPath Second, bool IsOptimal);

/// <summary>Two disjoint routes whose keys sum to the least: a route with a back-up.</summary>
/// <remarks>
/// <para>
/// Suurballe, Networks 4, 125 (1974), as Bhandari, Survivable Networks (1999), 3: the second way may run backwards over
/// the first, which undoes it there; done as a flow of two units over nodes that are split in an incoming and an
/// outgoing half, since swaps cost something too. Bellman and Ford take the place of Dijkstra, for costs below 0. The
/// first route of the pair need not be the best single route. Between pairs of equal sums the answer depends on names,
/// not on the order of the file, but need not be the first by names.
/// </para>
/// <para>
/// With a limit of links the problem is NP-hard (Li, McCormick, Simchi-Levi, Discrete Appl. Math. 26, 105, 1990). Where
/// the best pair breaks the limit, the best pair among the <see cref="RouteFinder.MaxRoutes"/> best single routes
/// within it is taken; one that is not among them is missed.
/// </para>
/// </remarks>
internal sealed class DisjointRoutes(RouteFinder finder)
{
    private readonly RouteGraph _graph = finder.Graph;

    /// <summary>The pair of routes, or null when there is none.</summary>
    /// <param name="from">End node on the A side.</param>
    /// <param name="to">End node on the B side.</param>
    /// <param name="kind">What the two may not share.</param>
    /// <param name="maxLinks">Most links of each route, at least 1.</param>
    /// <param name="vqn">VQN of the pairs; see <see cref="VqnMap"/>.</param>
    public RoutePair? Find(
        int from,
        int to,
        Disjointness kind,
        int maxLinks = RouteFinder.DefaultMaxLinks,
        int vqn = VqnMap.Shared)
    {
        if (finder.Best(from, to, maxLinks, vqn) is null)
        {
            return null;
        }

        var flow = new RouteFlow(_graph, from, to, kind, vqn);
        if (!flow.Augment() || !flow.Augment())
        {
            return null;
        }

        bool[] used = flow.UsedLinks();
        LinkPath first = finder.BestWithin(from, to, used, vqn)!;
        foreach (int link in first.Links)
        {
            used[link] = false;
        }

        LinkPath second = finder.BestWithin(from, to, used, vqn)!;
        return first.Links.Count <= maxLinks && second.Links.Count <= maxLinks
            ? new RoutePair(first, second, IsOptimal: true)
            : AmongBest(from, to, kind, maxLinks, vqn);
    }

    private RoutePair? AmongBest(int from, int to, Disjointness kind, int maxLinks, int vqn)
    {
        List<LinkPath> routes = finder.KShortest(from, to, RouteFinder.MaxRoutes, maxLinks, vqn);
        RoutePair? best = null;
        RouteKey least = RouteKey.Worst;
        for (int i = 0; i < routes.Count; i++)
        {
            for (int k = i + 1; k < routes.Count; k++)
            {
                RouteKey sum = routes[i].Key + routes[k].Key;
                if (sum < least && routes[i].IsDisjoint(routes[k], kind == Disjointness.Sites))
                {
                    least = sum;
                    best = new RoutePair(routes[i], routes[k], IsOptimal: false);
                }
            }
        }

        return best;
    }
}
