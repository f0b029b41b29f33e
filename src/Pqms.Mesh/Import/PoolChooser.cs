namespace Pqms.Mesh.Import;

/// <summary>Chooses between which sites pools stand: the sites of most links, pairwise.</summary>
internal static class PoolChooser
{
    /// <summary>Chooses pairs of connected sites.</summary>
    /// <remarks>
    /// Sites are taken by falling number of links, then by position; each gets a pool with every site before it in its
    /// component that still has memories for one, in the same order, until there are enough. So the first n(n-1)/2
    /// pools join the n greatest sites.
    /// </remarks>
    /// <param name="graph">The network.</param>
    /// <param name="sites">Its sites.</param>
    /// <param name="wanted">Most pools.</param>
    /// <param name="poolsPerSite">Most pools that end at one site.</param>
    public static IReadOnlyList<ImportedEdge> Choose(SiteGraph graph, int sites, int wanted, int poolsPerSite)
    {
        var chosen = new List<ImportedEdge>();
        int[] used = new int[sites];
        var open = new Dictionary<int, List<int>>();
        IEnumerable<int> greatestFirst = Enumerable.Range(0, sites)
            .Where(site => graph.Neighbours(site).Length > 0)
            .OrderByDescending(site => graph.Neighbours(site).Length).ThenBy(site => site);
        foreach (int site in greatestFirst)
        {
            int component = graph.ComponentOf[site];
            if (!open.TryGetValue(component, out List<int>? others))
            {
                open.Add(component, others = []);
            }

            foreach (int other in others)
            {
                if (chosen.Count >= wanted)
                {
                    return chosen;
                }

                if (used[site] < poolsPerSite)
                {
                    chosen.Add(new ImportedEdge(other, site));
                    used[site]++;
                    used[other]++;
                }
            }

            others.RemoveAll(other => used[other] >= poolsPerSite);
            if (used[site] < poolsPerSite)
            {
                others.Add(site);
            }
        }

        return chosen;
    }
}
