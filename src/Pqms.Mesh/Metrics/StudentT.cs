using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Metrics;

/// <summary>Quantiles of Student's t distribution for whole degrees of freedom.</summary>
/// <remarks>
/// Abramowitz and Stegun, Handbook of Mathematical Functions (1964), 26.7.3 and 26.7.4: with theta = atan(t/sqrt nu),
/// P(|T| &lt;= t) is a finite sum of powers of cos theta, so it is exact but for rounding. The quantile is found by
/// bisection of theta over [0, pi/2]: a fixed number of steps, the same bits everywhere.
/// </remarks>
internal static class StudentT
{
    /// <summary>Greatest number of degrees: one evaluation is that many multiplications.</summary>
    public const int MaxDegrees = 100_000;

    // [0, pi/2] halved so often is narrower than the last bit of theta.
    private const int Halvings = 60;

    /// <summary>The t with P(|T| &lt;= t) = confidence.</summary>
    /// <param name="confidence">In (0, 1), for example 0.95.</param>
    /// <param name="degrees">Degrees of freedom, 1 to <see cref="MaxDegrees"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range or NaN.</exception>
    public static double TwoSided(double confidence, int degrees)
    {
        if (!(confidence > 0.0 && confidence < 1.0))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The value must lie in (0, 1).");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(degrees, MaxDegrees);
        double low = 0.0;
        double high = PortableMath.Pi / 2.0;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = (low + high) * 0.5;
            if (Within(middle, degrees) < confidence)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        double theta = (low + high) * 0.5;
        return PortableMath.Sqrt(degrees) * PortableMath.Sin(theta) / PortableMath.Cos(theta);
    }

    private static double Within(double theta, int degrees)
    {
        double sine = PortableMath.Sin(theta);
        double cosine = PortableMath.Cos(theta);
        bool isOdd = degrees % 2 == 1;
        double term = isOdd ? cosine : 1.0;
        double sum = 0.0;
        for (int power = isOdd ? 1 : 0; power <= degrees - 2; power += 2)
        {
            sum += term;
            term *= cosine * cosine * (power + 1.0) / (power + 2.0);
        }

        return isOdd ? (theta + (sine * sum)) * (2.0 / PortableMath.Pi) : sine * sum;
    }
}
