namespace Pqms.Mesh.Scenarios;

/// <summary>The figures of the hardware that a scenario assumes at every site and on every link.</summary>
/// <remarks>Every figure that the file gives has an entry in <paramref name="Sources"/>: a citation, or the word
/// "hypothetical".</remarks>
/// <param name="Name">Name of the profile, for example "hypothetical-2035".</param>
/// <param name="Provenance">"hypothetical", or where the figures as a whole come from; shown with every run.</param>
/// <param name="CommunicationMemoriesPerLinkEnd">
/// Memories that attempt in parallel at each end of a span, 1 to 4,096.
/// </param>
/// <param name="StorageMemoriesPerEndNode">
/// Memories of an end node for standing pairs of all its pools, 1 to 1,000,000.
/// </param>
/// <param name="EmitTimesDetect">
/// Probability that a photon is emitted, collected and detected without fibre loss, in (0, 1].
/// </param>
/// <param name="AttemptOverheadSeconds">Time of one attempt beyond the light's way, in s, in [0, 1].</param>
/// <param name="LinkFidelity">Fidelity of a fresh heralded pair of one span, Werner, in (0.5, 1].</param>
/// <param name="GateFidelity">Average fidelity of a two-qubit gate, in [0.5, 1]; see physics, imperfect swap.</param>
/// <param name="ReadoutFidelity">Probability that one qubit is read correctly, in (0.5, 1].</param>
/// <param name="T2Seconds">Coherence time of one memory under pure dephasing, in s, in [1e-9, 1e9].</param>
/// <param name="LinkCutOffSeconds">Age at which an unused pair of one span is discarded, in s, in (0, 3600].</param>
/// <param name="AttenuationDbPerKm">Loss of the fibre in dB/km, in [0, 10].</param>
/// <param name="StockFactor">Places of a pool per granted slot, in [1, 10]; K = ceil(factor x slots).</param>
/// <param name="Sources">Source of each figure that the file gives, by its name there.</param>
public sealed record HardwareProfile(
    string Name,
    string Provenance,
    int CommunicationMemoriesPerLinkEnd,
    int StorageMemoriesPerEndNode,
    double EmitTimesDetect,
    double AttemptOverheadSeconds,
    double LinkFidelity,
    double GateFidelity,
    double ReadoutFidelity,
    double T2Seconds,
    double LinkCutOffSeconds,
    double AttenuationDbPerKm,
    double StockFactor,
    IReadOnlyDictionary<string, string> Sources)
{
    /// <summary>Relaxation time of one memory in s, in [1e-9, 1e9]; infinite unless given. T2 is at most 2 T1.</summary>
    public double T1Seconds { get; init; } = double.PositiveInfinity;

    /// <summary>Depolarising time of one memory in s, besides T1 and T2, in [1e-9, 1e9]; infinite unless
    /// given.</summary>
    public double DepolarisingSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Probability that a swap succeeds, in (0, 1]; 1 unless given. A failed one loses both pairs.</summary>
    public double SwapSuccess { get; init; } = 1.0;

    /// <summary>
    /// Relative half-width of the true infidelity about the nominal one, in [0, 1]; 0.2 unless given. Unknown to
    /// control. No true fidelity may lie below 0.
    /// </summary>
    public double InfidelitySpread { get; init; } = 0.2;

    /// <summary>Kind of memory, for the compatibility of links; empty unless given: compatible with all.</summary>
    public string Platform { get; init; } = "";

    /// <summary>Operating temperature in K, in (0, 10000], for people; 0 when not given.</summary>
    public double TemperatureKelvin { get; init; }

    /// <summary>Isolation grade of the facility, 1 to 3, for people; 0 when not given.</summary>
    public int IsolationGrade { get; init; }

    /// <summary>Energy of one attempt of one pair of memories in J, in [0, 1000]; 0 unless given.</summary>
    public double JoulesPerAttempt { get; init; }

    /// <summary>Power to keep one pair stored, both ends together, in W, in [0, 1e9]; 0 unless given.</summary>
    public double WattsPerStoredPair { get; init; }

    /// <summary>Power of a site that is on, whatever it does, in W, in [0, 1e9]; 0 unless given.</summary>
    public double SiteWatts { get; init; }
}
