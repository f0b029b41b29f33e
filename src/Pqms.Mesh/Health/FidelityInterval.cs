using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Health;

/// <summary>Confidence interval of a fidelity from parity tests.</summary>
/// <remarks>
/// Clopper and Pearson (Biometrika 26, 404, 1934) for the error rate e, carried over by F = 1 - 3e/2 after the share of
/// the readouts is taken off: covers the true mean fidelity with at least the level's probability, whatever it is.
/// Nothing is known without trials: [0, 1].
/// </remarks>
/// <param name="Lower">In [0, 1].</param>
/// <param name="Upper">In [0, 1].</param>
internal readonly record struct FidelityInterval(double Lower, double Upper)
{
    /// <summary>The level used unless another is given.</summary>
    public const double UsualLevel = 0.95;

    /// <summary>The interval of some trials.</summary>
    /// <param name="errors">Errors, from 0 to the trials; fractions stand for faded trials.</param>
    /// <param name="trials">Trials, at least 0.</param>
    /// <param name="level">Probability of covering the truth, in (0, 1).</param>
    /// <param name="readoutFidelity">eta of the tests, in (0.5, 1].</param>
    public static FidelityInterval Of(
        double errors, double trials, double level = UsualLevel, double readoutFidelity = 1.0)
    {
        if (!(trials > 0.0))
        {
            return new FidelityInterval(0.0, 1.0);
        }

        double tail = 0.5 * (1.0 - level);
        double least = errors > 0.0 ? IncompleteBeta.Quantile(errors, trials - errors + 1.0, tail) : 0.0;
        double most = errors < trials ? IncompleteBeta.Quantile(errors + 1.0, trials - errors, 1.0 - tail) : 1.0;
        return new FidelityInterval(
            Clip(BellTest.Fidelity(most, readoutFidelity)), Clip(BellTest.Fidelity(least, readoutFidelity)));
    }

    private static double Clip(double fidelity) => PortableMath.Max(0.0, PortableMath.Min(1.0, fidelity));
}
