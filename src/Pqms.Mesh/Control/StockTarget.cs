using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Control;

/// <summary>How many places a pool should keep filled, from demand, the time a refill takes, and two costs.</summary>
/// <remarks>
/// The newsvendor's rule: one place more pays while the probability that it is missed, times the cost of a miss, is
/// above the cost of keeping it (Arrow, Harris, Marschak, Econometrica 19, 250, 1951). Demand over the lead time is
/// Poisson.
/// </remarks>
internal static class StockTarget
{
    // 40 standard deviations and 40 above: what lies beyond has less probability than a double can hold.
    private const double TailDeviations = 40.0;

    /// <summary>Places to keep filled.</summary>
    /// <param name="takesPerSecond">Forecast demand, at least 0.</param>
    /// <param name="leadSeconds">Time until a taken pair is replaced, at least 0.</param>
    /// <param name="missCost">Cost of a request that finds no pair, in upkeep of one pair for one second.</param>
    /// <param name="reservedPlaces">K that granted and planned reservations need; never undercut.</param>
    /// <param name="storage">Places there are.</param>
    public static int Of(
        double takesPerSecond, double leadSeconds, double missCost, int reservedPlaces, int storage)
    {
        int wanted = Newsvendor(takesPerSecond * leadSeconds, CriticalRatio(missCost, leadSeconds), storage);
        int most = wanted > reservedPlaces ? wanted : reservedPlaces;
        return most < storage ? most : storage;
    }

    /// <summary>missCost/(missCost + upkeep): probability with which demand should be met.</summary>
    /// <param name="missCost">Cost of a miss, at least 0.</param>
    /// <param name="upkeepCost">Cost of keeping one place more for the lead time, in the same unit, at least 0.</param>
    /// <returns>In [0, 1]; 0 when neither costs anything.</returns>
    public static double CriticalRatio(double missCost, double upkeepCost)
    {
        double sum = missCost + upkeepCost;
        return sum > 0.0 ? missCost / sum : 0.0;
    }

    /// <summary>The least K with P(N &lt;= K) at least a ratio, N Poisson; at most a bound.</summary>
    /// <remarks>
    /// Terms are taken relative to the mode, so nothing underflows for great means; work is O(sqrt(mean)). A ratio of 0
    /// gives 0, of 1 the bound. No demand needs no place.
    /// </remarks>
    /// <param name="mean">Mean demand, at least 0.</param>
    /// <param name="ratio">In [0, 1].</param>
    /// <param name="most">Greatest answer.</param>
    public static int Newsvendor(double mean, double ratio, int most)
    {
        if (!(mean > 0.0) || !(ratio > 0.0))
        {
            return 0;
        }

        double width = (TailDeviations * PortableMath.Sqrt(mean)) + TailDeviations;
        if (ratio >= 1.0 || mean - width > most)
        {
            return most;
        }

        double mode = PortableMath.Floor(mean);
        double below = 0.0;
        double term = 1.0;
        double first = mode;
        while (first > 0.0 && first > mean - width)
        {
            term *= first / mean;
            below += term;
            first -= 1.0;
        }

        double all = below + 1.0;
        double last = mode;
        term = 1.0;
        while (last < mean + width)
        {
            last += 1.0;
            term *= mean / last;
            all += term;
        }

        return Least(mean, ratio * all, below, mode, most);
    }

    /// <summary>Walks from the mode to the least K whose sum of terms, relative to the mode, reaches a part.</summary>
    private static int Least(double mean, double part, double below, double mode, int most)
    {
        double k = mode;
        double term = 1.0;
        double sum = below + 1.0;
        while (sum < part)
        {
            k += 1.0;
            term *= mean / k;
            double next = sum + term;
            if (!(next > sum))
            {
                break;
            }

            sum = next;
        }

        while (k > 0.0 && sum - term >= part)
        {
            sum -= term;
            term *= k / mean;
            k -= 1.0;
        }

        return k < most ? (int)k : most;
    }
}
