namespace Pqms.Mesh.Zones;

/// <summary>A line of equal zones, each with a standing pool between itself and the next one.</summary>
/// <remarks>
/// The defaults are the autobahn case: a million zones of 1.5 km, 100 pairs each, class coordination. No such hardware
/// exists; the figures are those of the profile hypothetical-2035, but for the fidelity, which is near the best that
/// was published (0.969 over 2 m: Main et al., Nature 638, 383, 2025). Immutable.
/// </remarks>
public sealed record ZoneMeshSettings
{
    /// <summary>Zones in the line, 1 to 20,000,000.</summary>
    /// <value>The default is 1,000,000.</value>
    public int Zones { get; init; } = 1_000_000;

    /// <summary>Places that each zone keeps filled, 1 to 4,096.</summary>
    /// <value>The default is 100.</value>
    public int PlacesPerZone { get; init; } = 100;

    /// <summary>Length of one tick in s, in (0, 60].</summary>
    /// <value>
    /// The default is 0.1: a place then stays empty for 0.05 s on average before its zone notices, in a life of 121 s.
    /// </value>
    public double TickSeconds { get; init; } = 0.1;

    /// <summary>Fidelity of a fresh Werner pair, above the floor, at most 1.</summary>
    /// <value>The default is 0.97.</value>
    public double FreshFidelity { get; init; } = 0.97;

    /// <summary>Fidelity below which a pair is discarded, in (0.25, 1).</summary>
    /// <value>The default is 0.80, class coordination.</value>
    public double FidelityFloor { get; init; } = 0.80;

    /// <summary>Depolarising time T of one memory in s, above 0; both memories of a pair decay.</summary>
    /// <value>
    /// The default is 900, which is also the memory's T2. A memory that only dephases with this T2 keeps the pairs 1.6
    /// times as long (197 s instead of 121 s).
    /// </value>
    public double MemorySeconds { get; init; } = 900.0;

    /// <summary>Fibre between a zone and the next in m, at least 1.</summary>
    /// <value>The default is 1,500.</value>
    public double LinkMeters { get; init; } = 1500.0;

    /// <summary>Loss of the fibre in dB/km, at least 0.</summary>
    /// <value>The default is 0.2: ITU-T G.652 at 1550 nm.</value>
    public double AttenuationDbPerKm { get; init; } = 0.2;

    /// <summary>Probability that a photon is emitted, collected and detected without fibre loss, in (0, 1].</summary>
    /// <value>The default is 0.3, hypothetical.</value>
    public double EmitTimesDetect { get; init; } = 0.3;

    /// <summary>Time of an attempt beyond the light's way in s, at least 0.</summary>
    /// <value>The default is 10 microseconds, hypothetical.</value>
    public double AttemptOverheadSeconds { get; init; } = 10e-6;

    /// <summary>Memories that attempt in parallel on a zone's link, 1 to 4,096.</summary>
    /// <value>The default is 16, hypothetical.</value>
    public int MemoriesPerLinkEnd { get; init; } = 16;

    /// <summary>Probability that a zone wants a pair in a tick, in [0, 1]; ticks are independent.</summary>
    /// <value>The default is 0: nobody takes any.</value>
    public double TakeProbabilityPerTick { get; init; }

    /// <summary>Whether pools begin full, with ages spread evenly over a life, or empty.</summary>
    /// <value>The default is full.</value>
    public bool StartsFull { get; init; } = true;
}
