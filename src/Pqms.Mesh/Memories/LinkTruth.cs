namespace Pqms.Mesh.Memories;

/// <summary>How the true fidelity of heralded pairs scatters about the profile's figure.</summary>
/// <remarks>
/// Control knows the profile's figure only. The truth of a pair is drawn uniformly from 1 - (1 - F)(1 +- <see
/// cref="InfidelitySpread"/>), so that its mean is the profile's figure: the mean over many pairs agrees with the
/// estimate, the single pair does not.
/// </remarks>
internal static class LinkTruth
{
    /// <summary>Relative half-width of the infidelity; hypothetical, for phase drift between calibrations.</summary>
    public const double InfidelitySpread = 0.2;

    /// <summary>The true fidelity that a uniform number in (0, 1) stands for.</summary>
    public static double Sample(double nominalFidelity, double uniform) =>
        1.0 - ((1.0 - nominalFidelity) * (1.0 + (InfidelitySpread * ((2.0 * uniform) - 1.0))));
}
