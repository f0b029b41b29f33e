using Pqms.Mesh.Zones;

namespace Pqms.Mesh.Tests.Zones;

/// <summary>A small line of zones where everything happens, for digests.</summary>
internal static class ZoneRun
{
    public const int Ticks = 700;

    /// <summary>Lives of 269 ticks and links that cannot keep up at once.</summary>
    public static readonly ZoneMeshSettings Settings = new()
    {
        Zones = 600,
        PlacesPerZone = 37,
        TickSeconds = 0.1,
        MemorySeconds = 200.0,
        LinkMeters = 70_000,
        MemoriesPerLinkEnd = 8,
        TakeProbabilityPerTick = 0.05,
    };

    public static string Hash() => Hash(Run(Settings, Ticks));

    public static string Hash(ZoneMesh mesh) => Convert.ToHexStringLower(mesh.Digest());

    public static ZoneMesh Run(ZoneMeshSettings settings, int ticks, int threads = 1, ulong seed = 7)
    {
        ZoneMesh mesh = new(settings, seed, threads);
        mesh.AdvanceTo(ticks);
        return mesh;
    }
}
