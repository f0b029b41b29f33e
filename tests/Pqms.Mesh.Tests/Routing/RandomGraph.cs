using Pqms.Mesh.Routing;
using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Tests.Routing;

/// <summary>A small random graph with many ties, parallel links, closed spans and VQNs; all its simple ways.</summary>
internal sealed class RandomGraph
{
    private static readonly double[] s_spanWerner = [1.0, 0.99, 0.99, 0.98, 0.9, 0.0];
    private static readonly double[] s_swapWerner = [1.0, 0.999, 0.999, 0.99];

    private readonly RandomStream _stream;
    private ulong _counter;

    private RandomGraph(ulong seed, int nodes, int links, bool withVqns)
    {
        _stream = new RandomStream(seed, 17, (ulong)nodes);
        List<MeshSite> sites = [];
        for (int i = 0; i < nodes; i++)
        {
            // Names in another order than the indices, so that neither can stand in for the other.
            sites.Add(new MeshSite(i, $"n{"qdxabmzk"[i]}", IsRepeater: false));
        }

        List<MeshSpan> spans = [];
        RouteLink[] made = new RouteLink[links];
        for (int i = 0; i < links; i++)
        {
            made[i] = AddLink(sites, spans, i, nodes);
        }

        double[] spanWerner = [.. spans.Select(_ => s_spanWerner[Draw(s_spanWerner.Length)])];
        double[] swapWerner = [.. sites.Select(_ => s_swapWerner[Draw(s_swapWerner.Length)])];
        VqnMap vqns = withVqns
            ? new VqnMap(
                [.. made.Select(_ => Draw(4) % 3)],
                [.. Enumerable.Range(0, nodes).Select(_ => Draw(4) % 3)],
                [.. Enumerable.Range(0, nodes).Select(_ => Draw(3) == 0)])
            : VqnMap.None;
        Sites = sites;
        Graph = new RouteGraph(sites, spans, made, new RouteWeights(spanWerner, swapWerner), vqns);
        Finder = new RouteFinder(Graph);
    }

    public IReadOnlyList<MeshSite> Sites { get; }

    public RouteGraph Graph { get; }

    public RouteFinder Finder { get; }

    public static RandomGraph Make(ulong seed, bool withVqns = false)
    {
        var size = new RandomStream(seed, 18, 0);
        int nodes = 3 + (int)(size.Bits(0) % 6);
        int links = 2 + (int)(size.Bits(1) % (ulong)(2 * nodes));
        return new RandomGraph(seed, nodes, links, withVqns);
    }

    /// <summary>Every loop-free way that a VQN may use, best first by key, then names, then links.</summary>
    public List<Way> AllWays(int from, int to, int vqn = 0)
    {
        List<Way> ways = [];
        Walk([from], [], to, vqn, ways);
        ways.Sort(Compare);
        return ways;
    }

    private static int Compare(Way a, Way b)
    {
        int order = a.Key.CompareTo(b.Key);
        order = order != 0 ? order : string.CompareOrdinal(a.Names, b.Names);
        return order != 0 ? order : string.CompareOrdinal(Padded(a.Links), Padded(b.Links));
    }

    private static string Padded(int[] links) => string.Join(',', links.Select(link => $"{link:00}"));

    private void Walk(List<int> stops, List<int> links, int to, int vqn, List<Way> ways)
    {
        int at = stops[^1];
        if (at == to)
        {
            RouteKey key = links.Select(Graph.LinkKey).Concat(stops.Skip(1).SkipLast(1).Select(Graph.SwapKey))
                .Aggregate(default(RouteKey), (sum, part) => sum + part);
            string names = string.Concat(stops.Select(s => Sites[s].Name));
            ways.Add(new Way([.. stops], [.. links], key, names));
            return;
        }

        if (links.Count > 0 && !Graph.CanSwap(at, vqn))
        {
            return;
        }

        for (int link = 0; link < Graph.Links.Count; link++)
        {
            RouteLink l = Graph.Links[link];
            if ((l.A == at || l.B == at) && Graph.IsOpen(link, vqn) && !stops.Contains(l.Other(at)))
            {
                Walk([.. stops, l.Other(at)], [.. links, link], to, vqn, ways);
            }
        }
    }

    private RouteLink AddLink(List<MeshSite> sites, List<MeshSpan> spans, int index, int nodes)
    {
        int a = Draw(nodes);
        int b = (a + 1 + Draw(nodes - 1)) % nodes;
        int count = 1 + (Draw(4) / 3);
        double meters = 10_000.0 * Draw(3);
        int first = spans.Count;
        int from = a;
        for (int k = 1; k < count; k++)
        {
            sites.Add(new MeshSite(sites.Count, $"r{index}#{k}", IsRepeater: true));
            spans.Add(new MeshSpan(spans.Count, from, sites.Count - 1, meters / count, index));
            from = sites.Count - 1;
        }

        spans.Add(new MeshSpan(spans.Count, from, b, meters / count, index));
        return new RouteLink(a, b, first, count, meters);
    }

    private int Draw(int below) => (int)(_stream.Bits(_counter++) % (ulong)below);

    internal sealed record Way(int[] Stops, int[] Links, RouteKey Key, string Names);
}
