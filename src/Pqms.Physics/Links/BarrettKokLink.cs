using Pqms.Physics.States;

namespace Pqms.Physics.Links;

/// <summary>Heralded generation in two rounds with a spin flip between them: one click in each round.</summary>
/// <remarks>
/// Barrett, Kok, PRA 71, 060310 (2005). A memory emits in the first round if it is up, in the second if it was down, so
/// the rounds are the two bins of a dual-rail photon, and success has the probability eta_A eta_B/2 without dark
/// counts. Every attempt takes both rounds, 2(light + overhead) with light the way to the farther station and back, L/c
/// for a station in the middle: as MQNS counts. Ends that stop after a failed first round are nearly twice as fast at
/// small eta; a full negotiation takes 5 to 6 L/c (SeQUeNCe).
/// </remarks>
public static class BarrettKokLink
{
    /// <summary>A link over two arms.</summary>
    /// <param name="armA">Arm of side A, all losses from emission to detection.</param>
    /// <param name="armB">Arm of side B.</param>
    /// <param name="station">Detectors and interference; <see cref="HeraldStation.Ideal"/> for none of their
    /// errors.</param>
    /// <param name="overheadSeconds">
    /// Time of one round before emission beyond the light's way, in s, at least 0; above 0 for arms without delay.
    /// </param>
    /// <returns>The pair's age at heralding is one round and the light of the second, 2 light + overhead.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static HeraldedLink Create(
        OpticalArm armA, OpticalArm armB, HeraldStation station, double overheadSeconds)
    {
        double light = TwoArms.ThereAndBackSeconds(armA, armB);
        (double p, BellDiagonal state) = TwoClickHerald.Of(armA.Efficiency, armB.Efficiency, station);
        return HeraldedLink.Create(
            p,
            2.0 * (light + Domain.NotNegative(overheadSeconds)),
            (2.0 * light) + overheadSeconds,
            state);
    }

    /// <summary>A link over a fibre with the station in its middle.</summary>
    /// <param name="fibre">The whole span.</param>
    /// <param name="emitTimesDetect">Probability without fibre loss per arm, in [0, 1].</param>
    /// <param name="station">Detectors and interference.</param>
    /// <param name="overheadSeconds">Time of one round beyond the light's way, in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static HeraldedLink Create(
        Fibre fibre, double emitTimesDetect, HeraldStation station, double overheadSeconds)
    {
        OpticalArm arm = OpticalArm.HalfOf(fibre, emitTimesDetect);
        return Create(arm, arm, station, overheadSeconds);
    }
}
