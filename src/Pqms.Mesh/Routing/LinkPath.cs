namespace Pqms.Mesh.Routing;

/// <summary>A loop-free way over whole links; <see cref="RouteGraph.Expand"/> fills in the spans.</summary>
/// <param name="stops">End nodes in order, one more than links.</param>
/// <param name="links">Positions of the links in the graph, in order.</param>
/// <param name="key">Cost, length and number of links.</param>
internal sealed class LinkPath(int[] stops, int[] links, RouteKey key)
{
    public IReadOnlyList<int> Stops => stops;

    public IReadOnlyList<int> Links => links;

    public RouteKey Key => key;

    /// <summary>Whether both ways begin with the same links.</summary>
    public bool SharesRoot(LinkPath other, int count)
    {
        if (other.Links.Count < count)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (links[i] != other.Links[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether no link is on both ways, and with <paramref name="nodes"/> no stop between the ends.</summary>
    public bool IsDisjoint(LinkPath other, bool nodes)
    {
        for (int i = 0; i < links.Length; i++)
        {
            bool inner = nodes && i > 0;
            for (int k = 0; k < other.Links.Count; k++)
            {
                if (links[i] == other.Links[k] || (inner && k > 0 && stops[i] == other.Stops[k]))
                {
                    return false;
                }
            }
        }

        return true;
    }
}
