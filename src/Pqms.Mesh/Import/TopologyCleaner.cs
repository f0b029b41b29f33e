namespace Pqms.Mesh.Import;

/// <summary>Makes of a network as found one that a scenario can hold, and notes every repair.</summary>
public static class TopologyCleaner
{
    /// <summary>Cleans a topology up.</summary>
    /// <remarks>
    /// In this order: edges from a site to itself are dropped and parallel ones merged; sites without coordinates are
    /// placed at the mean of their neighbours, from the known ones outwards; sites of a component without any
    /// coordinates are dropped with their edges; components beside the largest are kept, or dropped when asked; names
    /// are made fit and unique. A clean topology comes back as it is.
    /// </remarks>
    /// <param name="found">As a reader gives it.</param>
    /// <param name="largestComponentOnly">
    /// Whether to keep only the component of most sites; of equals the one whose first site comes first.
    /// </param>
    /// <returns>
    /// Every site with a place and a unique name as its label, every edge once and between two sites; the repairs added
    /// to the notes. It may have no site or no edge left.
    /// </returns>
    public static ImportedTopology Clean(ImportedTopology found, bool largestComponentOnly = false)
    {
        ArgumentNullException.ThrowIfNull(found);
        var notes = new List<ImportNote>(found.Notes);
        IReadOnlyList<ImportedEdge> edges = SimpleEdges(found, notes);
        var graph = new SiteGraph(found.Sites.Count, edges);
        ImportedTopology whole = found with
        {
            Sites = PlaceFill.Fill(found.Sites, graph, notes),
            Edges = edges,
        };
        ImportedTopology placed = Keep(
            whole, i => whole.Sites[i].HasPlace, notes, ImportNoteKind.SiteDropped,
            "sites dropped with their edges: no site connected to them has coordinates");
        ImportedTopology kept = KeepComponents(placed, largestComponentOnly, notes);
        return kept with { Sites = SiteNames.Clean(kept.Sites, notes), Notes = notes };
    }

    private static List<ImportedEdge> SimpleEdges(ImportedTopology found, List<ImportNote> notes)
    {
        var loops = new NoteCounter(ImportNoteKind.SelfLoopDropped, "edges from a site to itself dropped");
        var merged = new NoteCounter(ImportNoteKind.ParallelEdgeMerged, "parallel edges merged");
        var seen = new HashSet<(int, int)>();
        var edges = new List<ImportedEdge>();
        foreach (ImportedEdge edge in found.Edges)
        {
            if (edge.A == edge.B)
            {
                loops.Add(found.Sites[edge.A].Title);
            }
            else if (!seen.Add(edge.A < edge.B ? (edge.A, edge.B) : (edge.B, edge.A)))
            {
                merged.Add($"{found.Sites[edge.A].Title} - {found.Sites[edge.B].Title}");
            }
            else
            {
                edges.Add(edge);
            }
        }

        loops.AppendTo(notes);
        merged.AppendTo(notes);
        return edges;
    }

    private static ImportedTopology KeepComponents(
        ImportedTopology found, bool largestOnly, List<ImportNote> notes)
    {
        var graph = new SiteGraph(found.Sites.Count, found.Edges);
        int components = graph.ComponentSizes.Count;
        if (components < 2)
        {
            return found;
        }

        int largest = 0;
        for (int i = 1; i < components; i++)
        {
            largest = graph.ComponentSizes[i] > graph.ComponentSizes[largest] ? i : largest;
        }

        if (largestOnly)
        {
            return Keep(
                found, i => graph.ComponentOf[i] == largest, notes, ImportNoteKind.ComponentDropped,
                $"sites outside the largest of {components} components dropped");
        }

        var others = new NoteCounter(
            ImportNoteKind.ComponentsKept, $"sites outside the largest of {components} components kept");
        for (int i = 0; i < found.Sites.Count; i++)
        {
            if (graph.ComponentOf[i] != largest)
            {
                others.Add(found.Sites[i].Title);
            }
        }

        others.AppendTo(notes);
        return found;
    }

    private static ImportedTopology Keep(
        ImportedTopology found, Func<int, bool> isKept, List<ImportNote> notes, ImportNoteKind kind, string what)
    {
        var dropped = new NoteCounter(kind, what);
        int[] positions = new int[found.Sites.Count];
        var sites = new List<ImportedSite>();
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = isKept(i) ? sites.Count : -1;
            if (positions[i] >= 0)
            {
                sites.Add(found.Sites[i]);
            }
            else
            {
                dropped.Add(found.Sites[i].Title);
            }
        }

        dropped.AppendTo(notes);
        IEnumerable<ImportedEdge> edges = found.Edges.Where(e => positions[e.A] >= 0 && positions[e.B] >= 0)
            .Select(e => new ImportedEdge(positions[e.A], positions[e.B]));
        return dropped.Count == 0 ? found : found with { Sites = sites, Edges = [.. edges] };
    }
}
