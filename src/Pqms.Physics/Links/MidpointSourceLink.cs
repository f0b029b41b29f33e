using Pqms.Physics.States;

namespace Pqms.Physics.Links;

/// <summary>
/// A source of photon pairs between two memories that announce what they store, such as a satellite's.
/// </summary>
/// <remarks>
/// "Midpoint source" of Jones, Kim, Rakher, Kwiat, Ladd, New J. Phys. 18, 083015 (2016): a memory heralds that it took
/// its photon, and both ends tell each other by way of the source. p = eta_A eta_B with the storing in eta. A memory
/// waits for the other's word before it tries again, so one attempt takes the way there and back through the longer
/// arm, as for a station in the middle, and that is the pair's age when both know. Losses of the source itself count
/// to the arms; more than one pair per pulse is not modelled. The pair is perfect: give the source's fidelity with
/// <see cref="HeraldedLink.WithNoise"/>.
/// </remarks>
public static class MidpointSourceLink
{
    /// <summary>A link over two arms.</summary>
    /// <param name="armA">Arm of side A, all losses from emission to storing.</param>
    /// <param name="armB">Arm of side B.</param>
    /// <param name="overheadSeconds">
    /// Time of an attempt beyond the light's way, in s, at least 0; above 0 for arms without delay.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static HeraldedLink Create(OpticalArm armA, OpticalArm armB, double overheadSeconds)
    {
        double light = TwoArms.ThereAndBackSeconds(armA, armB);
        return HeraldedLink.Create(
            armA.Efficiency * armB.Efficiency,
            light + Domain.NotNegative(overheadSeconds),
            light,
            BellDiagonal.Perfect);
    }
}
