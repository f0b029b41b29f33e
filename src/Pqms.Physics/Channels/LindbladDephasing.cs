using Pqms.Physics.Numerics;

namespace Pqms.Physics.Channels;

/// <summary>The master equation d rho/dt = g (sz rho sz - rho) on one half or both halves of a pair.</summary>
/// <remarks>
/// Lindblad, Commun. Math. Phys. 48, 119 (1976), with the one operator sqrt(g) sz. Off-diagonal elements of a qubit
/// fall as e^(-2 g t), so g means T2 = 1/(2 g): a frequent slip is to take 1/g. Phi+ keeps the fidelity
/// (1 + e^(-2 g t))/2 when one half is exposed and (1 + e^(-4 g t))/2 when both are. The default value never dephases.
/// </remarks>
public readonly record struct LindbladDephasing
{
    private LindbladDephasing(double rateA, double rateB)
    {
        RatePerSecondA = rateA;
        RatePerSecondB = rateB;
    }

    /// <summary>g of side A in 1/s.</summary>
    public double RatePerSecondA { get; }

    /// <summary>g of side B in 1/s.</summary>
    public double RatePerSecondB { get; }

    /// <summary>T2 of side A in s, 1/(2 g); infinity for g = 0.</summary>
    public double T2SecondsA => 1.0 / (2.0 * RatePerSecondA);

    /// <summary>T2 of side B in s, 1/(2 g); infinity for g = 0.</summary>
    public double T2SecondsB => 1.0 / (2.0 * RatePerSecondB);

    /// <summary>One exposed half; the other is perfect.</summary>
    /// <param name="ratePerSecond">g in 1/s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is below 0, infinite or NaN.</exception>
    public static LindbladDephasing OneHalf(double ratePerSecond) => Create(ratePerSecond, 0.0);

    /// <summary>Both halves exposed alike.</summary>
    /// <param name="ratePerSecond">g of each in 1/s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is below 0, infinite or NaN.</exception>
    public static LindbladDephasing BothHalves(double ratePerSecond) => Create(ratePerSecond, ratePerSecond);

    /// <summary>Each half with its rate.</summary>
    /// <param name="ratePerSecondA">g of side A in 1/s, finite and at least 0.</param>
    /// <param name="ratePerSecondB">g of side B in 1/s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate is below 0, infinite or NaN.</exception>
    public static LindbladDephasing Create(double ratePerSecondA, double ratePerSecondB) =>
        new(Domain.NotNegative(ratePerSecondA), Domain.NotNegative(ratePerSecondB));

    /// <summary>What is left of the pair's coherence, e^(-2 (gA + gB) t).</summary>
    /// <param name="seconds">Time in s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0, infinite or NaN.</exception>
    public double Coherence(double seconds) =>
        PortableMath.Exp(-2.0 * (RatePerSecondA + RatePerSecondB) * Domain.NotNegative(seconds));

    /// <summary>Fidelity of a pair that began as Phi+: (1 + coherence)/2.</summary>
    /// <param name="seconds">Time in s, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is below 0, infinite or NaN.</exception>
    public double FidelityAfter(double seconds) => 0.5 * (1.0 + Coherence(seconds));

    /// <summary>The same noise as memories that any state can be stored in.</summary>
    public PauliMemory ToMemory() => PauliMemory.Create(
        PauliRates.Create(0.0, 0.0, RatePerSecondA), PauliRates.Create(0.0, 0.0, RatePerSecondB));
}
