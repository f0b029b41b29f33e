namespace Pqms.Mesh.Scenarios;

/// <summary>The figures of the hardware that a scenario assumes at every site and on every link.</summary>
/// <remarks>Every figure has an entry in <paramref name="Sources"/>: a citation, or the word "hypothetical".</remarks>
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
/// <param name="GateFidelity">Average fidelity of a two-qubit gate, in [0.25, 1]; see physics, imperfect swap.</param>
/// <param name="ReadoutFidelity">Probability that one qubit is read correctly, in [0.5, 1].</param>
/// <param name="T2Seconds">Coherence time of one memory under pure dephasing, in s.</param>
/// <param name="LinkCutOffSeconds">Age at which an unused pair of one span is discarded, in s.</param>
/// <param name="AttenuationDbPerKm">Loss of the fibre in dB/km, in [0, 10].</param>
/// <param name="StockFactor">Places of a pool per granted slot, in [1, 10]; K = ceil(factor x slots).</param>
/// <param name="Sources">Source of each figure by its name in the scenario file.</param>
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
    IReadOnlyDictionary<string, string> Sources);
