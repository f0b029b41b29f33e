using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Measurement;

/// <summary>Probabilities of the four pairs of results when both sides of one pair are measured.</summary>
/// <remarks>
/// Results are +1 and -1. For a Bell-diagonal pair and unit vectors a, b the product's mean is E = t_x a_x b_x + t_y
/// a_y b_y + t_z a_z b_z, and p(s, s') = (1 + s s' E)/4 (Horodecki, Horodecki, PRA 54, 1838, 1996, with vanishing local
/// Bloch vectors). Each side alone sees +1 with probability 1/2, whatever the other does: no choice of A can be read at
/// B. The default value is no measurement.
/// </remarks>
public readonly record struct JointOutcomes
{
    private JointOutcomes(double equal, double opposite)
    {
        PlusPlus = equal;
        PlusMinus = opposite;
        MinusPlus = opposite;
        MinusMinus = equal;
    }

    /// <summary>Probability that both find +1.</summary>
    public double PlusPlus { get; }

    /// <summary>Probability that A finds +1 and B finds -1.</summary>
    public double PlusMinus { get; }

    /// <summary>Probability that A finds -1 and B finds +1.</summary>
    public double MinusPlus { get; }

    /// <summary>Probability that both find -1.</summary>
    public double MinusMinus { get; }

    /// <summary>Mean E of the product of both results, in [-1, 1].</summary>
    public double Correlation => (PlusPlus + MinusMinus) - (PlusMinus + MinusPlus);

    /// <summary>The results of measuring one pair.</summary>
    /// <param name="state">The pair.</param>
    /// <param name="directionA">What A measures.</param>
    /// <param name="directionB">What B measures.</param>
    public static JointOutcomes Of(
        BellDiagonal state, MeasurementDirection directionA, MeasurementDirection directionB)
    {
        double e = (PairMetrics.CorrelationX(state) * directionA.AlongX * directionB.AlongX)
            + ((PairMetrics.CorrelationY(state) * directionA.AlongY * directionB.AlongY)
                + (PairMetrics.CorrelationZ(state) * directionA.AlongZ * directionB.AlongZ));
        e = PortableMath.Max(-1.0, PortableMath.Min(1.0, e));
        return new JointOutcomes(0.25 * (1.0 + e), 0.25 * (1.0 - e));
    }

    /// <summary>The pair of results that a uniform number stands for, in the order of the properties.</summary>
    /// <param name="uniform">In [0, 1]; for example of <see cref="RandomStream.Uniform"/>.</param>
    /// <returns>+1 or -1 for A and for B.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="uniform"/> is outside [0, 1] or NaN.</exception>
    public (int A, int B) Sample(double uniform)
    {
        if (Domain.Probability(uniform) < PlusPlus)
        {
            return (1, 1);
        }

        if (uniform < PlusPlus + PlusMinus)
        {
            return (1, -1);
        }

        return uniform < PlusPlus + PlusMinus + MinusPlus ? (-1, 1) : (-1, -1);
    }
}
