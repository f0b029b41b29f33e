namespace Pqms.Mesh.Faults;

/// <summary>What holds on a span between two changes.</summary>
/// <param name="Up">Whether attempts can succeed: the link is neither down nor out of its pass, no end is off.</param>
/// <param name="Transmission">Factor on the transmission of the whole way, in (0, 1].</param>
/// <param name="NoiseProbability">Probability that a fresh pair is white noise, in [0, 1].</param>
/// <param name="InterceptedShare">Share of the pairs that an eavesdropper measures, in [0, 1].</param>
internal readonly record struct SpanConditions(
    bool Up, double Transmission, double NoiseProbability, double InterceptedShare)
{
    /// <summary>Nothing is wrong.</summary>
    public static SpanConditions Nominal => new(Up: true, 1.0, 0.0, 0.0);
}

/// <summary>What holds at a site between two changes.</summary>
/// <param name="Up">Whether the site is on; it loses all its pairs when it goes off.</param>
/// <param name="DecayFactor">Factor on the rates at which its memories decay, at least 1.</param>
internal readonly record struct SiteConditions(bool Up, double DecayFactor)
{
    /// <summary>Nothing is wrong.</summary>
    public static SiteConditions Nominal => new(Up: true, 1.0);
}
