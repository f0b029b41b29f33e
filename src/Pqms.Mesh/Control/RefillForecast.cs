using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Control;

/// <summary>How fast a route fills one empty place, and how old the link pairs are then; on the safe side.</summary>
/// <remarks>
/// <para>
/// With one place empty, each span makes pairs at rate L_j until it holds one, drops it after the cut-off c, and the
/// swap happens when all hold one. More empty places only help, so this rate bounds the pool's rate from below in
/// every state.
/// </para>
/// <para>
/// If everything were dropped at c after a start, cycles would be independent: with G(t) = prod(1 - e^(-L_j t)), E[T]
/// = (c - int_0^c G)/G(c), the waiting time of a chain with a synchronised cut-off (physics: 3.5). The real cut-off is
/// per pair; when success is rare the time is that between two meetings of independent alternating processes, c (1 -
/// U)/(n U) with U = prod u_j and u_j = L_j c/(1 + L_j c) the fraction of time that span j holds a pair (system
/// availability: Barlow, Proschan, 1975, ch. 7). The larger of the two needed a factor of at most 1.18 to bound all
/// Monte-Carlo runs over n = 1-16 equal spans, L c = 0.3-30. Attempts come in rounds: one round is added; so is the
/// light time of the swap order and of its outcome.
/// </para>
/// </remarks>
/// <param name="PairsPerSecond">a: rate at which one empty place is filled; 0 when a span has no memories.</param>
/// <param name="MeanAgeSeconds">Mean age of a pair at birth, in the sense of the age model.</param>
internal sealed record RefillForecast(double PairsPerSecond, double MeanAgeSeconds)
{
    /// <summary>Factor on waiting times, on the safe side of the 1.18 that the Monte-Carlo runs needed.</summary>
    public const double WaitMargin = 1.2;

    /// <summary>
    /// Factor on ages. One empty place at a time needed 1.1; pools at their capacity needed 1.4, because of several
    /// places that are empty at once all but the first get link pairs that waited. 0.1 s of age is 0.0001 of fidelity.
    /// </summary>
    public const double AgeMargin = 1.5;

    // Even, for Simpson's rule; 256 intervals integrate G to 1e-4 even where L c = 30.
    private const int Intervals = 256;

    private const double SmallProduct = 1e-4;

    /// <summary>The forecast of a route.</summary>
    /// <param name="rates">L_j of each span, pairs per second.</param>
    /// <param name="cutOffSeconds">c, above 0.</param>
    /// <param name="roundSeconds">Longest round of attempts on the route.</param>
    /// <param name="lightSeconds">Light time of the route.</param>
    public static RefillForecast Of(
        ReadOnlySpan<double> rates, double cutOffSeconds, double roundSeconds, double lightSeconds)
    {
        double smallest = Smallest(rates);
        if (!(smallest > 0.0))
        {
            return new RefillForecast(0.0, 0.0);
        }

        double complete = Complete(rates, cutOffSeconds);
        if (!(complete > 0.0))
        {
            return new RefillForecast(0.0, 0.0);
        }

        double integral = Integral(rates, cutOffSeconds);
        double synchronised = (cutOffSeconds - integral) / complete;
        double meeting = MeanMeetingTime(rates, cutOffSeconds);
        double wait = (PortableMath.Max(synchronised, meeting) * WaitMargin) + roundSeconds + (2.0 * lightSeconds);

        double last = cutOffSeconds - (integral / complete);
        double ages = 0.0;
        foreach (double rate in rates)
        {
            ages += last - MeanArrival(rate, cutOffSeconds);
        }

        double rare = 0.5 * (rates.Length - 1) * cutOffSeconds;
        double shift = rare > ages ? (rare - ages) * PortableMath.Exp(-smallest * cutOffSeconds) : 0.0;
        double passage = (rates.Length * (roundSeconds + lightSeconds)) + lightSeconds;
        return new RefillForecast(1.0 / wait, ((ages + shift) * AgeMargin) + passage);
    }

    private static double Smallest(ReadOnlySpan<double> rates)
    {
        double smallest = double.PositiveInfinity;
        foreach (double rate in rates)
        {
            smallest = PortableMath.Min(smallest, rate);
        }

        return smallest;
    }

    private static double Complete(ReadOnlySpan<double> rates, double seconds)
    {
        double product = 1.0;
        foreach (double rate in rates)
        {
            product *= -PortableMath.ExpMinus1(-rate * seconds);
        }

        return product;
    }

    private static double Integral(ReadOnlySpan<double> rates, double cutOffSeconds)
    {
        double step = cutOffSeconds / Intervals;
        double sum = Complete(rates, cutOffSeconds);
        for (int i = 1; i < Intervals; i++)
        {
            sum += (i % 2 == 0 ? 2.0 : 4.0) * Complete(rates, i * step);
        }

        return sum * step / 3.0;
    }

    private static double MeanMeetingTime(ReadOnlySpan<double> rates, double cutOffSeconds)
    {
        double all = 1.0;
        foreach (double rate in rates)
        {
            all *= rate * cutOffSeconds / (1.0 + (rate * cutOffSeconds));
        }

        return cutOffSeconds * (1.0 - all) / (rates.Length * all);
    }

    private static double MeanArrival(double rate, double cutOffSeconds)
    {
        double x = rate * cutOffSeconds;
        if (x < SmallProduct)
        {
            // Series of the line below, which cancels: c/2 - c x/12, next term 720 times smaller.
            return cutOffSeconds * (0.5 - (x / 12.0));
        }

        return (1.0 / rate) + (cutOffSeconds * PortableMath.Exp(-x) / PortableMath.ExpMinus1(-x));
    }
}
