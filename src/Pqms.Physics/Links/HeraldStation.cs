namespace Pqms.Physics.Links;

/// <summary>
/// A beam splitter with a detector behind each port, which heralds entanglement of two memories by its clicks.
/// </summary>
/// <remarks>The default value has no dark counts and no interference; it is never meant.</remarks>
public readonly record struct HeraldStation
{
    private HeraldStation(double darkCountProbability, double visibility, bool resolvesPhotons)
    {
        DarkCountProbability = darkCountProbability;
        Visibility = visibility;
        ResolvesPhotons = resolvesPhotons;
    }

    /// <summary>Threshold detectors without dark counts, photons that are alike.</summary>
    public static HeraldStation Ideal => new(0.0, 1.0, resolvesPhotons: false);

    /// <summary>Probability of a dark count in one detector during one detection window, in [0, 1).</summary>
    public double DarkCountProbability { get; }

    /// <summary>
    /// Two-photon interference visibility V, the squared overlap of the two photons' modes, in [0, 1]: photons that
    /// meet leave by the same port with probability (1 + V)/2 (Hong, Ou, Mandel, PRL 59, 2044, 1987).
    /// </summary>
    public double Visibility { get; }

    /// <summary>Whether the detectors tell one photon from two; a dark count then counts as a photon more.</summary>
    public bool ResolvesPhotons { get; }

    /// <summary>A station.</summary>
    /// <param name="darkCountProbability">Per detector and window (dark rate x window), in [0, 1).</param>
    /// <param name="visibility">V in [0, 1].</param>
    /// <param name="resolvesPhotons">Whether two photons in one detector are seen and refused.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static HeraldStation Create(double darkCountProbability, double visibility, bool resolvesPhotons = false) =>
        Domain.Probability(darkCountProbability) < 1.0
            ? new HeraldStation(darkCountProbability, Domain.Probability(visibility), resolvesPhotons)
            : throw new ArgumentOutOfRangeException(
                nameof(darkCountProbability), darkCountProbability, "The value must be below 1.");
}
