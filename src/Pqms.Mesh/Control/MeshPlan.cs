using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;

namespace Pqms.Mesh.Control;

/// <summary>The planner's division of the hardware: each pool owns its memories, so pools share no state.</summary>
internal sealed class MeshPlan
{
    private MeshPlan(Scenario scenario, PoolPlan[] pools)
    {
        Scenario = scenario;
        Pools = pools;
    }

    public Scenario Scenario { get; }

    public IReadOnlyList<PoolPlan> Pools { get; }

    public static MeshPlan Of(Scenario scenario)
    {
        MeshNetwork network = MeshTopology.Build(scenario);
        PoolPlan[] pools = new PoolPlan[scenario.Pools.Count];
        for (int i = 0; i < pools.Length; i++)
        {
            pools[i] = new PoolPlan(scenario.Pools[i], PathOf(network.Route(i), scenario.Profile), scenario.Profile);
        }

        DivideSpans(network, scenario.Profile, pools);
        DivideStorage(network, scenario.Profile, pools);
        foreach (PoolPlan pool in pools)
        {
            pool.Predict();
        }

        return new MeshPlan(scenario, pools);
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

    private static PoolPath PathOf(MeshRoute? route, HardwareProfile profile)
    {
        if (route is null)
        {
            return new PoolPath([], [], [], 0.0, 0);
        }

        SpanFigures[] spans = new SpanFigures[route.Spans.Count];
        int[] indices = new int[spans.Length];
        for (int i = 0; i < spans.Length; i++)
        {
            spans[i] = SpanFigures.Of(route.Spans[i], profile);
            indices[i] = route.Spans[i].Index;
        }

        int[] ends = [route.SiteIndices[0], route.SiteIndices[^1]];
        return new PoolPath(spans, indices, ends, route.Meters, SpanFigures.LightNanoseconds(route.Meters));
    }

    private static void DivideSpans(MeshNetwork network, HardwareProfile profile, PoolPlan[] pools)
    {
        double[] weights = new double[pools.Length];
        for (int span = 0; span < network.Spans.Count; span++)
        {
            for (int i = 0; i < pools.Length; i++)
            {
                weights[i] = PositionOf(pools[i].Path.SpanIndices, span) >= 0 ? pools[i].Upkeep : 0.0;
            }

            int[] shares = Divide(profile.CommunicationMemoriesPerLinkEnd, weights);
            for (int i = 0; i < pools.Length; i++)
            {
                if (weights[i] > 0.0)
                {
                    pools[i].SpanMemories[PositionOf(pools[i].Path.SpanIndices, span)] = shares[i];
                }
            }
        }
    }

    private static void DivideStorage(MeshNetwork network, HardwareProfile profile, PoolPlan[] pools)
    {
        foreach (PoolPlan pool in pools)
        {
            pool.Storage = pool.Reachable ? profile.StorageMemoriesPerEndNode : 0;
        }

        double[] weights = new double[pools.Length];
        for (int site = 0; site < network.Sites.Count; site++)
        {
            for (int i = 0; i < pools.Length; i++)
            {
                bool ends = pools[i].Reachable && PositionOf(pools[i].Path.EndSites, site) >= 0;
                weights[i] = ends ? pools[i].Pool.Slots : 0.0;
            }

            int[] shares = Divide(profile.StorageMemoriesPerEndNode, weights);
            for (int i = 0; i < pools.Length; i++)
            {
                pools[i].Storage = weights[i] > 0.0 && shares[i] < pools[i].Storage ? shares[i] : pools[i].Storage;
            }
        }
    }

    private static int PositionOf(IReadOnlyList<int> values, int value)
    {
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] == value)
            {
                return i;
            }
        }

        return -1;
    }
}
