namespace Pqms.Mesh.Routing;

/// <summary>Best and further routes by -ln w, then length, then number of links, then names on the way.</summary>
/// <remarks>
/// Works on whole links between end nodes; <see cref="RouteGraph.Expand"/> fills in spans at the end. The order of the
/// file makes no difference, except between parallel links of the same two sites. A pure function of graph and
/// arguments; one instance is not thread-safe.
/// </remarks>
internal sealed class RouteFinder(RouteGraph graph)
{
    /// <summary>Most links between end nodes of a route unless told otherwise.</summary>
    /// <remarks>
    /// A limit of the source documents, not of physics: fidelity falls smoothly (links of 0.995: 0.942 after 12, 0.938
    /// after 13).
    /// </remarks>
    public const int DefaultMaxLinks = 12;

    /// <summary>Most routes that <see cref="KShortest"/> gives: more than a planner compares.</summary>
    public const int MaxRoutes = 16;

    private readonly RouteSearch _search = new(graph);
    private RouteBounds? _bounds;

    public RouteGraph Graph => graph;

    /// <summary>The best route, or null when there is none or both ends are one.</summary>
    /// <param name="from">End node on the A side.</param>
    /// <param name="to">End node on the B side.</param>
    /// <param name="maxLinks">Most links, at least 1.</param>
    /// <param name="vqn">VQN of the pairs; see <see cref="VqnMap"/>.</param>
    public LinkPath? Best(int from, int to, int maxLinks = DefaultMaxLinks, int vqn = VqnMap.Shared)
    {
        Check(from, to, maxLinks);
        _search.Unblock();
        return from == to ? null : _search.Extend(Bounds(to, vqn), [from], [], default, maxLinks);
    }

    /// <summary>The best route over a given set of links.</summary>
    public LinkPath? BestWithin(int from, int to, ReadOnlySpan<bool> allowedLinks, int vqn)
    {
        Check(from, to, int.MaxValue);
        _search.Unblock();
        for (int i = 0; i < allowedLinks.Length; i++)
        {
            if (!allowedLinks[i])
            {
                _search.BlockLink(i);
            }
        }

        return from == to ? null : _search.Extend(Bounds(to, vqn), [from], [], default, int.MaxValue);
    }

    /// <summary>The best loop-free routes, best first.</summary>
    /// <remarks>
    /// Yen, Management Science 17, 712 (1971), with the start of each round after Lawler, Management Science 18, 401
    /// (1972), by which no candidate comes up twice.
    /// </remarks>
    /// <param name="from">End node on the A side.</param>
    /// <param name="to">End node on the B side.</param>
    /// <param name="count">Most routes, 1 to <see cref="MaxRoutes"/>.</param>
    /// <param name="maxLinks">Most links of a route, at least 1.</param>
    /// <param name="vqn">VQN of the pairs; see <see cref="VqnMap"/>.</param>
    public List<LinkPath> KShortest(
        int from, int to, int count, int maxLinks = DefaultMaxLinks, int vqn = VqnMap.Shared)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxRoutes);
        var found = new List<LinkPath>(count);
        var candidates = new List<(LinkPath Path, int Deviation)>();
        if (Best(from, to, maxLinks, vqn) is not { } best)
        {
            return found;
        }

        found.Add(best);
        int deviation = 0;
        while (found.Count < count)
        {
            AddSpurs(found, deviation, maxLinks, candidates);
            if (candidates.Count == 0)
            {
                break;
            }

            int next = First(candidates);
            found.Add(candidates[next].Path);
            deviation = candidates[next].Deviation;
            candidates.RemoveAt(next);
        }

        return found;
    }

    private RouteBounds Bounds(int to, int vqn)
    {
        if (_bounds is null || _bounds.Target != to || _bounds.Vqn != vqn)
        {
            _bounds = new RouteBounds(graph, to, vqn);
        }

        return _bounds;
    }

    private void AddSpurs(
        List<LinkPath> found, int deviation, int maxLinks, List<(LinkPath Path, int Deviation)> candidates)
    {
        LinkPath last = found[^1];
        int[] stops = [.. last.Stops];
        int[] links = [.. last.Links];
        RouteKey root = default;
        for (int i = 0; i < links.Length; i++)
        {
            if (i >= deviation)
            {
                _search.Unblock();
                for (int k = 0; k < i; k++)
                {
                    _search.BlockSite(stops[k]);
                }

                foreach (LinkPath path in found)
                {
                    if (last.SharesRoot(path, i) && path.Links.Count > i)
                    {
                        _search.BlockLink(path.Links[i]);
                    }
                }

                LinkPath? spur = _search.Extend(_bounds!, stops.AsSpan(0, i + 1), links.AsSpan(0, i), root, maxLinks);
                if (spur is not null)
                {
                    candidates.Add((spur, i));
                }
            }

            root = i == 0 ? graph.LinkKey(links[0]) : root + graph.SwapKey(stops[i]) + graph.LinkKey(links[i]);
        }
    }

    // Of two routes with the same ends: key, names, then positions of links.
    private int Compare(LinkPath a, LinkPath b)
    {
        int order = a.Key.CompareTo(b.Key);
        for (int i = 1; order == 0 && i < a.Stops.Count; i++)
        {
            order = graph.Rank(a.Stops[i]).CompareTo(graph.Rank(b.Stops[i]));
        }

        for (int i = 0; order == 0 && i < a.Links.Count; i++)
        {
            order = a.Links[i].CompareTo(b.Links[i]);
        }

        return order;
    }

    private int First(List<(LinkPath Path, int Deviation)> candidates)
    {
        int first = 0;
        for (int i = 1; i < candidates.Count; i++)
        {
            first = Compare(candidates[i].Path, candidates[first].Path) < 0 ? i : first;
        }

        return first;
    }

    private void Check(int from, int to, int maxLinks)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(from, graph.EndNodes);
        ArgumentOutOfRangeException.ThrowIfNegative(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(to, graph.EndNodes);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLinks, 1);
    }
}
