using Pqms.Physics.Numerics;

namespace Pqms.Physics.States;

/// <summary>Secret bits that pairs are worth, per pair that both sides measured in the same basis.</summary>
/// <remarks>
/// Asymptotic: infinitely many pairs, one-way communication, error rates taken as known. Finite keys are shorter.
/// Sifting and the pairs spent to learn the error rates are not included.
/// </remarks>
public static class KeyRates
{
    /// <summary>Fidelity above which Werner pairs give a key by hashing or six-state: 1 = H(v). QBER 12.62 %.</summary>
    public const double WernerHashingThreshold = 0.81071037508476824;

    /// <summary>
    /// Fidelity above which Werner pairs give a key by BB84 or BBM92 with f = 1: h = 1/2. QBER 11.003 %.
    /// </summary>
    public const double WernerBb84Threshold = 0.83495820334246067;

    private const double BitsPerNat = 1.44269504088896340736;

    /// <summary>Entropy h(p) = -p log2 p - (1 - p) log2(1 - p) of a coin, in bit.</summary>
    /// <remarks>Shannon 1948. Keeps its digits for small p.</remarks>
    /// <param name="p">Probability in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="p"/> is outside [0, 1] or NaN.</exception>
    public static double BinaryEntropy(double p)
    {
        Domain.Probability(p);
        return p is 0.0 or 1.0
            ? 0.0
            : -((p * PortableMath.Log(p)) + ((1.0 - p) * PortableMath.LogOnePlus(-p))) * BitsPerNat;
    }

    /// <summary>Entropy H(v) of the four Bell probabilities in bit, in [0, 2].</summary>
    /// <remarks>Also the von Neumann entropy of the pair, since the Bell states are its eigenstates.</remarks>
    /// <param name="state">The pair.</param>
    public static double Entropy(BellDiagonal state) =>
        -(Term(state.PhiPlus) + Term(state.PsiPlus) + (Term(state.PsiMinus) + Term(state.PhiMinus))) * BitsPerNat;

    /// <summary>Secret fraction of the six-state protocol, and ebits by hashing: max(0, 1 - H(v)).</summary>
    /// <remarks>
    /// Hashing: Bennett, DiVincenzo, Smolin, Wootters, PRA 54, 3824 (1996), section III.B.1. Six states: Lo, Quant.
    /// Inf. Comp. 1, 81 (2001), without preprocessing noise.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double SixState(BellDiagonal state) => PortableMath.Max(0.0, 1.0 - Entropy(state));

    /// <summary>Secret fraction of BB84 and BBM92 with the key in basis Z: max(0, 1 - h(e_X) - f h(e_Z)).</summary>
    /// <remarks>Shor, Preskill, PRL 85, 441 (2000); Bennett, Brassard, Mermin, PRL 68, 557 (1992).</remarks>
    /// <param name="state">The pair.</param>
    /// <param name="inefficiency">
    /// f, bits that error correction tells per bit of the Shannon limit, at least 1; about 1.1 to 1.2 in practice.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="inefficiency"/> is below 1 or NaN.</exception>
    public static double Bb84(BellDiagonal state, double inefficiency = 1.0)
    {
        Domain.Between(inefficiency, 1.0, double.MaxValue);
        double told = BinaryEntropy(PortableMath.Min(1.0, PairMetrics.QberX(state)))
            + (inefficiency * BinaryEntropy(PortableMath.Min(1.0, PairMetrics.QberZ(state))));
        return PortableMath.Max(0.0, 1.0 - told);
    }

    private static double Term(double p) => p > 0.0 ? p * PortableMath.Log(p) : 0.0;
}
