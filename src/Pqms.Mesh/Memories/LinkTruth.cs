using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>How the true states of heralded pairs scatter about the nominal one.</summary>
/// <remarks>
/// Control knows the nominal figure only. The truth of a pair is drawn uniformly from 1 - (1 - F)(1 +- spread), so that
/// its mean is the nominal fidelity: the mean over many pairs agrees with the estimate, the single pair does not.
/// </remarks>
internal static class LinkTruth
{
    /// <summary>The true fidelity that a uniform number in (0, 1) stands for.</summary>
    public static double Sample(double nominalFidelity, double spread, double uniform) =>
        1.0 - ((1.0 - nominalFidelity) * (1.0 + (spread * ((2.0 * uniform) - 1.0))));

    /// <summary>The same state with another fidelity: its errors keep their proportions.</summary>
    public static BellDiagonal WithFidelity(BellDiagonal nominal, double fidelity)
    {
        double rest = 1.0 - nominal.PhiPlus;
        if (rest <= 0.0)
        {
            return nominal;
        }

        double factor = (1.0 - fidelity) / rest;
        return BellDiagonal.Create(
            fidelity, nominal.PsiPlus * factor, nominal.PsiMinus * factor, nominal.PhiMinus * factor);
    }
}
