namespace Pqms.Mesh.Routing;

/// <summary>Which virtual quantum network (VQN) owns a link or a site, and who may cross.</summary>
/// <remarks>
/// A pool of VQN v may use links of v and shared ones. It may swap at a site of v, at a shared site, and at a gateway
/// of any other VQN. Its two ends are not swaps and may stand anywhere. VQN 0 is the common one: its links and sites
/// are shared by all, and its own pools may use nothing else. Thread-safe.
/// </remarks>
internal sealed class VqnMap
{
    /// <summary>The common network.</summary>
    public const int Shared = 0;

    private readonly int[] _links;
    private readonly int[] _sites;
    private readonly bool[] _gateways;

    /// <param name="links">VQN of every link; empty when all are shared.</param>
    /// <param name="sites">VQN of every end node; empty when all are shared.</param>
    /// <param name="gateways">Whether an end node is a gateway; empty when none is.</param>
    public VqnMap(int[] links, int[] sites, bool[] gateways)
    {
        _links = links;
        _sites = sites;
        _gateways = gateways;
    }

    /// <summary>Everything is shared.</summary>
    public static VqnMap None { get; } = new([], [], []);

    /// <summary>Whether pairs of a VQN may be made on a link.</summary>
    public bool MayUse(int link, int vqn) => _links.Length == 0 || _links[link] == Shared || _links[link] == vqn;

    /// <summary>Whether pairs of a VQN may be swapped at an end node.</summary>
    public bool MaySwap(int site, int vqn) =>
        _sites.Length == 0 || _sites[site] == Shared || _sites[site] == vqn
        || (_gateways.Length > 0 && _gateways[site]);
}
