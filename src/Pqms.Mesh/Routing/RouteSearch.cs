namespace Pqms.Mesh.Routing;

/// <summary>One best way to a target, past blocked nodes and links, of a bounded number of links.</summary>
/// <remarks>
/// A* (Hart, Nilsson, Raphael, IEEE Trans. SSC 4, 100, 1968) with the exact rest of <see cref="RouteBounds"/>, labels
/// by (node, number of links). Labels leave the queue by (estimate, key so far): a label's predecessors of equal
/// estimate have a smaller key, so ties by names are settled before the label is used. A label with no fewer links than
/// one that left its node before cannot lead to a better way and is dropped. Not thread-safe: it keeps a workspace.
/// </remarks>
internal sealed class RouteSearch(RouteGraph graph)
{
    private readonly int[] _blockedSites = new int[graph.EndNodes];
    private readonly int[] _blockedLinks = new int[graph.Links.Count];
    private readonly int[] _fewest = new int[graph.EndNodes];
    private readonly PriorityQueue<int, Order> _queue = new();
    private Label[] _labels = [];
    private int _blocking = 1;
    private int _run;
    private int _width;

    /// <summary>Unblocks everything.</summary>
    public void Unblock() => _blocking++;

    public void BlockSite(int site) => _blockedSites[site] = _blocking;

    public void BlockLink(int link) => _blockedLinks[link] = _blocking;

    /// <summary>The best way on from the end of a root that already exists.</summary>
    /// <param name="bounds">Guide to the target.</param>
    /// <param name="root">Stops so far; the last is where the search begins.</param>
    /// <param name="rootLinks">Links so far.</param>
    /// <param name="rootKey">Key of the root without a swap at its last stop.</param>
    /// <param name="maxLinks">Most links of root and rest together.</param>
    /// <returns>Root and rest as one way, or null when there is none.</returns>
    public LinkPath? Extend(
        RouteBounds bounds, ReadOnlySpan<int> root, ReadOnlySpan<int> rootLinks, RouteKey rootKey, int maxLinks)
    {
        Prepare(maxLinks);
        int start = root[^1];
        int first = Slot(start, rootKey.Links);
        _labels[first] = new Label(rootKey, -1, -1, _run, false);
        _queue.Enqueue(first, new Order(rootKey, rootKey, first));
        while (_queue.TryDequeue(out int slot, out Order order))
        {
            int site = slot / _width;
            RouteKey key = order.Key;
            if (_labels[slot].Done || key.Links >= _fewest[site])
            {
                continue;
            }

            _labels[slot].Done = true;
            _fewest[site] = key.Links;
            if (site == bounds.Target)
            {
                return Trace(slot, root, rootLinks, key);
            }

            RouteKey left = site == start && root.Length == 1 ? key : key + graph.SwapKey(site);
            Relax(bounds, slot, left, maxLinks);
        }

        return null;
    }

    private void Prepare(int maxLinks)
    {
        // No simple way has more links than there are other nodes: then one label per node is enough.
        _width = maxLinks < graph.EndNodes - 1 ? maxLinks + 1 : 1;
        _run++;
        _queue.Clear();
        Array.Fill(_fewest, int.MaxValue);
        if (_labels.Length < graph.EndNodes * _width)
        {
            _labels = new Label[graph.EndNodes * _width];
        }
    }

    private void Relax(RouteBounds bounds, int slot, RouteKey left, int maxLinks)
    {
        int site = slot / _width;
        foreach (int link in graph.LinksAt(site))
        {
            int next = graph.Links[link].Other(site);
            if (_blockedLinks[link] == _blocking || _blockedSites[next] == _blocking || !bounds.IsOpen(link)
                || bounds.LinksLeft(next) > maxLinks - left.Links - 1)
            {
                continue;
            }

            RouteKey key = left + graph.LinkKey(link);
            int target = Slot(next, key.Links);
            ref Label label = ref _labels[target];
            bool known = label.Run == _run;
            if (known && (label.Done || label.Key < key))
            {
                continue;
            }

            if (!known || key < label.Key)
            {
                label = new Label(key, slot, link, _run, false);
                _queue.Enqueue(target, new Order(key + bounds.Rest(next), key, target));
            }
            else if (IsFirstByName(slot, label.Previous))
            {
                label.Previous = slot;
                label.Link = link;
            }
        }
    }

    // Both ways have equally many links from the common start; the difference nearest the start decides. Parallel links
    // come from one slot, in order of the scenario, so the first has been there before.
    private bool IsFirstByName(int slot, int currentSlot)
    {
        int order = 0;
        int a = slot;
        int b = currentSlot;
        while (a != b)
        {
            int difference = graph.Rank(a / _width).CompareTo(graph.Rank(b / _width));
            order = difference != 0 ? difference : order;
            a = _labels[a].Previous;
            b = _labels[b].Previous;
        }

        return order < 0;
    }

    private LinkPath Trace(int slot, ReadOnlySpan<int> root, ReadOnlySpan<int> rootLinks, RouteKey key)
    {
        int[] links = new int[key.Links];
        int[] stops = new int[key.Links + 1];
        rootLinks.CopyTo(links);
        root.CopyTo(stops);
        int at = slot;
        for (int i = key.Links; i > rootLinks.Length; i--)
        {
            stops[i] = at / _width;
            links[i - 1] = _labels[at].Link;
            at = _labels[at].Previous;
        }

        return new LinkPath(stops, links, key);
    }

    private int Slot(int site, int links) => (site * _width) + (_width == 1 ? 0 : links);

    private struct Label(RouteKey key, int previous, int link, int run, bool done)
    {
        public RouteKey Key = key;
        public int Previous = previous;
        public int Link = link;
        public int Run = run;
        public bool Done = done;
    }

    private readonly record struct Order(RouteKey Estimate, RouteKey Key, int Slot) : IComparable<Order>
    {
        public int CompareTo(Order other)
        {
            int order = Estimate.CompareTo(other.Estimate);
            order = order != 0 ? order : Key.CompareTo(other.Key);
            return order != 0 ? order : Slot.CompareTo(other.Slot);
        }
    }
}
