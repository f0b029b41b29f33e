using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Topology;

/// <summary>
/// Shortest routes by -ln w, then by length, then by the names on the way (Dijkstra, Numer. Math. 1, 269, 1959).
/// </summary>
/// <remarks>
/// Costs are whole numbers (2^-40 of -ln w, then mm), so that their sum does not depend on its order and equal routes
/// really compare as equal. Works on whole links between end nodes; spans are filled in at the end.
/// </remarks>
internal sealed class RouteFinder
{
    private const double CostUnits = 1099511627776.0;
    private const double MillimetersPerMeter = 1000.0;

    private readonly List<MeshSite> _sites;
    private readonly List<MeshSpan> _spans;
    private readonly Edge[] _edges;
    private readonly List<int>[] _edgesOf;
    private readonly double _spanCost;
    private readonly double _swapCost;
    private readonly long _unitsPerSpan;
    private Label?[] _labels = [];
    private int _source = -1;

    public RouteFinder(
        HardwareProfile profile, List<MeshSite> sites, int endNodes, List<MeshSpan> spans, Edge[] edges)
    {
        _sites = sites;
        _spans = spans;
        _edges = edges;
        _spanCost = RouteFidelity.SpanCost(profile);
        _swapCost = RouteFidelity.SwapCost(profile);
        _unitsPerSpan = (long)PortableMath.Floor(((_spanCost + _swapCost) * CostUnits) + 0.5);
        _edgesOf = new List<int>[endNodes];
        for (int i = 0; i < endNodes; i++)
        {
            _edgesOf[i] = [];
        }

        for (int i = 0; i < edges.Length; i++)
        {
            _edgesOf[edges[i].A].Add(i);
            _edgesOf[edges[i].B].Add(i);
        }
    }

    /// <summary>The best route, or null when there is none.</summary>
    public MeshRoute? Find(int poolIndex, int from, int to)
    {
        if (from != _source)
        {
            Search(from);
        }

        return _labels[to] is null || from == to ? null : Expand(poolIndex, from, to);
    }

    private void Search(int source)
    {
        _source = source;
        _labels = new Label?[_edgesOf.Length];
        _labels[source] = new Label(0, 0, -1, -1);
        var done = new bool[_edgesOf.Length];
        var queue = new PriorityQueue<int, (long Cost, long Length, int Site)>();
        queue.Enqueue(source, (0, 0, source));
        while (queue.TryDequeue(out int site, out _))
        {
            if (done[site])
            {
                continue;
            }

            done[site] = true;
            foreach (int edgeIndex in _edgesOf[site])
            {
                Edge edge = _edges[edgeIndex];
                int next = edge.A == site ? edge.B : edge.A;
                Label label = Extend(_labels[site]!, site, edgeIndex);
                if (!done[next] && IsBetter(label, _labels[next]))
                {
                    _labels[next] = label;
                    queue.Enqueue(next, (label.Cost, label.Length, next));
                }
            }
        }
    }

    private Label Extend(Label label, int site, int edgeIndex)
    {
        Edge edge = _edges[edgeIndex];
        long millimeters = (long)PortableMath.Ceiling(edge.Meters * MillimetersPerMeter);
        return new Label(label.Cost + (edge.SpanCount * _unitsPerSpan), label.Length + millimeters, site, edgeIndex);
    }

    private bool IsBetter(Label candidate, Label? current)
    {
        if (current is null || candidate.Cost != current.Cost)
        {
            return current is null || candidate.Cost < current.Cost;
        }

        return candidate.Length != current.Length
            ? candidate.Length < current.Length
            : CompareNames(SitesTo(candidate.Previous), SitesTo(current.Previous)) < 0;
    }

    private int CompareNames(List<int> first, List<int> second)
    {
        for (int i = 0; i < first.Count && i < second.Count; i++)
        {
            int order = string.CompareOrdinal(_sites[first[i]].Name, _sites[second[i]].Name);
            if (order != 0)
            {
                return order;
            }
        }

        return first.Count.CompareTo(second.Count);
    }

    private List<int> SitesTo(int site)
    {
        var way = new List<int>();
        for (int at = site; at >= 0; at = _labels[at]!.Previous)
        {
            way.Add(at);
        }

        way.Reverse();
        return way;
    }

    private MeshRoute Expand(int poolIndex, int from, int to)
    {
        var spans = new List<MeshSpan>();
        var way = new List<int> { from };
        double meters = 0.0;
        List<int> stops = SitesTo(to);
        for (int i = 1; i < stops.Count; i++)
        {
            Edge edge = _edges[_labels[stops[i]]!.EdgeIndex];
            bool forward = edge.A == stops[i - 1];
            meters += edge.Meters;
            for (int k = 0; k < edge.SpanCount; k++)
            {
                MeshSpan span = _spans[edge.FirstSpan + (forward ? k : edge.SpanCount - 1 - k)];
                spans.Add(span);
                way.Add(forward ? span.B : span.A);
            }
        }

        double cost = (spans.Count * _spanCost) + ((spans.Count - 1) * _swapCost);
        return new MeshRoute(poolIndex, spans, way, meters, cost);
    }

    /// <summary>A whole link with the run of spans that it was split into.</summary>
    internal readonly record struct Edge(int A, int B, int FirstSpan, int SpanCount, double Meters);

    private sealed record Label(long Cost, long Length, int Previous, int EdgeIndex);
}
