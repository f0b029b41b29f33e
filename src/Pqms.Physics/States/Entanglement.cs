using Pqms.Physics.Numerics;

namespace Pqms.Physics.States;

/// <summary>How entangled a pair is, from its Bell-diagonal state.</summary>
public static class Entanglement
{
    /// <summary>Concurrence max(0, 2 v - 1) with v the greatest of the four probabilities, in [0, 1].</summary>
    /// <remarks>
    /// Hill, Wootters, PRL 78, 5022 (1997). Above 0 just when the pair is entangled; then any local user can turn its
    /// most probable Bell state into the target.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double Concurrence(BellDiagonal state) => PortableMath.Max(0.0, (2.0 * Greatest(state)) - 1.0);

    /// <summary>Entanglement of formation h((1 + sqrt(1 - C^2))/2) in ebit, in [0, 1]; C is the concurrence.</summary>
    /// <remarks>
    /// Wootters, PRL 80, 2245 (1998), eq. 7 and 8. The mean entanglement of the cheapest mixture of pure states that
    /// makes the pair; an upper bound of what purification can give back.
    /// </remarks>
    /// <param name="state">The pair.</param>
    public static double OfFormation(BellDiagonal state)
    {
        double c = Concurrence(state);

        // (1 - root)/2 = C^2/(2 (1 + root)) keeps its digits where C is small; h is the same for p and 1 - p.
        double root = PortableMath.Sqrt((1.0 - c) * (1.0 + c));
        return KeyRates.BinaryEntropy(0.5 * c * c / (1.0 + root));
    }

    private static double Greatest(BellDiagonal v) =>
        PortableMath.Max(PortableMath.Max(v.PhiPlus, v.PsiPlus), PortableMath.Max(v.PsiMinus, v.PhiMinus));
}
