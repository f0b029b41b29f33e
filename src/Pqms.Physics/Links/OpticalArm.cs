namespace Pqms.Physics.Links;

/// <summary>The way of one photon from a memory to a station, or from a source to a memory.</summary>
/// <remarks>The default value passes nothing.</remarks>
public readonly record struct OpticalArm
{
    private OpticalArm(double efficiency, double delaySeconds)
    {
        Efficiency = efficiency;
        DelaySeconds = delaySeconds;
    }

    /// <summary>
    /// Probability that the photon is emitted, collected, arrives and is detected (or stored), in [0, 1].
    /// </summary>
    public double Efficiency { get; }

    /// <summary>Time that light needs, in s; messages take the same way back in the same time.</summary>
    public double DelaySeconds { get; }

    /// <summary>An arm.</summary>
    /// <param name="efficiency">Probability in [0, 1], all losses from emission to detection together.</param>
    /// <param name="delaySeconds">Light time in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static OpticalArm Create(double efficiency, double delaySeconds) =>
        new(Domain.Probability(efficiency), Domain.NotNegative(delaySeconds));

    /// <summary>Half of a fibre, up to a station in its middle.</summary>
    /// <param name="fibre">The whole span.</param>
    /// <param name="emitTimesDetect">Probability without fibre loss, in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="emitTimesDetect"/> is outside [0, 1].</exception>
    public static OpticalArm HalfOf(Fibre fibre, double emitTimesDetect) => new(
        Domain.Probability(emitTimesDetect) * fibre.TransmissionOver(0.5 * fibre.LengthMeters),
        0.5 * fibre.DelaySeconds);
}
