using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Metrics;

/// <summary>Means and ratios with 95 % intervals from equal batches of one run.</summary>
/// <remarks>
/// Neighbouring moments of a run depend on each other; means over batches much longer than that dependence hardly do,
/// and are treated as independent (method of batch means: Law, Simulation Modeling and Analysis, 9.5.3). Ratios and
/// other functions of sums get the jackknife's standard error (Efron and Stein, Ann. Stat. 9, 586, 1981): the spread
/// of the figure when each batch is left out once, times (n - 1)/n.
/// </remarks>
public static class BatchMeans
{
    // Square of a relative difference of 1e-12, thousands of roundings.
    private const double RoundingNoise = 1e-24;

    /// <summary>The mean of equally long batches, or of independent runs.</summary>
    /// <param name="batches">One value a batch, in their order; at least one.</param>
    /// <returns>The mean; without an interval when there is one batch only.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No batches.</exception>
    public static Measured Mean(IReadOnlyList<double> batches)
    {
        ArgumentNullException.ThrowIfNull(batches);
        int n = batches.Count;
        ArgumentOutOfRangeException.ThrowIfZero(n, nameof(batches));
        double mean = MeanOf(batches);
        if (n == 1)
        {
            return Measured.WithoutError(mean, n);
        }

        double squares = Squares(batches, mean);
        double standardError = PortableMath.Sqrt(squares / (n - 1) / n);
        return Measured.WithError(mean, standardError, n, Lag1(batches, mean, squares));
    }

    /// <summary>A sum over another sum, for example fidelity at consumption: summed fidelities over pairs.</summary>
    /// <param name="numerators">One value a batch.</param>
    /// <param name="denominators">One value a batch, none negative.</param>
    /// <returns>
    /// Null when the denominators sum to 0. Without an interval when there is one batch only, or when one batch holds
    /// the whole denominator.
    /// </returns>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    public static Measured? Ratio(double[] numerators, double[] denominators) =>
        Of([numerators, denominators], sums => sums[1] > 0.0 ? sums[0] / sums[1] : null);

    /// <summary>Any figure that is a function of sums over the period.</summary>
    /// <param name="columns">For each sum one value a batch.</param>
    /// <param name="figure">From the sums in the order of the columns to the figure; null when it has none.</param>
    /// <returns>Null when the figure has no value; without an interval when leaving out a batch leaves none.</returns>
    /// <exception cref="ArgumentException">The columns differ in length, or are empty.</exception>
    public static Measured? Of(double[][] columns, Func<double[], double?> figure)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(figure);
        int n = columns.Length > 0 ? columns[0].Length : 0;
        double[] sums = new double[columns.Length];
        for (int k = 0; k < sums.Length; k++)
        {
            if (columns[k].Length != n || n == 0)
            {
                throw new ArgumentException($"Column {k} has {columns[k].Length} batches, not {n}.", nameof(columns));
            }

            sums[k] = SumOf(columns[k]);
        }

        if (figure(sums) is not { } value)
        {
            return null;
        }

        return n == 1 ? Measured.WithoutError(value, n) : Jackknife(columns, sums, figure, value, n);
    }

    private static Measured Jackknife(
        double[][] columns, double[] sums, Func<double[], double?> figure, double value, int n)
    {
        double[] without = new double[n];
        double[] rest = new double[sums.Length];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < sums.Length; k++)
            {
                rest[k] = sums[k] - columns[k][i];
            }

            if (figure(rest) is not { } left)
            {
                return Measured.WithoutError(value, n);
            }

            without[i] = left;
        }

        double mean = MeanOf(without);
        double squares = Squares(without, mean);
        double standardError = PortableMath.Sqrt(squares * (n - 1) / n);
        return Measured.WithError(value, standardError, n, Lag1(without, mean, squares));
    }

    private static double MeanOf(IReadOnlyList<double> values) => SumOf(values) / values.Count;

    private static double SumOf(IReadOnlyList<double> values)
    {
        double sum = 0.0;
        for (int i = 0; i < values.Count; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    private static double Squares(IReadOnlyList<double> values, double mean)
    {
        double sum = 0.0;
        for (int i = 0; i < values.Count; i++)
        {
            sum += (values[i] - mean) * (values[i] - mean);
        }

        return sum;
    }

    // Values that are equal but for rounding have no autocorrelation.
    private static double Lag1(IReadOnlyList<double> values, double mean, double squares)
    {
        double sum = 0.0;
        for (int i = 1; i < values.Count; i++)
        {
            sum += (values[i] - mean) * (values[i - 1] - mean);
        }

        return squares > RoundingNoise * mean * mean * values.Count ? sum / squares : 0.0;
    }
}
