using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Links;

/// <summary>Heralded generation over one span with a station in the middle that needs two clicks.</summary>
/// <remarks>
/// Each end sends one photon of a dual-rail (polarisation or time-bin) qubit half of the way; linear optics tells two
/// of the four Bell states apart, hence the factor 1/2 (Calsamiglia, Luetkenhaus, Appl. Phys. B 72, 67, 2001; protocol
/// as in Barrett, Kok, PRA 71, 060310, 2005, in one round). The answer is back after L/2 there and L/2 back: one
/// attempt takes L/c + overhead. Weights with dark counts and visibility as for <see cref="BarrettKokLink"/>, whose two
/// rounds are here the two rails. The default value is no link.
/// </remarks>
public readonly record struct DoubleClickLink
{
    private DoubleClickLink(double successProbability, double lightSeconds, double overheadSeconds, BellDiagonal state)
    {
        SuccessProbability = successProbability;
        AttemptSeconds = lightSeconds + overheadSeconds;
        LightSeconds = lightSeconds;
        State = state;
    }

    /// <summary>
    /// Probability p that one attempt of one pair of memories succeeds: eta_A eta_B/2 without dark counts.
    /// </summary>
    public double SuccessProbability { get; }

    /// <summary>Time of one attempt in s; its result is known when it ends.</summary>
    public double AttemptSeconds { get; }

    /// <summary>
    /// Time of the light to the station and of the answer back in s: the pair's age when it is known.
    /// </summary>
    public double LightSeconds { get; }

    /// <summary>The heralded pair at age 0; perfect for an ideal station.</summary>
    public BellDiagonal State { get; }

    /// <summary>A link over a fibre with an ideal station in its middle.</summary>
    /// <param name="fibre">The whole span.</param>
    /// <param name="emitTimesDetect">Probability without fibre loss per arm, in [0, 1].</param>
    /// <param name="overheadSeconds">Time of an attempt beyond the light's way in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static DoubleClickLink Create(Fibre fibre, double emitTimesDetect, double overheadSeconds)
    {
        OpticalArm arm = OpticalArm.HalfOf(fibre, emitTimesDetect);
        return Create(arm, arm, HeraldStation.Ideal, overheadSeconds);
    }

    /// <summary>A link over two arms to a station with dark counts and imperfect interference.</summary>
    /// <param name="armA">Arm of side A, all losses from emission to detection.</param>
    /// <param name="armB">Arm of side B.</param>
    /// <param name="station">Detectors and interference.</param>
    /// <param name="overheadSeconds">
    /// Time of an attempt before emission beyond the light's way in s, at least 0.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static DoubleClickLink Create(
        OpticalArm armA, OpticalArm armB, HeraldStation station, double overheadSeconds)
    {
        (double p, BellDiagonal state) = TwoClickHerald.Of(armA.Efficiency, armB.Efficiency, station);
        return new DoubleClickLink(
            p, TwoArms.ThereAndBackSeconds(armA, armB), Domain.NotNegative(overheadSeconds), state);
    }

    /// <summary>The link as the mesh sees every kind.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The attempt takes no time.</exception>
    public HeraldedLink ToHeralded() =>
        HeraldedLink.Create(SuccessProbability, AttemptSeconds, LightSeconds, State);

    /// <summary>Mean rate of pairs when several memories attempt in parallel: memories p/attempt.</summary>
    /// <param name="memories">Memories per end, at least 1.</param>
    /// <returns>Pairs per second.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="memories"/> is below 1.</exception>
    public double PairsPerSecond(int memories)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memories, 1);
        return memories * SuccessProbability / AttemptSeconds;
    }

    /// <summary>ln(1 - p), for <see cref="RandomStream.GeometricFromLog"/>; minus infinity when p is 1.</summary>
    public double LogFailure => PortableMath.LogOnePlus(-SuccessProbability);
}
