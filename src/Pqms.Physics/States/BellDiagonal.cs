using Pqms.Physics.Numerics;

namespace Pqms.Physics.States;

/// <summary>The state of one stored pair, as the probabilities of the four Bell states.</summary>
/// <remarks>
/// Order (Phi+, Psi+, Psi-, Phi-), which is the order (I, X, Y, Z) of the Pauli operator on one half that leads there
/// from Phi+. Each in [0, 1], sum 1 within <see cref="SumTolerance"/>. Exact for Pauli noise and for swaps without
/// post-selection (arXiv:2509.16689); not for amplitude damping. The default value is no state: all zero.
/// </remarks>
public readonly record struct BellDiagonal
{
    /// <summary>How far the sum of the four probabilities may lie from 1: room for 10^6 rounded operations.</summary>
    public const double SumTolerance = 1e-9;

    private BellDiagonal(double phiPlus, double psiPlus, double psiMinus, double phiMinus)
    {
        PhiPlus = phiPlus;
        PsiPlus = psiPlus;
        PsiMinus = psiMinus;
        PhiMinus = phiMinus;
    }

    /// <summary>The target state Phi+ without error.</summary>
    public static BellDiagonal Perfect => new(1.0, 0.0, 0.0, 0.0);

    /// <summary>Probability of Phi+ (no error).</summary>
    public double PhiPlus { get; }

    /// <summary>Probability of Psi+ (bit flip, X).</summary>
    public double PsiPlus { get; }

    /// <summary>Probability of Psi- (bit and phase flip, Y).</summary>
    public double PsiMinus { get; }

    /// <summary>Probability of Phi- (phase flip, Z).</summary>
    public double PhiMinus { get; }

    /// <summary>Overlap with the target Phi+, in [0, 1].</summary>
    public double Fidelity => PhiPlus;

    /// <summary>The Werner parameter w = (4F - 1)/3 of the Werner state with the same fidelity, in [-1/3, 1].</summary>
    public double WernerParameter => ((4.0 * PhiPlus) - 1.0) / 3.0;

    /// <summary>A state of given probabilities.</summary>
    /// <param name="phiPlus">Probability of Phi+, in [0, 1].</param>
    /// <param name="psiPlus">Probability of Psi+, in [0, 1].</param>
    /// <param name="psiMinus">Probability of Psi-, in [0, 1].</param>
    /// <param name="phiMinus">Probability of Phi-, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">One is outside [0, 1] or NaN, or the sum is not 1.</exception>
    public static BellDiagonal Create(double phiPlus, double psiPlus, double psiMinus, double phiMinus)
    {
        Domain.Probability(phiPlus);
        Domain.Probability(psiPlus);
        Domain.Probability(psiMinus);
        Domain.Probability(phiMinus);
        double sum = phiPlus + psiPlus + psiMinus + phiMinus;
        Domain.Between(sum, 1.0 - SumTolerance, 1.0 + SumTolerance);
        return new BellDiagonal(phiPlus, psiPlus, psiMinus, phiMinus);
    }

    /// <summary>
    /// A Werner state: the target with probability w = (4F - 1)/3, else white noise (Werner, PRA 40, 4277, 1989).
    /// </summary>
    /// <param name="fidelity">Overlap with Phi+, in [0.25, 1]; 0.25 is the maximally mixed state.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="fidelity"/> is outside [0.25, 1] or NaN.
    /// </exception>
    public static BellDiagonal Werner(double fidelity)
    {
        Domain.Between(fidelity, 0.25, 1.0);
        double rest = (1.0 - fidelity) / 3.0;
        return new BellDiagonal(fidelity, rest, rest, rest);
    }

    /// <summary>
    /// The state after an ideal Bell measurement on the inner halves and the Pauli correction it calls for.
    /// </summary>
    /// <remarks>
    /// Errors multiply as Pauli operators: convolution over Z2 x Z2. Zukowski et al., PRL 71, 4287 (1993).
    /// </remarks>
    /// <param name="a">Pair between A and the repeater.</param>
    /// <param name="b">Pair between the repeater and B.</param>
    public static BellDiagonal Swap(BellDiagonal a, BellDiagonal b) => new(
        (a.PhiPlus * b.PhiPlus) + (a.PsiPlus * b.PsiPlus) + ((a.PsiMinus * b.PsiMinus) + (a.PhiMinus * b.PhiMinus)),
        (a.PhiPlus * b.PsiPlus) + (a.PsiPlus * b.PhiPlus) + ((a.PsiMinus * b.PhiMinus) + (a.PhiMinus * b.PsiMinus)),
        (a.PhiPlus * b.PsiMinus) + (a.PsiMinus * b.PhiPlus) + ((a.PsiPlus * b.PhiMinus) + (a.PhiMinus * b.PsiPlus)),
        (a.PhiPlus * b.PhiMinus) + (a.PhiMinus * b.PhiPlus) + ((a.PsiPlus * b.PsiMinus) + (a.PsiMinus * b.PsiPlus)));

    /// <summary>The state after a swap whose gate and readouts err.</summary>
    /// <remarks>
    /// The gate is right with probability p_g and else leaves both qubits fully mixed; each of the two readouts is
    /// right with probability eta. Two-qubit noise model of Briegel, Duer, Cirac, Zoller, PRL 81, 5932 (1998).
    /// </remarks>
    /// <param name="a">Pair between A and the repeater.</param>
    /// <param name="b">Pair between the repeater and B.</param>
    /// <param name="gateProbability">p_g in [0, 1]; see <see cref="SwapNoise.GateProbabilityFromFidelity"/>.</param>
    /// <param name="readoutFidelity">eta in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside [0, 1] or NaN.</exception>
    public static BellDiagonal Swap(BellDiagonal a, BellDiagonal b, double gateProbability, double readoutFidelity) =>
        SwapNoise.Create(gateProbability, readoutFidelity).Swap(a, b);

    /// <summary>The state after a Pauli error of given probabilities on either half.</summary>
    /// <param name="flipX">Probability of X, in [0, 1].</param>
    /// <param name="flipY">Probability of Y, in [0, 1].</param>
    /// <param name="flipZ">Probability of Z, in [0, 1]; the three sum to at most 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A probability or the sum is outside [0, 1].</exception>
    public BellDiagonal ApplyPauli(double flipX, double flipY, double flipZ)
    {
        double none = 1.0 - (flipX + flipY + flipZ);
        return Swap(this, Create(none < 0.0 && none > -SumTolerance ? 0.0 : none, flipX, flipY, flipZ));
    }

    /// <summary>The state after a phase flip of either half with a given probability.</summary>
    /// <param name="flipZ">Probability of the flip, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="flipZ"/> is outside [0, 1] or NaN.</exception>
    public BellDiagonal FlipPhase(double flipZ)
    {
        double keep = 1.0 - Domain.Probability(flipZ);
        return new BellDiagonal(
            (keep * PhiPlus) + (flipZ * PhiMinus),
            (keep * PsiPlus) + (flipZ * PsiMinus),
            (keep * PsiMinus) + (flipZ * PsiPlus),
            (keep * PhiMinus) + (flipZ * PhiPlus));
    }

    /// <summary>The state after being replaced by the maximally mixed state with a given probability.</summary>
    /// <param name="kept">Probability that the state is kept, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="kept"/> is outside [0, 1] or NaN.</exception>
    public BellDiagonal Depolarise(double kept)
    {
        double noise = (1.0 - Domain.Probability(kept)) * 0.25;
        return new BellDiagonal(
            (kept * PhiPlus) + noise, (kept * PsiPlus) + noise, (kept * PsiMinus) + noise, (kept * PhiMinus) + noise);
    }

    /// <summary>The Werner state of the same fidelity, as random bilateral rotations make it.</summary>
    /// <remarks>Bennett et al., PRL 76, 722 (1996). A state of fidelity below 1/4 keeps it.</remarks>
    public BellDiagonal Twirl()
    {
        double rest = (1.0 - PhiPlus) / 3.0;
        return new BellDiagonal(PhiPlus, rest, rest, rest);
    }

    /// <summary>
    /// The same state with the probabilities divided by their sum, to stop drift over very long chains.
    /// </summary>
    /// <exception cref="InvalidOperationException">The value is the default, which is no state.</exception>
    public BellDiagonal Normalise()
    {
        double sum = PhiPlus + PsiPlus + (PsiMinus + PhiMinus);
        if (!(sum > 0.0 && PortableMath.IsFinite(sum)))
        {
            throw new InvalidOperationException("The default value of BellDiagonal is not a state.");
        }

        return new BellDiagonal(PhiPlus / sum, PsiPlus / sum, PsiMinus / sum, PhiMinus / sum);
    }

    /// <summary>Makes a state from numbers that a formula guarantees to be probabilities.</summary>
    internal static BellDiagonal Trusted(double phiPlus, double psiPlus, double psiMinus, double phiMinus) =>
        new(phiPlus, psiPlus, psiMinus, phiMinus);
}
