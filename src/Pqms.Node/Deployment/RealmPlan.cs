using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Mesh.Scenarios;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>What a scenario becomes on the ledger: its sites, links and pools, numbered from 1 in the scenario's
/// order.</summary>
/// <remarks>Repeaters that the mesh inserts into long links are its own business and not registered.</remarks>
/// <param name="Sites">Sites.</param>
/// <param name="Links">Links.</param>
/// <param name="Pools">Pools with the capacity that the mesh can sustain.</param>
/// <param name="OutOfReach">Names of pools of which the mesh cannot keep one slot filled; see <see cref="Of"/>.</param>
public sealed record RealmPlan(
    IReadOnlyList<Site> Sites, IReadOnlyList<Link> Links, IReadOnlyList<PoolTerms> Pools,
    IReadOnlyList<string> OutOfReach)
{
    /// <summary>The smallest capacity that the ledger registers.</summary>
    private const int SmallestCapacity = 1;

    /// <summary>Translates a scenario.</summary>
    /// <remarks>
    /// A pool out of reach keeps its number and gets the smallest capacity, because the numbers of all later pools
    /// depend on it; the mesh refuses every request for it, and the client gets everything back. A link's length is for
    /// people there, between 1 m and 4,294,967,295 m: the nearest of both for what is shorter or longer.
    /// </remarks>
    /// <param name="scenario">A scenario that was read without problems.</param>
    /// <param name="provider">Whom the pools' income is credited to.</param>
    public static RealmPlan Of(Scenario scenario, Address provider)
    {
        var ids = scenario.Sites.Select((site, i) => (site.Name, Id: (uint)i + 1))
            .ToDictionary(entry => entry.Name, entry => entry.Id, StringComparer.Ordinal);
        var sites = scenario.Sites.Select((site, i) => new Site(
            (uint)i + 1, site.Name, MicroDegrees(site.Latitude), MicroDegrees(site.Longitude))).ToList();
        var links = scenario.Links.Select((link, i) => new Link(
            (uint)i + 1, ids[link.A], ids[link.B], LengthOnLedger(link.LengthMeters))).ToList();
        var capacities = scenario.Pools.Select((_, i) => MeshPlanner.CapacitySlots(scenario, i)).ToList();
        var pools = scenario.Pools.Select((pool, i) => new PoolTerms(
            (uint)i + 1, pool.Name, ids[pool.A], ids[pool.B], Ppm.Down(pool.FidelityFloor).Parts,
            (ushort)Math.Max(SmallestCapacity, capacities[i]), pool.PricePerSlotSecondWei, provider)).ToList();
        var outOfReach = scenario.Pools.Where((_, i) => capacities[i] == 0).Select(pool => pool.Name).ToList();
        return new RealmPlan(sites, links, pools, outOfReach);
    }

    // The ledger writes 1 m to 2^32 - 1 m: abstract links have no length, and links between planets have more.
    private static uint LengthOnLedger(double meters) => (uint)Math.Round(Math.Clamp(meters, 1.0, uint.MaxValue));

    private static int MicroDegrees(double degrees) => (int)Math.Round(degrees * 1_000_000);
}
