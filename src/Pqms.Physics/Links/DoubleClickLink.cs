using Pqms.Physics.Numerics;

namespace Pqms.Physics.Links;

/// <summary>Heralded generation over one span with a station in the middle that needs two clicks.</summary>
/// <remarks>
/// Each end sends one photon of a dual-rail (polarisation or time-bin) qubit half of the way; linear optics tells two
/// of the four Bell states apart, hence the factor 1/2 (Calsamiglia, Luetkenhaus, Appl. Phys. B 72, 67, 2001; protocol
/// as in Barrett, Kok, PRA 71, 060310, 2005, in one round). The answer is back after L/2 there and L/2 back: one
/// attempt takes L/c + overhead. No dark counts. The default value is no link.
/// </remarks>
public readonly record struct DoubleClickLink
{
    private DoubleClickLink(double successProbability, double attemptSeconds)
    {
        SuccessProbability = successProbability;
        AttemptSeconds = attemptSeconds;
    }

    /// <summary>Probability p that one attempt of one pair of memories succeeds: eta_A eta_B/2.</summary>
    public double SuccessProbability { get; }

    /// <summary>Time of one attempt in s; its result is known when it ends.</summary>
    public double AttemptSeconds { get; }

    /// <summary>A link over a fibre with the station in its middle.</summary>
    /// <param name="fibre">The whole span.</param>
    /// <param name="emitTimesDetect">Probability without fibre loss per arm, in [0, 1].</param>
    /// <param name="overheadSeconds">Time of an attempt beyond the light's way in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static DoubleClickLink Create(Fibre fibre, double emitTimesDetect, double overheadSeconds)
    {
        double arm = Domain.Probability(emitTimesDetect) * fibre.TransmissionOver(0.5 * fibre.LengthMeters);
        return new DoubleClickLink(arm * arm * 0.5, fibre.DelaySeconds + Domain.NotNegative(overheadSeconds));
    }

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
