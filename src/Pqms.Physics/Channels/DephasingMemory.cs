using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Channels;

/// <summary>Two memories that hold the halves of one pair and lose phase at a constant rate, nothing else.</summary>
/// <remarks>
/// One qubit's coherence falls as e^(-t/T2), so a phase flip has happened with probability (1 - e^(-t/T2))/2 (Nielsen,
/// Chuang, section 8.3.6). Flips of the two halves act alike on a Bell state, so both memories together are one with
/// rate 1/T2A + 1/T2B. Ageing in one step or in many is the same function, up to rounding. The default value never
/// ages.
/// </remarks>
public readonly record struct DephasingMemory
{
    private DephasingMemory(double ratePerSecond) => RatePerSecond = ratePerSecond;

    /// <summary>Sum of both sides' dephasing rates 1/T2 in 1/s.</summary>
    public double RatePerSecond { get; }

    /// <summary>Memories with a coherence time on each side.</summary>
    /// <param name="t2SecondsA">T2 on side A in s, above 0; infinity for a perfect memory.</param>
    /// <param name="t2SecondsB">T2 on side B in s, above 0; infinity for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0.</exception>
    public static DephasingMemory Create(double t2SecondsA, double t2SecondsB) =>
        new((1.0 / Domain.Positive(t2SecondsA)) + (1.0 / Domain.Positive(t2SecondsB)));

    /// <summary>Memories with the same coherence time on both sides.</summary>
    /// <param name="t2Seconds">T2 of each side in s, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0.</exception>
    public static DephasingMemory Create(double t2Seconds) => Create(t2Seconds, t2Seconds);

    /// <summary>Probability that the pair's phase is flipped after some time: (1 - e^(-rate t))/2.</summary>
    /// <param name="ageSeconds">Time in both memories in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0 or NaN.</exception>
    public double FlipProbability(double ageSeconds) =>
        -0.5 * PortableMath.ExpMinus1(-RatePerSecond * Domain.NotNegative(ageSeconds));

    /// <summary>The pair after some time in both memories.</summary>
    /// <param name="state">The pair at the start.</param>
    /// <param name="ageSeconds">Time in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0 or NaN.</exception>
    public BellDiagonal Age(BellDiagonal state, double ageSeconds) => state.FlipPhase(FlipProbability(ageSeconds));

    /// <summary>Fidelity after some time: (I + Z)/2 + (I - Z)/2 e^(-rate t).</summary>
    /// <param name="state">The pair at the start.</param>
    /// <param name="ageSeconds">Time in s, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0 or NaN.</exception>
    public double FidelityAfter(BellDiagonal state, double ageSeconds) =>
        state.PhiPlus - ((state.PhiPlus - state.PhiMinus) * FlipProbability(ageSeconds));

    /// <summary>Time until the pair's fidelity falls to a floor: ln((I - Z)/(2 floor - I - Z))/rate.</summary>
    /// <param name="state">The pair at the start.</param>
    /// <param name="floor">Fidelity at which the pair is discarded, in [0, 1].</param>
    /// <returns>Seconds; 0 when the pair is at or below the floor already, infinity when it never gets there.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="floor"/> is outside [0, 1] or NaN.</exception>
    public double SecondsUntil(BellDiagonal state, double floor)
    {
        if (state.PhiPlus <= Domain.Probability(floor))
        {
            return 0.0;
        }

        double last = (2.0 * floor) - (state.PhiPlus + state.PhiMinus);
        if (last <= 0.0 || RatePerSecond == 0.0)
        {
            return double.PositiveInfinity;
        }

        // ln(first/last) with first - last = 2 (F - floor), exact where F is close to the floor.
        return PortableMath.LogOnePlus(2.0 * (state.PhiPlus - floor) / last) / RatePerSecond;
    }
}
