using Pqms.Mesh.Routing;

namespace Pqms.Mesh.Topology;

/// <summary>A node of the mesh after splitting: an end node of the scenario or an inserted repeater.</summary>
/// <param name="Index">
/// Position in <see cref="MeshNetwork.Sites"/>; the scenario's sites come first, in file order.
/// </param>
/// <param name="Name">The scenario's name, or "Leipzig~Nürnberg#1" for a repeater.</param>
/// <param name="IsRepeater">Whether it was inserted; repeaters are not registered on the ledger.</param>
public sealed record MeshSite(int Index, string Name, bool IsRepeater);

/// <summary>A fibre between neighbouring nodes over which pairs are heralded directly.</summary>
/// <param name="Index">Position in <see cref="MeshNetwork.Spans"/>.</param>
/// <param name="A">Index of the site at one end.</param>
/// <param name="B">Index of the site at the other end.</param>
/// <param name="Meters">Length of the fibre in m.</param>
/// <param name="LinkIndex">Position of the scenario's link that the span is a part of.</param>
public sealed record MeshSpan(int Index, int A, int B, double Meters, int LinkIndex);

/// <summary>The way of a pool's pairs through the mesh, from the pool's A side to its B side.</summary>
/// <param name="PoolIndex">Position of the pool in the scenario.</param>
/// <param name="Spans">Spans in order; the number of swaps is one less.</param>
/// <param name="SiteIndices">Sites in order, one more than spans.</param>
/// <param name="Meters">Sum of the spans' lengths in m.</param>
/// <param name="NegativeLogWerner">Sum of -ln w over spans and swaps; the fresh pair has w = e^-sum.</param>
public sealed record MeshRoute(
    int PoolIndex,
    IReadOnlyList<MeshSpan> Spans,
    IReadOnlyList<int> SiteIndices,
    double Meters,
    double NegativeLogWerner);

/// <summary>The scenario's graph with repeaters inserted, and the route of every pool.</summary>
public sealed class MeshNetwork
{
    private readonly List<MeshRoute>[] _routes;

    internal MeshNetwork(
        IReadOnlyList<MeshSite> sites, IReadOnlyList<MeshSpan> spans, RouteLink[] links, List<MeshRoute>[] routes)
    {
        Sites = sites;
        Spans = spans;
        Links = links;
        _routes = routes;
    }

    /// <summary>The scenario's sites in file order, then repeaters in order of their links.</summary>
    public IReadOnlyList<MeshSite> Sites { get; }

    /// <summary>All spans, in order of their links, each link from its A to its B.</summary>
    public IReadOnlyList<MeshSpan> Spans { get; }

    /// <summary>Whole links in order of the scenario, for further routes.</summary>
    internal RouteLink[] Links { get; }

    /// <summary>The route of a pool.</summary>
    /// <param name="poolIndex">Position of the pool in the scenario.</param>
    /// <returns>The best route, or null when the two sites are not connected.</returns>
    public MeshRoute? Route(int poolIndex) => _routes[poolIndex].Count == 0 ? null : _routes[poolIndex][0];

    /// <summary>The route that a pool may change to, without a link in common with the first.</summary>
    /// <param name="poolIndex">Position of the pool in the scenario.</param>
    /// <returns>Null when the pool wants none or there is none.</returns>
    public MeshRoute? Backup(int poolIndex) => _routes[poolIndex].Count < 2 ? null : _routes[poolIndex][1];
}
