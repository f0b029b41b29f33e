using Pqms.Mesh.Health;
using Pqms.Mesh.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Control;

/// <summary>What control believes of one pair's fidelity: a point and the bounds of a 95 % interval.</summary>
/// <remarks>
/// <para>
/// The point of the age model is right on average if the hardware is as its profile says; a single pair scatters about
/// it with a standard deviation s, the nominal spread. The pool as a whole may be off by a bias of which nothing is
/// known beforehand but its size, taken to be of the order of s too: normal about 0. Parity tests of the pool's pairs
/// measure the bias: d = F(errors) - F(expected errors), with the variance of their binomial. By Bayes' rule for two
/// normal laws the bias is d s^2/(s^2 + var d), with variance s^2 var d/(s^2 + var d); the pair's own scatter s^2 is
/// added. Without tests this is the model's point +- 1.96 sqrt 2 s, with many it is the tested mean +- 1.96 s.
/// </para>
/// <para>Sources say "confidence" (claims S2-11, S2-19): it is <see cref="Lower"/>.</para>
/// </remarks>
/// <param name="Point">Expected fidelity, in [0, 1].</param>
/// <param name="Lower">Lower bound, in [0, 1].</param>
/// <param name="Upper">Upper bound, in [0, 1].</param>
internal readonly record struct Estimate(double Point, double Lower, double Upper)
{
    // Two-sided 95 % of the normal law.
    private const double Deviations = 1.959963984540054;

    /// <summary>Standard deviation of a pair about the model, links even within +- a share.</summary>
    /// <remarks>
    /// Root of the sum of ((1 - F) spread)^2/3 over the links, the even law's variance; swaps only make it less.
    /// </remarks>
    /// <param name="spans">Figures of the links, with their nominal pairs.</param>
    /// <param name="infidelitySpread">For each link the relative half-width of the infidelity, in [0, 1].</param>
    public static double NominalSpread(IReadOnlyList<SpanFigures> spans, IReadOnlyList<double> infidelitySpread)
    {
        double sum = 0.0;
        for (int i = 0; i < spans.Count; i++)
        {
            double width = (1.0 - spans[i].Nominal.PhiPlus) * infidelitySpread[i];
            sum += width * width;
        }

        return PortableMath.Sqrt(sum / 3.0);
    }

    /// <summary>The estimate of a pair.</summary>
    /// <param name="modelFidelity">The age model's point, in [0, 1].</param>
    /// <param name="spread">s, at least 0; see <see cref="NominalSpread"/>.</param>
    /// <param name="tests">Recent parity tests of the pool; null for none.</param>
    /// <param name="readoutFidelity">eta of the tests, in (0.5, 1].</param>
    public static Estimate Of(double modelFidelity, double spread, TestTally? tests, double readoutFidelity)
    {
        double scatter = spread * spread;
        double bias = 0.0;
        double variance = scatter;
        if (tests is not null && tests.Trials > 0.0 && scatter > 0.0)
        {
            double trials = tests.Trials;
            double seen = BellTest.Fidelity(tests.Errors / trials, readoutFidelity);
            double expected = BellTest.Fidelity(tests.Expected / trials, readoutFidelity);
            double rate = (tests.Errors + 1.0) / (trials + 2.0);
            double slope = BellTest.Fidelity(0.0, readoutFidelity) - BellTest.Fidelity(1.0, readoutFidelity);
            double noise = slope * slope * rate * (1.0 - rate) / trials;
            bias = (seen - expected) * (scatter / (scatter + noise));
            variance = scatter * noise / (scatter + noise);
        }

        double half = Deviations * PortableMath.Sqrt(scatter + variance);
        double point = Clip(modelFidelity + bias);
        return new Estimate(point, Clip(point - half), Clip(point + half));
    }

    private static double Clip(double fidelity) => PortableMath.Max(0.0, PortableMath.Min(1.0, fidelity));
}
