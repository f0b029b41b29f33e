using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Routing;

/// <summary>The route of a pool, chosen by rate under a floor of fidelity.</summary>
/// <param name="Position">Position of the route among the candidates.</param>
/// <param name="Route">The route.</param>
/// <param name="Plan">Purification that it needs, without rounds if none; holds fidelity, cost and rate.</param>
internal sealed record RouteOffer(int Position, MeshRoute Route, PurificationPlan Plan);

/// <summary>Chooses among candidate routes, such as those of <see cref="RouteFinder.KShortest"/>.</summary>
internal static class RouteChoice
{
    /// <summary>The fastest route that reaches a floor; where none does, the one that purifies most cheaply.</summary>
    /// <remarks>
    /// The rate of a route is that of its slowest span times the success of all swaps. Candidates that reach the floor
    /// without purification are compared by rate; only if there is none, all are compared by raw pairs per delivered
    /// pair. Ties go to the earlier candidate.
    /// </remarks>
    /// <param name="candidates">Routes between the same ends, best first.</param>
    /// <param name="outlook">What is expected of all spans and sites.</param>
    /// <param name="floor">Least predicted fidelity of a fresh pair, in (0, 1].</param>
    /// <param name="maxRounds">
    /// Most rounds of purification on links and again on end-to-end pairs, 0 to
    /// <see cref="PurificationPlan.MaxRounds"/>; 0 for none.
    /// </param>
    /// <returns>Null when no candidate reaches the floor in any way.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static RouteOffer? Best(
        IReadOnlyList<MeshRoute> candidates, RouteOutlook outlook, double floor, int maxRounds)
    {
        PurificationPlan.CheckFloor(floor);
        RouteOffer? fastest = null;
        RouteOffer? cheapest = null;
        for (int i = 0; i < candidates.Count; i++)
        {
            if (PurificationPlan.For(candidates[i], outlook, floor, maxRounds) is not { } plan)
            {
                continue;
            }

            // Without rounds a plan is the cheapest there is, so For gives it whenever it reaches the floor.
            var offer = new RouteOffer(i, candidates[i], plan);
            bool isPlain = plan.LinkRounds == 0 && plan.EndRounds == 0;
            if (isPlain && (fastest is null || plan.PairsPerSecond > fastest.Plan.PairsPerSecond))
            {
                fastest = offer;
            }

            cheapest = cheapest is null || plan.RawPairs < cheapest.Plan.RawPairs ? offer : cheapest;
        }

        return fastest ?? cheapest;
    }
}
