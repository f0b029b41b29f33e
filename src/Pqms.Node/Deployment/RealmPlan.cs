using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Mesh.Scenarios;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>What a scenario becomes on the ledger: its sites, links and pools, numbered from 1 in the scenario's
/// order.</summary>
/// <remarks>Repeaters that the mesh inserts into long links are its own business and not registered.</remarks>
/// <param name="Kinds">The catalogue: 1 is the pairs of all pools, 2 the memories that hold them.</param>
/// <param name="Sites">Sites.</param>
/// <param name="Links">Links.</param>
/// <param name="Pools">Pools with the capacity that the mesh can sustain.</param>
/// <param name="OutOfReach">Names of pools of which the mesh cannot keep one slot filled; see <see cref="Of"/>.</param>
public sealed record RealmPlan(
    IReadOnlyList<Kind> Kinds, IReadOnlyList<Site> Sites, IReadOnlyList<Link> Links, IReadOnlyList<PoolTerms> Pools,
    IReadOnlyList<string> OutOfReach)
{
    /// <summary>The kind of every pool: entangled photon pairs.</summary>
    public const uint PairKind = 1;

    private const uint MemoryKind = 2;

    // Numbers of the ledger's enum Category.
    private const byte Qubit = 1;
    private const byte PhotonPair = 3;

    /// <summary>Bytes that the ledger keeps of a platform's name.</summary>
    private const int PlatformBytes = 31;

    /// <summary>Most lanes of a link on the ledger.</summary>
    private const int MostLanes = 32_767;

    /// <summary>The smallest capacity that the ledger registers.</summary>
    private const int SmallestCapacity = 1;

    /// <summary>Translates a scenario.</summary>
    /// <remarks>
    /// A pool out of reach keeps its number and gets the smallest capacity, because the numbers of all later pools
    /// depend on it; the mesh refuses every request for it, and the client gets everything back. A link's length is for
    /// people there, between 1 m and 4,294,967,295 m: the nearest of both for what is shorter or longer. A link has one
    /// lane for each memory that attempts at an end of its spans: every path that holds a lane needs one of them all
    /// the time. A slot is a quantum of its own, and prices stand at the scenario's figure: scale 0.
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
            (uint)i + 1, ids[link.A], ids[link.B], LengthOnLedger(link.LengthMeters),
            LanesOf(link, scenario.Profile))).ToList();
        var capacities = scenario.Pools.Select((_, i) => MeshPlanner.CapacitySlots(scenario, i)).ToList();
        var pools = scenario.Pools.Select((pool, i) => new PoolTerms(
            (uint)i + 1, pool.Name, PairKind, ids[pool.A], ids[pool.B], Ppm.Down(pool.FidelityFloor).Parts,
            (uint)Math.Max(SmallestCapacity, capacities[i]), Quantum: 1,
            PriceOf(pool.PricePerSlotSecondWei, capacities[i]), provider)).ToList();
        var outOfReach = scenario.Pools.Where((_, i) => capacities[i] == 0).Select(pool => pool.Name).ToList();
        return new RealmPlan(KindsOf(scenario.Profile), sites, links, pools, outOfReach);
    }

    private static IReadOnlyList<Kind> KindsOf(HardwareProfile profile)
    {
        var platform = PlatformOf(profile);
        var t1 = Microseconds(profile.T1Seconds);
        var t2 = Microseconds(profile.T2Seconds);
        var grade = (byte)profile.IsolationGrade;
        return
        [
            new Kind(PairKind, PhotonPair, 2, grade, platform, "Bell pair, hot standby", t1, t2, MaxPerHour: 0),
            new Kind(MemoryKind, Qubit, 2, grade, platform, "memory of an end node", t1, t2, MaxPerHour: 0),
        ];
    }

    // The profile's platform, or its name; cut at a whole character, because the ledger counts bytes.
    private static string PlatformOf(HardwareProfile profile)
    {
        var name = profile.Platform.Length > 0 ? profile.Platform : profile.Name;
        while (System.Text.Encoding.UTF8.GetByteCount(name) > PlatformBytes)
        {
            name = name[..^1];
        }

        return name;
    }

    private static ulong Microseconds(double seconds) =>
        double.IsFinite(seconds) ? (ulong)Math.Round(seconds * 1e6) : 0;

    private static ushort LanesOf(ScenarioLink link, HardwareProfile profile) =>
        (ushort)Math.Clamp(link.Settings.Memories ?? profile.CommunicationMemoriesPerLinkEnd, 1, MostLanes);

    // Half of the capacity sold leaves the price as it is, once somebody sets a scale.
    private static PriceCurve PriceOf(UInt128 floor, int capacity) =>
        new(floor, (ushort)Math.Clamp((capacity + 1) / 2, 1, ushort.MaxValue), Scale: 0);

    // The ledger writes 1 m to 2^32 - 1 m: abstract links have no length, and links between planets have more.
    private static uint LengthOnLedger(double meters) => (uint)Math.Round(Math.Clamp(meters, 1.0, uint.MaxValue));

    private static int MicroDegrees(double degrees) => (int)Math.Round(degrees * 1_000_000);
}
