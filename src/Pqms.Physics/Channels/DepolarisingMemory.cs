using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Channels;

/// <summary>Two memories that hold the halves of one pair and turn it into white noise at a constant rate.</summary>
/// <remarks>
/// The Werner parameter falls as e^(-t/T) per memory (Werner states stay Werner). The default value never ages.
/// </remarks>
public readonly record struct DepolarisingMemory
{
    private DepolarisingMemory(double ratePerSecond) => RatePerSecond = ratePerSecond;

    /// <summary>Sum of both sides' rates 1/T in 1/s.</summary>
    public double RatePerSecond { get; }

    /// <summary>Memories with a depolarising time on each side.</summary>
    /// <param name="timeSecondsA">T on side A in s, above 0; infinity for a perfect memory.</param>
    /// <param name="timeSecondsB">T on side B in s, above 0; infinity for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0.</exception>
    public static DepolarisingMemory Create(double timeSecondsA, double timeSecondsB) =>
        new((1.0 / Domain.Positive(timeSecondsA)) + (1.0 / Domain.Positive(timeSecondsB)));

    /// <summary>The pair after some time in both memories.</summary>
    /// <param name="state">The pair at the start.</param>
    /// <param name="ageSeconds">Time in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0 or NaN.</exception>
    public BellDiagonal Age(BellDiagonal state, double ageSeconds) =>
        state.Depolarise(PortableMath.Exp(-RatePerSecond * Domain.NotNegative(ageSeconds)));
}
