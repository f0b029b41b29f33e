namespace Pqms.Physics.Numerics;

/// <summary>The binomial law: how many of n independent attempts succeed.</summary>
internal static class BinomialLaw
{
    /// <summary>Probabilities of 0 to <paramref name="attempts"/> successes.</summary>
    /// <remarks>
    /// Terms relative to the mode by the ratio of neighbours, then divided by their sum: nothing overflows or cancels,
    /// and what underflows is below 1e-300 of the mode.
    /// </remarks>
    /// <param name="attempts">n, at least 0.</param>
    /// <param name="success">p in [0, 1].</param>
    public static double[] Distribution(int attempts, double success)
    {
        double[] law = new double[attempts + 1];
        int mode = (int)PortableMath.Min(attempts, PortableMath.Floor((attempts + 1.0) * success));
        law[mode] = 1.0;
        double sum = 1.0;
        double failure = 1.0 - success;
        for (int k = mode; k < attempts && success < 1.0; k++)
        {
            law[k + 1] = law[k] * (attempts - k) * success / ((k + 1) * failure);
            sum += law[k + 1];
        }

        for (int k = mode; k > 0 && success < 1.0; k--)
        {
            law[k - 1] = law[k] * k * failure / ((attempts - k + 1) * success);
            sum += law[k - 1];
        }

        for (int k = 0; k <= attempts; k++)
        {
            law[k] /= sum;
        }

        return law;
    }
}
