using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Links;

/// <summary>Heralded generation by one photon of either of two weakly excited memories: fast, less faithful.</summary>
/// <remarks>
/// Cabrillo, Cirac, Garcia-Fernandez, Zoller, PRA 59, 1025 (1999); Humphreys et al., Nature 558, 268 (2018). A memory
/// is in its bright state, with a photon, with probability alpha, else dark. A click in just one of two detectors
/// heralds. Both bright and one photon lost or unseen makes the main error: without dark counts and with equal arms p =
/// 2 alpha (1 - alpha) eta + alpha^2 eta (2 - eta), F = 2 alpha (1 - alpha) eta/p; with detectors that resolve photons
/// p = 2 alpha (1 - alpha) eta + 2 alpha^2 eta (1 - eta), F = (1 - alpha)/(1 - alpha eta); small eta: p = 2 alpha eta,
/// F = 1 - alpha. The optical phase between the arms multiplies the coherence by its visibility, which multiplies F by
/// (1 + visibility)/2; photons that overlap by V only, by sqrt V.
/// </remarks>
public static class SingleClickLink
{
    /// <summary>A link over two arms with a bright state of its own on each side.</summary>
    /// <remarks>
    /// With w_A = alpha_A (1 - alpha_B) eta_A and w_B alike, coherence C = sqrt(w_A w_B) sqrt V x phase visibility,
    /// dark count d, q = 1 - d, u = q for threshold detectors and q^2 for resolving ones: p I = u ((w_A + w_B)/2 + C) +
    /// n/2, p Z = u ((w_A + w_B)/2 - C) + n/2, p X = p Y = m/2, where n = 2 d q (alpha_A (1 - alpha_B)(1 - eta_A) +
    /// alpha_B (1 - alpha_A)(1 - eta_B)): one bright, lost, a dark count; m = 2 d q (1 - alpha_A)(1 - alpha_B) +
    /// alpha_A alpha_B (2 d q (1 - eta_A)(1 - eta_B) + u (eta_A (1 - eta_B) + eta_B (1 - eta_A)) + q eta_A eta_B (1 +
    /// V)/2): none or both bright, the last term for threshold detectors only. Arms are balanced when alpha_A eta_A (1
    /// - alpha_B) = alpha_B eta_B (1 - alpha_A). The weights for resolving detectors are those of Dhara, Englund, Guha,
    /// Phys. Rev. Research 5, 033149 (2023), single rail. Overlaps with the four Bell states are exact; coherence
    /// between them, which unbalanced arms leave, is dropped.
    /// </remarks>
    /// <param name="armA">Arm of side A, all losses from emission to detection.</param>
    /// <param name="armB">Arm of side B.</param>
    /// <param name="alphaA">Bright-state population of side A, in [0, 1].</param>
    /// <param name="alphaB">Bright-state population of side B, in [0, 1].</param>
    /// <param name="station">Detectors and interference.</param>
    /// <param name="phaseVisibility">
    /// Mean of cos(phase error) between the two arms, in [0, 1]; e^(-s^2/2) for a normal error of s rad.
    /// </param>
    /// <param name="overheadSeconds">
    /// Time of an attempt before emission beyond the light's way, in s, at least 0; above 0 for arms without delay.
    /// </param>
    /// <returns>One attempt takes light + overhead; the pair's age at heralding is the light's way.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static HeraldedLink Create(
        OpticalArm armA,
        OpticalArm armB,
        double alphaA,
        double alphaB,
        HeraldStation station,
        double phaseVisibility,
        double overheadSeconds)
    {
        double onlyA = Domain.Probability(alphaA) * (1.0 - Domain.Probability(alphaB));
        double onlyB = alphaB * (1.0 - alphaA);
        double lostA = 1.0 - armA.Efficiency;
        double lostB = 1.0 - armB.Efficiency;
        double quiet = 1.0 - station.DarkCountProbability;
        double seen = station.ResolvesPhotons ? quiet * quiet : quiet;
        double darkOnly = 2.0 * station.DarkCountProbability * quiet;
        double bunched = station.ResolvesPhotons
            ? 0.0
            : quiet * armA.Efficiency * armB.Efficiency * (0.5 * (1.0 + station.Visibility));

        double weightA = onlyA * armA.Efficiency;
        double weightB = onlyB * armB.Efficiency;
        double coherence = PortableMath.Sqrt(weightA * weightB * station.Visibility)
            * Domain.Probability(phaseVisibility);
        double mixed = darkOnly * ((onlyA * lostA) + (onlyB * lostB));
        double single = (armA.Efficiency * lostB) + (armB.Efficiency * lostA);
        double equal = (darkOnly * (1.0 - alphaA) * (1.0 - alphaB))
            + (alphaA * alphaB * ((darkOnly * lostA * lostB) + ((seen * single) + bunched)));
        double right = (seen * ((0.5 * (weightA + weightB)) + coherence)) + (0.5 * mixed);
        double phase = (seen * PortableMath.Max(0.0, (0.5 * (weightA + weightB)) - coherence)) + (0.5 * mixed);
        double p = (right + phase) + equal;
        double light = TwoArms.ThereAndBackSeconds(armA, armB);
        return HeraldedLink.Create(
            p,
            light + Domain.NotNegative(overheadSeconds),
            light,
            p > 0.0 ? BellDiagonal.Trusted(right / p, 0.5 * equal / p, 0.5 * equal / p, phase / p) : default);
    }

    /// <summary>A link over a fibre with the station in its middle and the same bright state on both sides.</summary>
    /// <param name="fibre">The whole span.</param>
    /// <param name="emitTimesDetect">Probability without fibre loss per arm, in [0, 1].</param>
    /// <param name="alpha">Bright-state population of both sides, in [0, 1].</param>
    /// <param name="station">Detectors and interference.</param>
    /// <param name="phaseVisibility">Mean of cos(phase error) between the two arms, in [0, 1].</param>
    /// <param name="overheadSeconds">Time of an attempt beyond the light's way in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static HeraldedLink Create(
        Fibre fibre,
        double emitTimesDetect,
        double alpha,
        HeraldStation station,
        double phaseVisibility,
        double overheadSeconds)
    {
        OpticalArm arm = OpticalArm.HalfOf(fibre, emitTimesDetect);
        return Create(arm, arm, alpha, alpha, station, phaseVisibility, overheadSeconds);
    }
}
