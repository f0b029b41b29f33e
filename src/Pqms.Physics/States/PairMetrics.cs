using Pqms.Physics.Numerics;

namespace Pqms.Physics.States;

/// <summary>Quantities that users of a pair ask for, from its Bell-diagonal state.</summary>
/// <remarks>
/// Correlations t_x = I + X - Y - Z, t_y = -I + X - Y + Z, t_z = I - X - Y + Z in the order (I, X, Y, Z).
/// </remarks>
public static class PairMetrics
{
    /// <summary>Fidelity above which a Werner pair violates the CHSH inequality: (1 + 3/sqrt 2)/4.</summary>
    public const double WernerChshThreshold = 0.78033008588991064;

    /// <summary>
    /// Largest CHSH value over all settings: 2 sqrt(m1 + m2), m the two largest squared correlations.
    /// </summary>
    /// <remarks>
    /// Horodecki, Horodecki, Horodecki, Phys. Lett. A 200, 340 (1995). Classical bound 2, quantum bound 2 sqrt 2.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double ChshMaximal(BellDiagonal state)
    {
        double x = CorrelationX(state);
        double y = CorrelationY(state);
        double z = CorrelationZ(state);
        double x2 = x * x;
        double y2 = y * y;
        double z2 = z * z;
        return 2.0 * PortableMath.Sqrt(x2 + y2 + z2 - PortableMath.Min(x2, PortableMath.Min(y2, z2)));
    }

    /// <summary>
    /// CHSH value at the settings that are best for Phi+ (A: Z, X; B: (Z + X)/sqrt 2, (Z - X)/sqrt 2).
    /// </summary>
    /// <remarks>
    /// S = sqrt 2 (t_z + t_x); Clauser, Horne, Shimony, Holt, PRL 23, 880 (1969). Werner: 2 sqrt 2 w.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double ChshFixed(BellDiagonal state) =>
        PortableMath.Sqrt(2.0) * (CorrelationZ(state) + CorrelationX(state));

    /// <summary>The fidelity of the Werner pair that gives a CHSH value at the fixed settings.</summary>
    /// <remarks>F = (1 + 3 S/(2 sqrt 2))/4, the inverse of S = 2 sqrt 2 (4F - 1)/3.</remarks>
    /// <param name="chsh">S in [0, 2 sqrt 2].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chsh"/> is outside the range or NaN.</exception>
    public static double WernerFidelityFromChsh(double chsh)
    {
        double most = 2.0 * PortableMath.Sqrt(2.0);
        return (1.0 + (3.0 * (Domain.Between(chsh, 0.0, most) / most))) * 0.25;
    }

    /// <summary>Error rate when both sides measure X: Psi- + Phi-.</summary>
    /// <param name="state">The pair.</param>
    public static double QberX(BellDiagonal state) => state.PsiMinus + state.PhiMinus;

    /// <summary>Error rate when both sides measure Y (equal results count as errors for Phi+): Psi+ + Phi-.</summary>
    /// <param name="state">The pair.</param>
    public static double QberY(BellDiagonal state) => state.PsiPlus + state.PhiMinus;

    /// <summary>Error rate when both sides measure Z: Psi+ + Psi-.</summary>
    /// <param name="state">The pair.</param>
    public static double QberZ(BellDiagonal state) => state.PsiPlus + state.PsiMinus;

    /// <summary>Average fidelity of teleporting an unknown qubit: (2F + 1)/3.</summary>
    /// <remarks>
    /// Horodecki, PRA 60, 1888 (1999), d = 2. Two classical bits must arrive first: never before L/c.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double TeleportFidelity(BellDiagonal state) => ((2.0 * state.Fidelity) + 1.0) / 3.0;

    /// <summary>Mean of the three error rates: 2 (1 - F)/3.</summary>
    /// <remarks>
    /// Exact for every Bell-diagonal state, not only for Werner states: each of the three flips is an error in just two
    /// of the three bases. Six-state statistics thus give the fidelity directly.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double QberMean(BellDiagonal state) =>
        2.0 * (state.PsiPlus + (state.PsiMinus + state.PhiMinus)) / 3.0;

    /// <summary>Probability to win the CHSH game at the fixed settings: 1/2 + S/8.</summary>
    /// <remarks>
    /// Cleve, Hoyer, Toner, Watrous, Proc. 19th CCC, 236 (2004). Classical bound 3/4, quantum bound cos^2(pi/8) =
    /// 0.854.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double ChshGameWinProbability(BellDiagonal state) => 0.5 + (0.125 * ChshFixed(state));

    /// <summary>Mean of the product of both results when both sides measure X, t_x = I + X - Y - Z.</summary>
    /// <param name="v">The pair.</param>
    public static double CorrelationX(BellDiagonal v) => v.PhiPlus + v.PsiPlus - v.PsiMinus - v.PhiMinus;

    /// <summary>Mean of the product of both results when both sides measure Y, t_y = -I + X - Y + Z.</summary>
    /// <param name="v">The pair.</param>
    public static double CorrelationY(BellDiagonal v) => v.PsiPlus + v.PhiMinus - v.PhiPlus - v.PsiMinus;

    /// <summary>Mean of the product of both results when both sides measure Z, t_z = I - X - Y + Z.</summary>
    /// <param name="v">The pair.</param>
    public static double CorrelationZ(BellDiagonal v) => v.PhiPlus + v.PhiMinus - v.PsiPlus - v.PsiMinus;
}
