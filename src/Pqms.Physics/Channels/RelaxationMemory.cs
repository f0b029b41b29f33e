using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Channels;

/// <summary>Two memories with relaxation to the ground state (T1) and dephasing (T2), without Pauli twirl.</summary>
/// <remarks>
/// Amplitude damping with g = 1 - e^(-t/T1) on each half, and coherence e^(-t/T2) per half (Nielsen, Chuang, section
/// 8.3.5 and eq. 7.144). From Phi+ with equal halves: F = (1 - g + g^2)/2 + e^(-2t/T2)/2; from Psi+: F = (1 - g)/2 +
/// e^(-2t/T2)/2. The overlaps with the four Bell states are exact, but the state does not stay Bell-diagonal: ageing
/// twice is not ageing for the sum, so a pair must be aged once, from its birth. The mesh uses the twirled channel,
/// <see cref="PauliMemory.RelaxationDephasing"/>, whose fidelity differs by at most g_A g_B/4. The default value never
/// ages.
/// </remarks>
public readonly record struct RelaxationMemory
{
    private RelaxationMemory(double relaxA, double relaxB, double dephase)
    {
        RelaxationPerSecondA = relaxA;
        RelaxationPerSecondB = relaxB;
        DephasingPerSecond = dephase;
    }

    /// <summary>1/T1 on side A in 1/s.</summary>
    public double RelaxationPerSecondA { get; }

    /// <summary>1/T1 on side B in 1/s.</summary>
    public double RelaxationPerSecondB { get; }

    /// <summary>Sum of both sides' 1/T2 in 1/s.</summary>
    public double DephasingPerSecond { get; }

    /// <summary>Memories with T1 and T2 on each side.</summary>
    /// <param name="t1SecondsA">T1 on side A in s, above 0; infinity for none.</param>
    /// <param name="t2SecondsA">T2 on side A in s, above 0, at most 2 T1.</param>
    /// <param name="t1SecondsB">T1 on side B in s, above 0; infinity for none.</param>
    /// <param name="t2SecondsB">T2 on side B in s, above 0, at most 2 T1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0, or a T2 is above 2 T1.</exception>
    public static RelaxationMemory Create(double t1SecondsA, double t2SecondsA, double t1SecondsB, double t2SecondsB)
    {
        Domain.AtMostTwiceRelaxation(t1SecondsA, t2SecondsA);
        Domain.AtMostTwiceRelaxation(t1SecondsB, t2SecondsB);
        return new RelaxationMemory(
            Domain.NotNegative(1.0 / t1SecondsA),
            Domain.NotNegative(1.0 / t1SecondsB),
            Domain.NotNegative((1.0 / t2SecondsA) + (1.0 / t2SecondsB)));
    }

    /// <summary>The overlaps with the four Bell states after some time in both memories.</summary>
    /// <param name="state">The pair at birth, Bell-diagonal.</param>
    /// <param name="ageSeconds">Time since birth in s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0, infinite or NaN.</exception>
    public BellDiagonal Age(BellDiagonal state, double ageSeconds)
    {
        Domain.NotNegative(ageSeconds);
        double downA = -PortableMath.ExpMinus1(-RelaxationPerSecondA * ageSeconds);
        double downB = -PortableMath.ExpMinus1(-RelaxationPerSecondB * ageSeconds);
        double coherence = PortableMath.Exp(-DephasingPerSecond * ageSeconds);

        // Half the probability of |00> and |11> together, of |01> and |10> together, and how the damping mixes them:
        // an equal pair (00 or 11) becomes unequal when just one of two excited halves falls; an unequal pair becomes
        // |00> when its excited half falls.
        double equal = 0.5 * (state.PhiPlus + state.PhiMinus);
        double unequal = 0.5 * (state.PsiPlus + state.PsiMinus);
        double falls = 0.5 * (downA + downB);
        double one = 0.5 * ((downA * (1.0 - downB)) + (downB * (1.0 - downA)));
        double equalAfter = (equal * (1.0 - one)) + (unequal * falls);
        double unequalAfter = (unequal * (1.0 - falls)) + (equal * one);
        double phi = 0.5 * coherence * (state.PhiPlus - state.PhiMinus);
        double psi = 0.5 * coherence * (state.PsiPlus - state.PsiMinus);
        return BellDiagonal.Trusted(
            PortableMath.Max(0.0, equalAfter + phi),
            PortableMath.Max(0.0, unequalAfter + psi),
            PortableMath.Max(0.0, unequalAfter - psi),
            PortableMath.Max(0.0, equalAfter - phi));
    }

    /// <summary>Fidelity with Phi+ after some time since birth.</summary>
    /// <param name="state">The pair at birth, Bell-diagonal.</param>
    /// <param name="ageSeconds">Time since birth in s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0, infinite or NaN.</exception>
    public double FidelityAfter(BellDiagonal state, double ageSeconds) => Age(state, ageSeconds).Fidelity;
}
