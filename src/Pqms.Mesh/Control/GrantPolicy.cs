namespace Pqms.Mesh.Control;

/// <summary>What a grant is asked for, together with everything granted for the same time.</summary>
/// <param name="Slots">Slots standing at once, the new ones included.</param>
/// <param name="FidelityMin">Least estimate wanted.</param>
/// <param name="CoherenceMinSeconds">Least lifetime wanted, s.</param>
/// <param name="TakesPerMinute">Takes admitted at once, the new ones included.</param>
/// <param name="BlockSeconds">Seconds between blocks: a pair must outlive the way from an order to a use.</param>
internal readonly record struct GrantQuestion(
    int Slots, double FidelityMin, double CoherenceMinSeconds, long TakesPerMinute, int BlockSeconds);

/// <summary>The rules of a grant, in order; reads estimates and plans only.</summary>
internal static class GrantPolicy
{
    private const double SecondsPerMinute = 60.0;

    /// <summary>The outcome with the figures it rests on.</summary>
    /// <remarks>
    /// Out of reach: a fresh pair is not predicted above the class floor, or more is asked than the floor, which is
    /// all that a pool guarantees. Too short: a fresh pair lives less than two blocks and the herald, or less than was
    /// asked. Exhausted: P(standing at least slots) below 0.99 with a reduced by the admitted takes.
    /// </remarks>
    public static GrantForecast Decide(PoolPlan plan, in GrantQuestion question)
    {
        double fresh = plan.FreshFidelity;
        double floor = plan.Pool.FidelityFloor;
        int links = plan.Links;
        double rate = plan.Refill.PairsPerSecond - (question.TakesPerMinute / SecondsPerMinute);
        rate = rate > 0.0 ? rate : 0.0;
        if (!plan.Reachable || fresh <= floor || question.FidelityMin > floor)
        {
            return new GrantForecast(GrantOutcome.FidelityOutOfReach, fresh, 0.0, rate, 0.0, links);
        }

        double lifetime = plan.LifetimeSeconds(floor);
        double shortest = (2.0 * question.BlockSeconds) + (plan.LightNanoseconds * 1e-9);
        double standing = GrantFormula.Standing(rate * lifetime, plan.TargetFor(question.Slots), question.Slots);
        GrantOutcome outcome = GrantOutcome.Granted;
        if (lifetime < shortest || lifetime < question.CoherenceMinSeconds)
        {
            outcome = GrantOutcome.CoherenceTooShort;
        }
        else if (standing < GrantFormula.LeastStandingProbability)
        {
            outcome = GrantOutcome.PoolExhausted;
        }

        return new GrantForecast(outcome, fresh, lifetime, rate, standing, links);
    }
}
