namespace Pqms.Mesh.Routing;

/// <summary>A flow of least key from one end node to another, one unit at a time; for disjoint routes.</summary>
/// <remarks>
/// Each end node is two vertices with an arc between them that costs the swap. Vertices and arcs are ordered by the
/// names of their sites. Arcs come in twins: 2i forwards, 2i + 1 back, which undoes it at the negative key.
/// </remarks>
internal sealed class RouteFlow
{
    private readonly RouteGraph _graph;
    private readonly int _source;
    private readonly int _target;
    private readonly List<Arc> _arcs = [];
    private readonly List<int>[] _arcsFrom;

    public RouteFlow(RouteGraph graph, int from, int to, Disjointness kind, int vqn)
    {
        _graph = graph;
        _source = Out(from);
        _target = In(to);
        _arcsFrom = new List<int>[2 * graph.EndNodes];
        for (int i = 0; i < _arcsFrom.Length; i++)
        {
            _arcsFrom[i] = [];
        }

        for (int site = 0; site < graph.EndNodes; site++)
        {
            if (site != from && site != to && graph.CanSwap(site, vqn))
            {
                Add(In(site), Out(site), graph.SwapKey(site), -1, kind == Disjointness.Sites ? 1 : 2);
            }
        }

        for (int i = 0; i < graph.Links.Count; i++)
        {
            if (graph.IsOpen(i, vqn))
            {
                RouteLink link = graph.Links[i];
                Add(Out(link.A), In(link.B), graph.LinkKey(i), i, 1);
                Add(Out(link.B), In(link.A), graph.LinkKey(i), i, 1);
            }
        }

        foreach (List<int> arcs in _arcsFrom)
        {
            arcs.Sort((a, b) => _arcs[a].To != _arcs[b].To ? _arcs[a].To.CompareTo(_arcs[b].To) : a.CompareTo(b));
        }
    }

    /// <summary>Adds the cheapest further unit.</summary>
    /// <returns>False when there is no way left.</returns>
    public bool Augment()
    {
        int[] arrivals = CheapestArrivals();
        if (arrivals[_target] < 0)
        {
            return false;
        }

        for (int vertex = _target; vertex != _source;)
        {
            int arc = arrivals[vertex];
            vertex = _arcs[arc ^ 1].To;
            _arcs[arc] = _arcs[arc] with { Left = _arcs[arc].Left - 1 };
            _arcs[arc ^ 1] = _arcs[arc ^ 1] with { Left = _arcs[arc ^ 1].Left + 1 };
        }

        return true;
    }

    /// <summary>For every link of the graph, whether the flow runs over it.</summary>
    public bool[] UsedLinks()
    {
        bool[] used = new bool[_graph.Links.Count];
        for (int i = 0; i < _arcs.Count; i += 2)
        {
            if (_arcs[i].Link >= 0 && _arcs[i].Left == 0)
            {
                used[_arcs[i].Link] = true;
            }
        }

        return used;
    }

    private int In(int site) => 2 * _graph.Rank(site);

    private int Out(int site) => (2 * _graph.Rank(site)) + 1;

    private void Add(int from, int to, RouteKey key, int link, int capacity)
    {
        _arcsFrom[from].Add(_arcs.Count);
        _arcs.Add(new Arc(to, key, link, capacity));
        _arcsFrom[to].Add(_arcs.Count);
        _arcs.Add(new Arc(from, -key, link, 0));
    }

    // Bellman and Ford with a queue. There is no cycle below 0: every arc costs something, and so far every unit took
    // a cheapest way.
    private int[] CheapestArrivals()
    {
        var keys = new RouteKey[_arcsFrom.Length];
        int[] arrivals = new int[_arcsFrom.Length];
        bool[] queued = new bool[_arcsFrom.Length];
        Array.Fill(keys, RouteKey.Worst);
        Array.Fill(arrivals, -1);
        keys[_source] = default;
        var queue = new Queue<int>();
        queue.Enqueue(_source);
        while (queue.TryDequeue(out int vertex))
        {
            queued[vertex] = false;
            foreach (int arc in _arcsFrom[vertex])
            {
                int next = _arcs[arc].To;
                if (_arcs[arc].Left == 0)
                {
                    continue;
                }

                RouteKey key = keys[vertex] + _arcs[arc].Key;
                if (key < keys[next])
                {
                    keys[next] = key;
                    arrivals[next] = arc;
                    if (!queued[next])
                    {
                        queued[next] = true;
                        queue.Enqueue(next);
                    }
                }
            }
        }

        return arrivals;
    }

    private readonly record struct Arc(int To, RouteKey Key, int Link, int Left);
}
