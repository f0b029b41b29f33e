using Pqms.Mesh.Engine;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Health;

/// <summary>Page's cumulative sum: the quickest notice of a change for the better part of nothing.</summary>
/// <remarks>
/// S = max(0, S + z), z the log likelihood ratio of a trial; alarm at S &gt;= h (Page, Biometrika 41, 100, 1954).
/// Unlike a repeated sequential test it owes nothing to a good past, so it sees a sudden change sooner.
/// </remarks>
internal sealed class CumulativeSum(double threshold)
{
    // e^709 is the greatest power that a double holds, and no run is that long.
    private const double GreatestThreshold = 700.0;
    private const int Halvings = 60;

    private double _sum;

    /// <summary>h.</summary>
    public double Threshold => threshold;

    /// <summary>S.</summary>
    public double Sum => _sum;

    /// <summary>Whether the last trial reached the threshold.</summary>
    public bool Alarm => _sum >= threshold;

    /// <summary>Approximate mean number of trials between false alarms.</summary>
    /// <remarks>
    /// (e^h - h - 1)/(-E0[z]), Siegmund's Brownian approximation without its correction for the overshoot (Siegmund,
    /// Sequential Analysis, 1985, ch. II.6): the true mean is greater.
    /// </remarks>
    /// <param name="threshold">h, above 0.</param>
    /// <param name="good">Error probability while all is well, in (0, 1).</param>
    /// <param name="bad">Error probability that is to be noticed, in (0, 1).</param>
    public static double RunLength(double threshold, double good, double bad) =>
        (PortableMath.ExpMinus1(threshold) - threshold) / -SequentialTest.Drift(good, good, bad);

    /// <summary>The least threshold with a mean number of trials between false alarms.</summary>
    /// <param name="runLength">Trials wanted, above 0.</param>
    /// <param name="good">Error probability while all is well, in (0, 1).</param>
    /// <param name="bad">Error probability that is to be noticed, in (0, 1), other than the good one.</param>
    public static double ThresholdFor(double runLength, double good, double bad)
    {
        double low = 0.0;
        double high = GreatestThreshold;
        for (int i = 0; i < Halvings; i++)
        {
            double middle = 0.5 * (low + high);
            if (RunLength(middle, good, bad) < runLength)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    /// <summary>Adds a trial.</summary>
    /// <returns>Whether this is an alarm; the caller resets after it.</returns>
    public bool Observe(bool error, double good, double bad)
    {
        _sum = PortableMath.Max(0.0, _sum + SequentialTest.LogLikelihoodRatio(error, good, bad));
        return Alarm;
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => _sum = 0.0;

    /// <summary>Writes or reads the state.</summary>
    public void Exchange(StateExchange state) => state.Value(ref _sum);
}
