using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Mesh.Metrics;

/// <summary>Secret key from delivered pairs: BBM92 in the limit of infinitely many pairs.</summary>
/// <remarks>
/// Bennett, Brassard, Mermin, PRL 68, 557 (1992); key fraction of Shor and Preskill, PRL 85, 441 (2000):
/// r = max(0, 1 - h(e_X) - f h(e_Z)), keys from Z results. Both sides choose X or Z with probability 1/2, so half of
/// the pairs are sifted. No finite-size correction: a short run would yield less.
/// </remarks>
public static class KeyRate
{
    /// <summary>f: bits that error correction reveals over the Shannon limit.</summary>
    /// <value>1.16, reached by Cascade at error rates of a few per cent (Brassard and Salvail, 1993).</value>
    public const double ErrorCorrection = 1.16;

    /// <summary>Share of the pairs for which both sides happen to choose the same of two bases.</summary>
    public const double Sifted = 0.5;

    /// <summary>Key bits per sifted pair.</summary>
    /// <param name="errorX">e_X, in [0, 1].</param>
    /// <param name="errorZ">e_Z, in [0, 1].</param>
    /// <returns>In [0, 1].</returns>
    /// <exception cref="ArgumentOutOfRangeException">A rate is negative or NaN.</exception>
    public static double Fraction(double errorX, double errorZ) =>
        PortableMath.Max(0.0, 1.0 - Entropy(errorX) - (ErrorCorrection * Entropy(errorZ)));

    // A mean of ones may exceed 1 by a rounding.
    private static double Entropy(double errorRate) => KeyRates.BinaryEntropy(PortableMath.Min(1.0, errorRate));
}
