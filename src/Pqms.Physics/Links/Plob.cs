using Pqms.Physics.Numerics;

namespace Pqms.Physics.Links;

/// <summary>The most that a lossy channel can carry without a repeater.</summary>
public static class Plob
{
    private const double BitsPerNat = 1.44269504088896340736;

    /// <summary>Secret bits, or ebits, per use of a pure-loss channel: at most -log2(1 - eta).</summary>
    /// <remarks>
    /// Pirandola, Laurenza, Ottaviani, Banchi, Nature Commun. 8, 15043 (2017), eq. 1 with its lossy case: reached by no
    /// finite scheme, beaten only with a station in between. About 1.44 eta for small eta, computed without
    /// cancellation.
    /// </remarks>
    /// <param name="transmission">eta in [0, 1].</param>
    /// <returns>Bits per use and mode; infinity for a channel without loss.</returns>
    /// <exception cref="ArgumentOutOfRangeException">eta is outside [0, 1] or NaN.</exception>
    public static double BitsPerUse(double transmission) =>
        -PortableMath.LogOnePlus(-Domain.Probability(transmission)) * BitsPerNat;

    /// <summary>The bound for a fibre with perfect devices at its ends.</summary>
    /// <param name="fibre">The fibre, end to end.</param>
    public static double BitsPerUse(Fibre fibre) => BitsPerUse(fibre.Transmission);
}
