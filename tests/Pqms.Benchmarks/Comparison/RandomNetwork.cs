namespace Pqms.Benchmarks.Comparison;

/// <summary>The network of the comparison: 150 nodes, 450 links, 40 requests between 80 different nodes.</summary>
/// <remarks>
/// Drawn as SimQN's RandomTopology is: each node is joined to a uniformly drawn earlier one, the other links join
/// uniformly drawn nodes. Differences: links from a node to itself are not drawn (SimQN draws about two, which nobody
/// can use), and the generator is another one, so single networks differ and distributions agree.
/// </remarks>
internal sealed class RandomNetwork
{
    public const int Nodes = 150;
    public const int LinkCount = 450;
    public const int RequestCount = 40;

    private readonly List<int>[] _neighbours = [.. Enumerable.Range(0, Nodes).Select(_ => new List<int>())];

    public RandomNetwork(int seed)
    {
        Random random = new(seed);
        for (int node = 1; node < Nodes; node++)
        {
            Join(random.Next(node), node);
        }

        while (Links.Count < LinkCount)
        {
            int a = random.Next(Nodes), b = random.Next(Nodes);
            if (a != b && !_neighbours[a].Contains(b))
            {
                Join(a, b);
            }
        }

        int[] ends = [.. Enumerable.Range(0, Nodes)];
        random.Shuffle(ends);
        for (int i = 0; i < RequestCount; i++)
        {
            Paths.Add(ShortestPath(ends[2 * i], ends[(2 * i) + 1]));
        }
    }

    /// <summary>Both nodes of each link.</summary>
    public List<(int A, int B)> Links { get; } = [];

    /// <summary>A path of fewest links for each request, from its source to its destination.</summary>
    public List<int[]> Paths { get; } = [];

    private void Join(int a, int b)
    {
        Links.Add((a, b));
        _neighbours[a].Add(b);
        _neighbours[b].Add(a);
    }

    private int[] ShortestPath(int from, int to)
    {
        int[] previous = [.. Enumerable.Repeat(-1, Nodes)];
        previous[from] = from;
        Queue<int> queue = new([from]);
        while (queue.TryDequeue(out int node) && node != to)
        {
            foreach (int next in _neighbours[node].Where(next => previous[next] < 0))
            {
                previous[next] = node;
                queue.Enqueue(next);
            }
        }

        List<int> path = [to];
        while (path[^1] != from)
        {
            path.Add(previous[path[^1]]);
        }

        path.Reverse();
        return [.. path];
    }
}
