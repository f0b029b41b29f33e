using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Control;

/// <summary>The first division of every span's memories, before anything was observed.</summary>
/// <remarks>
/// First among the virtual quantum networks that cross the span, by their planned slots and weights alone, so that
/// nothing that happens in one of them changes another; then among the pools of each in proportion to their upkeep.
/// What falls to on-demand pools is common to all of them.
/// </remarks>
internal static class SpanDivision
{
    /// <summary>Sets every standby pool's memories per span.</summary>
    /// <returns>Per span the memories that on-demand pools share.</returns>
    public static int[] Divide(MeshNetwork network, Scenario scenario, PoolPlan[] pools)
    {
        int[] common = new int[network.Spans.Count];
        List<(int Pool, int Position)>[] crossings = Crossings(network.Spans.Count, pools);
        for (int span = 0; span < common.Length; span++)
        {
            if (crossings[span].Count > 0)
            {
                int memories = PoolPath.MemoriesOf(scenario, network.Spans[span]);
                common[span] = DivideSpan(memories, crossings[span], pools);
            }
        }

        return common;
    }

    private static int DivideSpan(int memories, List<(int Pool, int Position)> crossing, PoolPlan[] pools)
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
        int common = 0;
        for (int i = 0; i < units.Length; i++)
        {
            common += DivideSlice(units[i], networks[i], crossing, pools);
        }

        return common;
    }

    private static int DivideSlice(int units, string vqn, List<(int Pool, int Position)> crossing, PoolPlan[] pools)
    {
        double[] weights = new double[crossing.Count];
        for (int i = 0; i < weights.Length; i++)
        {
            PoolPlan plan = pools[crossing[i].Pool];
            bool belongs = string.Equals(plan.Settings.Vqn, vqn, StringComparison.Ordinal);
            weights[i] = belongs ? plan.Upkeep : 0.0;
        }

        int[] shares = MeshPlan.Divide(units, weights);
        int common = 0;
        for (int i = 0; i < shares.Length; i++)
        {
            PoolPlan plan = pools[crossing[i].Pool];
            if (weights[i] > 0.0 && plan.Settings.Mode == PoolMode.Standby)
            {
                plan.SpanMemories[crossing[i].Position] = shares[i];
            }
            else
            {
                common += shares[i];
            }
        }

        return common;
    }

    private static List<(int Pool, int Position)>[] Crossings(int spans, PoolPlan[] pools)
    {
        var crossings = new List<(int Pool, int Position)>[spans];
        for (int span = 0; span < spans; span++)
        {
            crossings[span] = [];
        }

        for (int pool = 0; pool < pools.Length; pool++)
        {
            for (int i = 0; pools[pool].Reachable && i < pools[pool].Links; i++)
            {
                crossings[pools[pool].Path!.SpanIndices[i]].Add((pool, i));
            }
        }

        return crossings;
    }
}
