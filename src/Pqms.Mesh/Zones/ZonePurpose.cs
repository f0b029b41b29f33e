namespace Pqms.Mesh.Zones;

/// <summary>Purposes of the zones' random draws; apart from those of the pools, never renumbered.</summary>
internal static class ZonePurpose
{
    /// <summary>Ages at the start; entity: zone; counter: half of the place's index within the zone.</summary>
    public const uint FirstAges = 1001;

    /// <summary>Attempts until a success; entity: zone; counter: tick times 2^32 plus the draw within the
    /// tick.</summary>
    public const uint Attempts = 1002;

    /// <summary>Ticks until the next take; entity: zone; counter: tick of the take before, plus 1.</summary>
    public const uint Takes = 1003;
}
