namespace Pqms.Mesh.Routing;

/// <summary>What is left from every end node to one target for one VQN: the guide of searches to there.</summary>
/// <remarks>
/// Dijkstra (Numer. Math. 1, 269, 1959) backwards from the target over what the VQN may use; the rest of a way counts
/// the swap at the node where it begins. Exact as long as nothing is blocked, a lower bound otherwise.
/// </remarks>
internal sealed class RouteBounds
{
    private readonly RouteKey[] _rest;
    private readonly int[] _links;
    private readonly bool[] _open;

    public RouteBounds(RouteGraph graph, int target, int vqn)
    {
        Target = target;
        Vqn = vqn;
        _rest = new RouteKey[graph.EndNodes];
        _links = new int[graph.EndNodes];
        _open = new bool[graph.Links.Count];
        for (int i = 0; i < _open.Length; i++)
        {
            _open[i] = graph.IsOpen(i, vqn);
        }

        Array.Fill(_rest, RouteKey.Worst);
        Array.Fill(_links, int.MaxValue);
        var canSwap = new bool[graph.EndNodes];
        for (int i = 0; i < canSwap.Length; i++)
        {
            canSwap[i] = graph.CanSwap(i, vqn);
        }

        FillRest(graph, canSwap);
        FillLinks(graph, canSwap);
    }

    public int Target { get; }

    public int Vqn { get; }

    /// <summary>Least key from a node to the target, with a swap at the node; <see cref="RouteKey.Worst"/> if
    /// none.</summary>
    public RouteKey Rest(int site) => _rest[site];

    /// <summary>Fewest links from a node to the target; <see cref="int.MaxValue"/> if a pair can't pass here.</summary>
    public int LinksLeft(int site) => _links[site];

    public bool IsOpen(int link) => _open[link];

    private void FillRest(RouteGraph graph, bool[] canSwap)
    {
        var done = new bool[graph.EndNodes];
        var queue = new PriorityQueue<int, RouteKey>();
        _rest[Target] = default;
        queue.Enqueue(Target, default);
        while (queue.TryDequeue(out int site, out _))
        {
            if (done[site])
            {
                continue;
            }

            done[site] = true;
            foreach (int link in graph.LinksAt(site))
            {
                int next = graph.Links[link].Other(site);
                if (!_open[link] || !canSwap[next] || done[next])
                {
                    continue;
                }

                RouteKey rest = _rest[site] + graph.LinkKey(link) + graph.SwapKey(next);
                if (rest < _rest[next])
                {
                    _rest[next] = rest;
                    queue.Enqueue(next, rest);
                }
            }
        }
    }

    private void FillLinks(RouteGraph graph, bool[] canSwap)
    {
        var queue = new Queue<int>();
        _links[Target] = 0;
        queue.Enqueue(Target);
        while (queue.TryDequeue(out int site))
        {
            foreach (int link in graph.LinksAt(site))
            {
                int next = graph.Links[link].Other(site);
                if (_open[link] && canSwap[next] && _links[next] == int.MaxValue)
                {
                    _links[next] = _links[site] + 1;
                    queue.Enqueue(next);
                }
            }
        }
    }
}
