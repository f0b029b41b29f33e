using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Control;

/// <summary>The planner's division of the hardware: each pool owns its memories, so pools share no state.</summary>
internal sealed class MeshPlan
{
    private MeshPlan(Scenario scenario, MeshNetwork network, PoolPlan[] pools)
    {
        Scenario = scenario;
        Network = network;
        Pools = pools;
    }

    public Scenario Scenario { get; }

    public MeshNetwork Network { get; }

    public IReadOnlyList<PoolPlan> Pools { get; }

    /// <summary>By name of a virtual quantum network and span, the memories that its standby pools divide.</summary>
    public required SortedDictionary<string, int[]> Slices { get; init; }

    /// <summary>By name of a virtual quantum network and span, the memories that its on-demand pools share.</summary>
    public required SortedDictionary<string, int[]> CommonMemories { get; init; }

    public static MeshPlan Of(Scenario scenario)
    {
        MeshNetwork network = MeshTopology.Build(scenario);
        PoolPlan[] pools = new PoolPlan[scenario.Pools.Count];
        for (int i = 0; i < pools.Length; i++)
        {
            PoolPath? path = network.Route(i) is { } route ? PoolPath.Of(route, scenario) : null;
            bool mayChange = scenario.Pools[i].Settings.Mode == PoolMode.Standby;
            PoolPath? backup = mayChange && network.Backup(i) is { } other ? PoolPath.Of(other, scenario) : null;
            pools[i] = new PoolPlan(scenario.Pools[i], path, backup, scenario);
        }

        var slices = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        var common = new SortedDictionary<string, int[]>(StringComparer.Ordinal);
        SpanDivision.Divide(network, scenario, pools, slices, common);
        DivideStorage(network, scenario, pools);
        foreach (PoolPlan pool in pools)
        {
            pool.Predict();
        }

        return new MeshPlan(scenario, network, pools) { Slices = slices, CommonMemories = common };
    }

    /// <summary>Divides whole units in proportion to weights; each positive weight gets one first.</summary>
    /// <remarks>
    /// Largest remainder on what is left after the first round; ties go to the lower position. With fewer units than
    /// weights the greatest weights get one each.
    /// </remarks>
    internal static int[] Divide(int units, ReadOnlySpan<double> weights)
    {
        int[] shares = new int[weights.Length];
        double sum = 0.0;
        int claimants = 0;
        foreach (double weight in weights)
        {
            sum += weight;
            claimants += weight > 0.0 ? 1 : 0;
        }

        double[] claims = new double[weights.Length];
        int spare = units > claimants ? units - claimants : 0;
        int left = units;
        for (int i = 0; i < weights.Length; i++)
        {
            double exact = weights[i] > 0.0 ? spare * (weights[i] / sum) : 0.0;
            shares[i] = weights[i] > 0.0 && units >= claimants ? 1 + (int)exact : 0;
            claims[i] = units >= claimants ? exact - (int)exact : weights[i];
            left -= shares[i];
        }

        while (left > 0 && claimants > 0)
        {
            int best = Greatest(claims);
            if (claims[best] <= 0.0)
            {
                break;
            }

            shares[best]++;
            claims[best] = 0.0;
            left--;
        }

        return shares;
    }

    private static int Greatest(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
        {
            best = values[i] > values[best] ? i : best;
        }

        return best;
    }

    private static void DivideStorage(MeshNetwork network, Scenario scenario, PoolPlan[] pools)
    {
        foreach (PoolPlan pool in pools)
        {
            pool.Storage = pool.Reachable ? int.MaxValue : 0;
        }

        for (int site = 0; site < network.Sites.Count; site++)
        {
            DivideStorageAt(site, scenario.ProfileOf(site).StorageMemoriesPerEndNode, pools);
        }
    }

    /// <summary>Divides a site's storage as spans are divided: among networks by plan, then within each.</summary>
    private static void DivideStorageAt(int site, int units, PoolPlan[] pools)
    {
        List<string> networks = [];
        List<double> claims = [];
        foreach (PoolPlan pool in pools)
        {
            if (EndsAt(pool, site))
            {
                int at = networks.IndexOf(pool.Settings.Vqn);
                if (at < 0)
                {
                    at = networks.Count;
                    networks.Add(pool.Settings.Vqn);
                    claims.Add(0.0);
                }

                claims[at] += pool.Pool.Slots;
            }
        }

        int[] slices = Divide(units, claims.ToArray());
        double[] weights = new double[pools.Length];
        for (int k = 0; k < slices.Length; k++)
        {
            for (int i = 0; i < pools.Length; i++)
            {
                bool belongs = pools[i].Reachable && EndsAt(pools[i], site)
                    && string.Equals(pools[i].Settings.Vqn, networks[k], StringComparison.Ordinal);
                weights[i] = belongs ? pools[i].Pool.Slots : 0.0;
            }

            int[] shares = Divide(slices[k], weights);
            for (int i = 0; i < pools.Length; i++)
            {
                pools[i].Storage = weights[i] > 0.0 && shares[i] < pools[i].Storage ? shares[i] : pools[i].Storage;
            }
        }
    }

    private static bool EndsAt(PoolPlan pool, int site) =>
        pool.Path is { } path && (path.Nodes[0] == site || path.Nodes[^1] == site);
}
