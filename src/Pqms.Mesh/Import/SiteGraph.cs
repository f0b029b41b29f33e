namespace Pqms.Mesh.Import;

/// <summary>Neighbours and components of an imported network.</summary>
internal sealed class SiteGraph
{
    private readonly int[] _starts;
    private readonly int[] _neighbours;

    public SiteGraph(int sites, IReadOnlyList<ImportedEdge> edges)
    {
        _starts = new int[sites + 1];
        foreach (ImportedEdge edge in edges)
        {
            _starts[edge.A + 1]++;
            _starts[edge.B + 1]++;
        }

        for (int i = 0; i < sites; i++)
        {
            _starts[i + 1] += _starts[i];
        }

        _neighbours = new int[2 * edges.Count];
        int[] next = _starts[..sites];
        foreach (ImportedEdge edge in edges)
        {
            _neighbours[next[edge.A]++] = edge.B;
            _neighbours[next[edge.B]++] = edge.A;
        }

        (ComponentOf, ComponentSizes) = FindComponents(sites);
    }

    /// <summary>Component of each site; components are numbered by their first site.</summary>
    public IReadOnlyList<int> ComponentOf { get; }

    /// <summary>Sites of each component.</summary>
    public IReadOnlyList<int> ComponentSizes { get; }

    /// <summary>Sites that a site has an edge to, in the edges' order.</summary>
    public ReadOnlySpan<int> Neighbours(int site) => _neighbours.AsSpan(_starts[site].._starts[site + 1]);

    private (int[] ComponentOf, List<int> Sizes) FindComponents(int sites)
    {
        int[] componentOf = new int[sites];
        Array.Fill(componentOf, -1);
        var sizes = new List<int>();
        var waiting = new Queue<int>();
        for (int first = 0; first < sites; first++)
        {
            if (componentOf[first] >= 0)
            {
                continue;
            }

            componentOf[first] = sizes.Count;
            waiting.Enqueue(first);
            int size = 0;
            while (waiting.TryDequeue(out int site))
            {
                size++;
                foreach (int neighbour in Neighbours(site))
                {
                    if (componentOf[neighbour] < 0)
                    {
                        componentOf[neighbour] = sizes.Count;
                        waiting.Enqueue(neighbour);
                    }
                }
            }

            sizes.Add(size);
        }

        return (componentOf, sizes);
    }
}
