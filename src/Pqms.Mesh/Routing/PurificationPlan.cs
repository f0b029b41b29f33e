using Pqms.Mesh.Topology;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Mesh.Routing;

/// <summary>How often a route purifies before and after its swaps, and what that costs.</summary>
/// <remarks>
/// Recurrence: each round joins two pairs that have passed the round before (Deutsch et al., PRL 77, 2818, 1996), so r
/// rounds that succeed with p1 ... pr take 2^r/(p1 ... pr) pairs on average. Every span makes the same number of
/// rounds. Gates and readouts of the purification are ideal (<see cref="TwoToOne"/>), those of the swaps are
/// not; waiting for partners is not counted. So the fidelity is an upper bound and the cost a lower one.
/// </remarks>
/// <param name="LinkRounds">Rounds on the pairs of every span before the swaps; 0 for none.</param>
/// <param name="EndRounds">Rounds on end-to-end pairs after the swaps; 0 for none.</param>
/// <param name="Fidelity">Predicted fidelity of a delivered pair.</param>
/// <param name="RawPairs">Expected heralded pairs of all spans together per delivered pair.</param>
/// <param name="PairsPerSecond">Delivered pairs that the slowest span allows.</param>
internal sealed record PurificationPlan(
    int LinkRounds, int EndRounds, double Fidelity, double RawPairs, double PairsPerSecond)
{
    /// <summary>Most rounds of a kind: 8 pairs for one; beyond it the supply of any link here runs dry.</summary>
    public const int MaxRounds = 3;

    /// <summary>The plan with the fewest raw pairs that reaches a fidelity.</summary>
    /// <remarks>Between equal costs, the one with fewer rounds on the links.</remarks>
    /// <param name="route">A route.</param>
    /// <param name="outlook">What is expected of its spans and sites.</param>
    /// <param name="floor">Least fidelity, in (0, 1].</param>
    /// <param name="maxRounds">Most rounds of each kind, 0 to <see cref="MaxRounds"/>.</param>
    /// <returns>Null when no plan reaches the floor.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static PurificationPlan? For(
        MeshRoute route, RouteOutlook outlook, double floor, int maxRounds = MaxRounds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxRounds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxRounds, MaxRounds);
        CheckFloor(floor);
        PurificationPlan? best = null;
        for (int linkRounds = 0; linkRounds <= maxRounds; linkRounds++)
        {
            PurificationPlan? plan = Cheapest(route, outlook, floor, linkRounds, maxRounds);
            best = plan is not null && (best is null || plan.RawPairs < best.RawPairs) ? plan : best;
        }

        return best;
    }

    /// <summary>What given rounds predict, whatever the floor.</summary>
    public static PurificationPlan Of(MeshRoute route, RouteOutlook outlook, int linkRounds, int endRounds)
    {
        BellDiagonal[] spans = outlook.SpansOf(route);
        double raw = 0.0;
        double rate = double.MaxValue;
        for (int i = 0; i < spans.Length; i++)
        {
            (spans[i], double pairs) = Purify(spans[i], linkRounds);
            raw += pairs;
            double linkRate = outlook.SpanRates[route.Spans[i].Index] / pairs;
            rate = linkRate < rate ? linkRate : rate;
        }

        (BellDiagonal end, double ways) = Purify(RouteFidelity.Fresh(spans, outlook.SwapsOf(route)), endRounds);
        for (int k = 1; k < spans.Length; k++)
        {
            ways /= outlook.SwapSuccess;
        }

        return new PurificationPlan(linkRounds, endRounds, end.Fidelity, raw * ways, rate / ways);
    }

    internal static void CheckFloor(double floor)
    {
        if (!(floor > 0.0 && floor <= 1.0))
        {
            throw new ArgumentOutOfRangeException(nameof(floor), floor, "A floor of fidelity must lie in (0, 1].");
        }
    }

    // More end rounds cost more, so the first number that reaches the floor is the cheapest.
    private static PurificationPlan? Cheapest(
        MeshRoute route, RouteOutlook outlook, double floor, int linkRounds, int maxRounds)
    {
        for (int endRounds = 0; endRounds <= maxRounds; endRounds++)
        {
            PurificationPlan plan = Of(route, outlook, linkRounds, endRounds);
            if (plan.Fidelity >= floor)
            {
                return plan;
            }
        }

        return null;
    }

    private static (BellDiagonal State, double Pairs) Purify(BellDiagonal state, int rounds)
    {
        double pairs = 1.0;
        for (int r = 0; r < rounds; r++)
        {
            // Equal inputs succeed with at least 1/2.
            PurificationRound round = TwoToOne.Dejmps(state, state);
            state = round.State;
            pairs *= 2.0 / round.SuccessProbability;
        }

        return (state, pairs);
    }
}
