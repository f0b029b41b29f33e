using Pqms.Mesh.Control;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh;

/// <summary>What a scenario's pools can promise, before and without running it.</summary>
/// <remarks>
/// A figure here is a lower bound on what the mesh then does; see the remarks of the formulas. Each call plans the
/// scenario anew, some milliseconds: callers keep the results.
/// </remarks>
public static class MeshPlanner
{
    /// <summary>Greatest capacity the ledger can book: 15 bits of a calendar lane.</summary>
    public const int MaxCapacitySlots = 0x7fff;

    /// <summary>The decision on a first request, on a mesh that has granted nothing yet.</summary>
    /// <param name="scenario">A checked scenario.</param>
    /// <param name="poolIndex">0-based; outside gives <see cref="GrantOutcome.UnknownPool"/>.</param>
    /// <param name="slots">Slots wanted, at least 1.</param>
    /// <param name="fidelityMin">Least estimate of a standing pair, in (0.5, 1].</param>
    /// <param name="coherenceMinSeconds">Least lifetime of a fresh pair above the floor, s.</param>
    /// <param name="takesPerMinute">Entitlement to takes, which counts as load; 0 unless given.</param>
    public static GrantForecast Forecast(
        Scenario scenario,
        int poolIndex,
        int slots,
        double fidelityMin,
        double coherenceMinSeconds,
        int takesPerMinute = 0)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        if (poolIndex < 0 || poolIndex >= scenario.Pools.Count)
        {
            return new GrantForecast(GrantOutcome.UnknownPool, 0.0, 0.0, 0.0, 0.0, 0);
        }

        GrantQuestion question = new(slots, fidelityMin, coherenceMinSeconds, takesPerMinute, scenario.BlockSeconds);
        return GrantPolicy.Decide(MeshPlan.Of(scenario).Pools[poolIndex], question);
    }

    /// <summary>Slots that a pool can keep standing with probability 0.99, all booked at once and no takes.</summary>
    /// <remarks>Pools own their shares of spans and storage, so all pools can carry their capacity together.</remarks>
    /// <param name="scenario">A checked scenario.</param>
    /// <param name="poolIndex">0-based.</param>
    /// <returns>0 to <see cref="MaxCapacitySlots"/>; 0 when the floor is out of reach.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scenario has no such pool.</exception>
    public static int CapacitySlots(Scenario scenario, int poolIndex)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentOutOfRangeException.ThrowIfNegative(poolIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(poolIndex, scenario.Pools.Count);
        PoolPlan plan = MeshPlan.Of(scenario).Pools[poolIndex];
        int enough = 0;
        int tooMany = MaxCapacitySlots + 1;
        while (tooMany - enough > 1)
        {
            int middle = enough + ((tooMany - enough) / 2);
            GrantQuestion question = new(middle, plan.Pool.FidelityFloor, 0.0, 0, scenario.BlockSeconds);
            if (GrantPolicy.Decide(plan, question).Outcome == GrantOutcome.Granted)
            {
                enough = middle;
            }
            else
            {
                tooMany = middle;
            }
        }

        return enough;
    }
}
