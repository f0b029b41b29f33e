namespace Pqms.Physics.Channels;

/// <summary>How often each Pauli operator strikes one stored qubit, in 1/s.</summary>
/// <remarks>
/// The master equation d rho/dt = sum over s of g_s (s rho s - rho), s = X, Y, Z (Lindblad form; Nielsen, Chuang,
/// section 8.4.1). The default value is a perfect memory.
/// </remarks>
public readonly record struct PauliRates
{
    private PauliRates(double x, double y, double z)
    {
        X = x;
        Y = y;
        Z = z;
    }

    /// <summary>Rate of X (bit flip) in 1/s.</summary>
    public double X { get; }

    /// <summary>Rate of Y (bit and phase flip) in 1/s.</summary>
    public double Y { get; }

    /// <summary>Rate of Z (phase flip) in 1/s.</summary>
    public double Z { get; }

    /// <summary>A memory with given rates.</summary>
    /// <param name="x">Rate of X in 1/s, finite and at least 0.</param>
    /// <param name="y">Rate of Y in 1/s, finite and at least 0.</param>
    /// <param name="z">Rate of Z in 1/s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is below 0, infinite or NaN.</exception>
    public static PauliRates Create(double x, double y, double z) =>
        new(Domain.NotNegative(x), Domain.NotNegative(y), Domain.NotNegative(z));

    /// <summary>A memory that loses phase only: g_z = 1/(2 T2), so that coherence falls as e^(-t/T2).</summary>
    /// <param name="t2Seconds">T2 in s, above 0; infinity for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0, or 1/T2 overflows.</exception>
    public static PauliRates Dephasing(double t2Seconds) =>
        Create(0.0, 0.0, 0.5 * (1.0 / Domain.Positive(t2Seconds)));

    /// <summary>A memory that turns into white noise: g = 1/(4 T) each, so that the Bloch vector falls as e^(-t/T).
    /// </summary>
    /// <param name="timeSeconds">T in s, above 0; infinity for a perfect memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not above 0, or 1/T overflows.</exception>
    public static PauliRates Depolarising(double timeSeconds)
    {
        double rate = 0.25 * (1.0 / Domain.Positive(timeSeconds));
        return Create(rate, rate, rate);
    }

    /// <summary>
    /// A memory with relaxation and dephasing, Pauli-twirled: g_x = g_y = 1/(4 T1), g_z = 1/(2 T2) - 1/(4 T1).
    /// </summary>
    /// <remarks>
    /// Pauli twirl of relaxation and dephasing: Ghosh, Fowler, Geller, PRA 86, 062318 (2012); p_X = p_Y =
    /// (1 - e^(-t/T1))/4 and p_Z = (1 - e^(-t/T2))/2 - p_X are those of these constant rates. The exact channel is
    /// <see cref="RelaxationMemory"/>; with g = 1 - e^(-t/T1) on both sides a Bell state's fidelity differs by g^2/4.
    /// </remarks>
    /// <param name="t1Seconds">Relaxation time T1 in s, above 0; infinity for none.</param>
    /// <param name="t2Seconds">Coherence time T2 in s, above 0, at most 2 T1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not above 0, or T2 is above 2 T1.</exception>
    public static PauliRates RelaxationDephasing(double t1Seconds, double t2Seconds)
    {
        Domain.AtMostTwiceRelaxation(t1Seconds, t2Seconds);
        double relax = 0.25 * (1.0 / t1Seconds);
        double dephase = (0.5 * (1.0 / t2Seconds)) - relax;
        return Create(relax, relax, dephase < 0.0 ? 0.0 : dephase);
    }

    /// <summary>Both causes at once: the rates add.</summary>
    /// <param name="other">Rates of the other cause.</param>
    /// <exception cref="ArgumentOutOfRangeException">A sum overflows.</exception>
    public PauliRates Plus(PauliRates other) => Create(X + other.X, Y + other.Y, Z + other.Z);
}
