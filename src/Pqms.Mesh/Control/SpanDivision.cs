using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Control;

/// <summary>The first division of every span's memories, before anything was observed.</summary>
/// <remarks>
/// First among the virtual quantum networks that cross the span, by their routes, planned slots and weights alone,
/// whether they can make use of it or not, so that nothing that happens in one of them changes another; then among the
/// pools of each in proportion to their upkeep. What falls to the on-demand pools of a network is common to them.
/// </remarks>
internal static class SpanDivision
{
    /// <summary>Sets every standby pool's memories per span.</summary>
    /// <param name="network">The network.</param>
    /// <param name="scenario">Its scenario.</param>
    /// <param name="pools">Pools with their routes.</param>
    /// <param name="slices">Gets, by network name and span, the memories of its standby pools.</param>
    /// <param name="common">Gets, by network name and span, the memories that its on-demand pools share.</param>
    public static void Divide(
        MeshNetwork network,
        Scenario scenario,
        PoolPlan[] pools,
        SortedDictionary<string, int[]> slices,
        SortedDictionary<string, int[]> common)
    {
        foreach (PoolPlan pool in pools)
        {
            slices.TryAdd(pool.Settings.Vqn, new int[network.Spans.Count]);
            common.TryAdd(pool.Settings.Vqn, new int[network.Spans.Count]);
        }

        List<(int Pool, int Position)>[] crossings = Crossings(network.Spans.Count, pools);
        for (int span = 0; span < crossings.Length; span++)
        {
            if (crossings[span].Count > 0)
            {
                int memories = RoutePlanner.MemoriesOf(scenario, network.Spans[span]);
                DivideSpan(span, memories, crossings[span], pools, slices, common);
            }
        }
    }

    private static void DivideSpan(
        int span,
        int memories,
        List<(int Pool, int Position)> crossing,
        PoolPlan[] pools,
        SortedDictionary<string, int[]> sums,
        SortedDictionary<string, int[]> common)
    {
        List<string> networks = [];
        foreach ((int pool, _) in crossing)
        {
            string vqn = pools[pool].Settings.Vqn;
            if (!networks.Contains(vqn))
            {
                networks.Add(vqn);
            }
        }

        double[] slices = new double[networks.Count];
        foreach ((int pool, _) in crossing)
        {
            slices[networks.IndexOf(pools[pool].Settings.Vqn)] += pools[pool].Pool.Slots * pools[pool].Settings.Weight;
        }

        int[] units = MeshPlan.Divide(memories, slices);
        for (int i = 0; i < units.Length; i++)
        {
            int shared = DivideSlice(units[i], networks[i], crossing, pools);
            sums[networks[i]][span] = units[i] - shared;
            common[networks[i]][span] = shared;
        }
    }

    private static int DivideSlice(int units, string vqn, List<(int Pool, int Position)> crossing, PoolPlan[] pools)
    {
        double[] weights = new double[crossing.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            PoolPlan plan = pools[crossing[i].Pool];
            bool belongs = string.Equals(plan.Settings.Vqn, vqn, StringComparison.Ordinal);
            weights[i] = belongs && crossing[i].Position >= 0 ? plan.Upkeep : 0.0;
        }

        int[] shares = MeshPlan.Divide(units, weights);
        int common = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            PoolPlan plan = pools[crossing[i].Pool];
            if (plan.Settings.Mode == PoolMode.OnDemand)
            {
                common += shares[i];
            }
            else if (weights[i] > 0.0)
            {
                plan.SpanMemories[crossing[i].Position] = shares[i];
            }
        }

        return common;
    }

    // Back-up routes, with position -1, count for the slice of their network but get nothing at first.
    private static List<(int Pool, int Position)>[] Crossings(int spans, PoolPlan[] pools)
    {
        var crossings = new List<(int Pool, int Position)>[spans];
        for (int span = 0; span < spans; span++)
        {
            crossings[span] = [];
        }

        for (int pool = 0; pool < pools.Length; pool++)
        {
            for (int i = 0; i < pools[pool].Links; i++)
            {
                crossings[pools[pool].Path!.SpanIndices[i]].Add((pool, i));
            }

            foreach (int span in pools[pool].Backup?.SpanIndices ?? [])
            {
                crossings[span].Add((pool, -1));
            }
        }

        return crossings;
    }
}
