using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Channels;

/// <summary>Two memories that hold the halves of one pair and suffer Pauli errors at constant rates.</summary>
/// <remarks>
/// Errors of the two halves act alike on a Bell state, so both memories together are one with the sum of the rates G.
/// In time t the correlation t_x shrinks by e^(-2(Gy + Gz)t), t_y by e^(-2(Gx + Gz)t), t_z by e^(-2(Gx + Gy)t)
/// (Pauli channels are diagonal in the Pauli basis: King, Ruskai, IEEE Trans. Inf. Theory 47, 192, 2001). Ageing in
/// one step or in many is the same function, up to rounding. Pure dephasing costs one exponential function,
/// depolarising one, phase-covariant noise (Gx = Gy) two, else three. The default value never ages.
/// </remarks>
public readonly record struct PauliMemory
{
    private PauliMemory(double x, double y, double z)
    {
        DecayXPerSecond = x;
        DecayYPerSecond = y;
        DecayZPerSecond = z;
    }

    /// <summary>Rate at which the correlation of X with X shrinks, 2(Gy + Gz), in 1/s.</summary>
    public double DecayXPerSecond { get; }

    /// <summary>Rate at which the correlation of Y with Y shrinks, 2(Gx + Gz), in 1/s.</summary>
    public double DecayYPerSecond { get; }

    /// <summary>Rate at which the correlation of Z with Z shrinks, 2(Gx + Gy), in 1/s.</summary>
    public double DecayZPerSecond { get; }

    /// <summary>Whether nothing but phase is ever lost.</summary>
    public bool IsDephasing => DecayZPerSecond == 0.0;

    /// <summary>Whether all three correlations shrink alike.</summary>
    public bool IsDepolarising => DecayXPerSecond == DecayYPerSecond && DecayYPerSecond == DecayZPerSecond;

    /// <summary>Memories with given rates.</summary>
    /// <param name="ratesA">Rates on side A.</param>
    /// <param name="ratesB">Rates on side B; the default for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sum of rates overflows.</exception>
    public static PauliMemory Create(PauliRates ratesA, PauliRates ratesB)
    {
        PauliRates both = ratesA.Plus(ratesB);
        return new PauliMemory(
            Domain.NotNegative(2.0 * (both.Y + both.Z)),
            Domain.NotNegative(2.0 * (both.X + both.Z)),
            Domain.NotNegative(2.0 * (both.X + both.Y)));
    }

    /// <summary>Memories that lose phase only; see <see cref="PauliRates.Dephasing"/>.</summary>
    /// <param name="t2SecondsA">T2 on side A in s, above 0; infinity for a perfect memory.</param>
    /// <param name="t2SecondsB">T2 on side B in s, above 0; infinity for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0.</exception>
    public static PauliMemory Dephasing(double t2SecondsA, double t2SecondsB) =>
        Create(PauliRates.Dephasing(t2SecondsA), PauliRates.Dephasing(t2SecondsB));

    /// <summary>Memories that turn into white noise; see <see cref="PauliRates.Depolarising"/>.</summary>
    /// <param name="timeSecondsA">T on side A in s, above 0; infinity for a perfect memory.</param>
    /// <param name="timeSecondsB">T on side B in s, above 0; infinity for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0.</exception>
    public static PauliMemory Depolarising(double timeSecondsA, double timeSecondsB) =>
        Create(PauliRates.Depolarising(timeSecondsA), PauliRates.Depolarising(timeSecondsB));

    /// <summary>Twirled memories with T1 and T2; see <see cref="PauliRates.RelaxationDephasing"/>.</summary>
    /// <param name="t1SecondsA">T1 on side A in s, above 0; infinity for none.</param>
    /// <param name="t2SecondsA">T2 on side A in s, above 0, at most 2 T1.</param>
    /// <param name="t1SecondsB">T1 on side B in s, above 0; infinity for none.</param>
    /// <param name="t2SecondsB">T2 on side B in s, above 0, at most 2 T1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0, or a T2 is above 2 T1.</exception>
    public static PauliMemory RelaxationDephasing(
        double t1SecondsA, double t2SecondsA, double t1SecondsB, double t2SecondsB) =>
        Create(
            PauliRates.RelaxationDephasing(t1SecondsA, t2SecondsA),
            PauliRates.RelaxationDephasing(t1SecondsB, t2SecondsB));

    /// <summary>The pair after some time in both memories.</summary>
    /// <param name="state">The pair at the start.</param>
    /// <param name="ageSeconds">Time in s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0, infinite or NaN.</exception>
    public BellDiagonal Age(BellDiagonal state, double ageSeconds)
    {
        Domain.NotNegative(ageSeconds);
        if (IsDephasing)
        {
            return state.FlipPhase(0.5 * Lost(DecayXPerSecond, ageSeconds));
        }

        if (IsDepolarising)
        {
            return state.Depolarise(PortableMath.Exp(-DecayXPerSecond * ageSeconds));
        }

        Flips flips = FlipsAfter(ageSeconds);
        return BellDiagonal.Swap(state, BellDiagonal.Trusted(flips.None, flips.X, flips.Y, flips.Z));
    }

    /// <summary>Fidelity after some time, I p_I + X p_X + Y p_Y + Z p_Z.</summary>
    /// <param name="state">The pair at the start.</param>
    /// <param name="ageSeconds">Time in s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0, infinite or NaN.</exception>
    public double FidelityAfter(BellDiagonal state, double ageSeconds)
    {
        Domain.NotNegative(ageSeconds);
        if (IsDephasing)
        {
            return state.PhiPlus - ((state.PhiPlus - state.PhiMinus) * (0.5 * Lost(DecayXPerSecond, ageSeconds)));
        }

        if (IsDepolarising)
        {
            double kept = PortableMath.Exp(-DecayXPerSecond * ageSeconds);
            return (kept * state.PhiPlus) + ((1.0 - kept) * 0.25);
        }

        Flips flips = FlipsAfter(ageSeconds);
        return (state.PhiPlus * flips.None) + (state.PsiPlus * flips.X)
            + ((state.PsiMinus * flips.Y) + (state.PhiMinus * flips.Z));
    }

    /// <summary>Time until the pair's fidelity first falls to a floor.</summary>
    /// <remarks>
    /// Dephasing: ln((I - Z)/(2 floor - I - Z))/rate; depolarising: ln((4F - 1)/(4 floor - 1))/rate. Else F(t) is a sum
    /// of up to three exponentials, solved by a guarded Newton method of at most 1,000 steps (about four are usual)
    /// that never passes the first crossing. F(t) at the result is the floor to within 1e-15.
    /// </remarks>
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

        double above = state.PhiPlus - floor;
        if (IsDephasing)
        {
            return FromRatio(2.0 * above, (2.0 * floor) - (state.PhiPlus + state.PhiMinus), DecayXPerSecond);
        }

        if (IsDepolarising)
        {
            return FromRatio(above, floor - 0.25, DecayXPerSecond);
        }

        double x = 0.25 * ((state.PhiPlus + state.PsiPlus) - (state.PsiMinus + state.PhiMinus));
        double y = 0.25 * ((state.PhiPlus + state.PsiMinus) - (state.PsiPlus + state.PhiMinus));
        double z = 0.25 * ((state.PhiPlus + state.PhiMinus) - (state.PsiPlus + state.PsiMinus));
        bool alike = DecayXPerSecond == DecayYPerSecond;
        return new DecaySum(
            above,
            new DecaySum.Term(alike ? x + y : x, DecayXPerSecond),
            alike ? default : new DecaySum.Term(y, DecayYPerSecond),
            new DecaySum.Term(z, DecayZPerSecond)).FirstZero();
    }

    // ln(1 + fall/last)/rate: exact where the fidelity is close to the floor.
    private static double FromRatio(double fall, double last, double rate) =>
        last <= 0.0 || rate == 0.0 ? double.PositiveInfinity : PortableMath.LogOnePlus(fall / last) / rate;

    private static double Lost(double rate, double seconds) => -PortableMath.ExpMinus1(-rate * seconds);

    private Flips FlipsAfter(double seconds)
    {
        double x = Lost(DecayXPerSecond, seconds);
        double y = DecayYPerSecond == DecayXPerSecond ? x : Lost(DecayYPerSecond, seconds);
        double z = Lost(DecayZPerSecond, seconds);

        // Rounding may take a probability that is truly 0 below 0.
        return new Flips(
            1.0 - (0.25 * (x + y + z)),
            0.25 * PortableMath.Max(0.0, (y - x) + z),
            0.25 * PortableMath.Max(0.0, (x - y) + z),
            0.25 * PortableMath.Max(0.0, (x - z) + y));
    }

    private readonly record struct Flips(double None, double X, double Y, double Z);
}
