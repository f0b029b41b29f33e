using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Routing;

/// <summary>The mesh as routes see it: end nodes, whole links, whole-number costs.</summary>
/// <remarks>
/// A link costs the -ln w of its spans and of the swaps at its own repeaters; a swap at an end node on the way costs
/// that node's -ln factor. Immutable and thread-safe; searches keep their workspace elsewhere.
/// </remarks>
internal sealed class RouteGraph
{
    private const double CostUnits = 1099511627776.0;
    private const double MillimetersPerMeter = 1000.0;

    private readonly IReadOnlyList<MeshSpan> _spans;
    private readonly RouteLink[] _links;
    private readonly RouteWeights _weights;
    private readonly RouteKey[] _linkKeys;
    private readonly RouteKey[] _swapKeys;
    private readonly bool[] _open;
    private readonly int[] _ranks;
    private readonly int[] _firstIncident;
    private readonly int[] _incident;

    /// <param name="sites">All sites; the end nodes come first.</param>
    /// <param name="spans">All spans.</param>
    /// <param name="links">Whole links in order of the scenario; every span belongs to one.</param>
    /// <param name="weights">Werner parameters of all spans and sites.</param>
    /// <param name="vqns">Owners of links and sites.</param>
    public RouteGraph(
        IReadOnlyList<MeshSite> sites,
        IReadOnlyList<MeshSpan> spans,
        RouteLink[] links,
        RouteWeights weights,
        VqnMap vqns)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.SpanWerner.Count, spans.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.SwapWerner.Count, sites.Count);
        _spans = spans;
        _links = links;
        _weights = weights;
        Vqns = vqns;
        while (EndNodes < sites.Count && !sites[EndNodes].IsRepeater)
        {
            EndNodes++;
        }

        _ranks = RankNames(sites, EndNodes);
        _swapKeys = new RouteKey[EndNodes];
        for (int i = 0; i < EndNodes; i++)
        {
            _swapKeys[i] = new RouteKey(Units(weights.SwapWerner[i]), 0, 0);
        }

        _linkKeys = new RouteKey[links.Length];
        _open = new bool[links.Length];
        for (int i = 0; i < links.Length; i++)
        {
            Weigh(i);
        }

        _firstIncident = new int[EndNodes + 1];
        _incident = new int[2 * links.Length];
        FillIncidence();
    }

    /// <summary>Number of end nodes; they are sites 0 to this less one.</summary>
    public int EndNodes { get; }

    public IReadOnlyList<RouteLink> Links => _links;

    public VqnMap Vqns { get; }

    /// <summary>Links at an end node, in order of the scenario.</summary>
    public ReadOnlySpan<int> LinksAt(int site) =>
        _incident.AsSpan(_firstIncident[site], _firstIncident[site + 1] - _firstIncident[site]);

    public RouteKey LinkKey(int link) => _linkKeys[link];

    /// <summary>Cost of a swap at an end node.</summary>
    public RouteKey SwapKey(int site) => _swapKeys[site];

    /// <summary>Whether a link carries entanglement at all and a VQN may use it.</summary>
    public bool IsOpen(int link, int vqn) => _open[link] && Vqns.MayUse(link, vqn);

    /// <summary>Whether swaps work at an end node and a VQN may make them there.</summary>
    public bool CanSwap(int site, int vqn) => _weights.SwapWerner[site] > 0.0 && Vqns.MaySwap(site, vqn);

    /// <summary>Position of a site's name among the names of all end nodes, in ordinal order.</summary>
    public int Rank(int site) => _ranks[site];

    /// <summary>Fills in the spans and repeaters of a way.</summary>
    public MeshRoute Expand(int poolIndex, LinkPath path)
    {
        var spans = new List<MeshSpan>();
        var way = new List<int> { path.Stops[0] };
        double meters = 0.0;
        double cost = 0.0;
        for (int i = 0; i < path.Links.Count; i++)
        {
            RouteLink link = _links[path.Links[i]];
            bool forward = link.A == path.Stops[i];
            meters += link.Meters;
            for (int k = 0; k < link.SpanCount; k++)
            {
                MeshSpan span = _spans[link.FirstSpan + (forward ? k : link.SpanCount - 1 - k)];
                cost += spans.Count == 0 ? 0.0 : -PortableMath.Log(_weights.SwapWerner[way[^1]]);
                cost += -PortableMath.Log(_weights.SpanWerner[span.Index]);
                spans.Add(span);
                way.Add(forward ? span.B : span.A);
            }
        }

        return new MeshRoute(poolIndex, spans, way, meters, cost);
    }

    private static long Units(double werner) =>
        werner > 0.0 ? (long)PortableMath.Floor((-PortableMath.Log(werner) * CostUnits) + 0.5) : 0L;

    private static int[] RankNames(IReadOnlyList<MeshSite> sites, int endNodes)
    {
        string[] names = new string[endNodes];
        int[] order = new int[endNodes];
        for (int i = 0; i < endNodes; i++)
        {
            names[i] = sites[i].Name;
            order[i] = i;
        }

        Array.Sort(names, order, StringComparer.Ordinal);
        int[] ranks = new int[endNodes];
        for (int i = 0; i < endNodes; i++)
        {
            ranks[order[i]] = i;
        }

        return ranks;
    }

    private void Weigh(int index)
    {
        RouteLink link = _links[index];
        bool open = true;
        long cost = 0;
        for (int k = 0; k < link.SpanCount; k++)
        {
            MeshSpan span = _spans[link.FirstSpan + k];
            open &= _weights.SpanWerner[span.Index] > 0.0;
            cost += Units(_weights.SpanWerner[span.Index]);
            if (k + 1 < link.SpanCount)
            {
                open &= _weights.SwapWerner[span.B] > 0.0;
                cost += Units(_weights.SwapWerner[span.B]);
            }
        }

        _open[index] = open && link.A != link.B;
        _linkKeys[index] = new RouteKey(cost, (long)PortableMath.Ceiling(link.Meters * MillimetersPerMeter), 1);
    }

    private void FillIncidence()
    {
        foreach (RouteLink link in _links)
        {
            _firstIncident[link.A + 1]++;
            _firstIncident[link.B + 1]++;
        }

        for (int i = 0; i < EndNodes; i++)
        {
            _firstIncident[i + 1] += _firstIncident[i];
        }

        int[] next = _firstIncident[..EndNodes];
        for (int i = 0; i < _links.Length; i++)
        {
            _incident[next[_links[i].A]++] = i;
            _incident[next[_links[i].B]++] = i;
        }
    }
}
