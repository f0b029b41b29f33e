using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Mesh.Control;

/// <summary>What the planner fixed for one pool: its route's figures, its share of every span, its places.</summary>
internal sealed class PoolPlan
{
    private readonly double _stockFactor;

    public PoolPlan(ScenarioPool pool, PoolPath path, HardwareProfile profile)
    {
        Pool = pool;
        Path = path;
        Profile = profile;
        _stockFactor = profile.StockFactor;
        Noise = RouteFidelity.Noise(profile);
        Memory = DephasingMemory.Create(profile.T2Seconds);
        Model = path.Spans.Count == 0 ? null : AgeModel.Of(profile, path.Spans.Count);
        Reachable = Model is not null && Model.Estimate(0L) > pool.FidelityFloor;
        Refill = new RefillForecast(0.0, 0.0);
        SpanMemories = new int[path.Spans.Count];
    }

    public ScenarioPool Pool { get; }

    public PoolPath Path { get; }

    public HardwareProfile Profile { get; }

    public SwapNoise Noise { get; }

    public DephasingMemory Memory { get; }

    /// <summary>Age model of the route; null when the two sites are not connected.</summary>
    public AgeModel? Model { get; }

    /// <summary>Whether a pair of age 0 lies above the floor; otherwise the pool gets no memories.</summary>
    public bool Reachable { get; }

    /// <summary>Communication memories per span of the route.</summary>
    public int[] SpanMemories { get; }

    /// <summary>Storage memories at each end that belong to this pool.</summary>
    public int Storage { get; set; }

    public RefillForecast Refill { get; private set; }

    /// <summary>Predicted estimate at birth, 0 without a route.</summary>
    public double FreshFidelity => Model?.Estimate(Refill.MeanAgeSeconds) ?? 0.0;

    /// <summary>Pairs per second that keep the planned slots standing; the weight of the pool's shares.</summary>
    public double Upkeep => Reachable ? Pool.Slots / (Model!.LongestAge(Pool.FidelityFloor) * 1e-9) : 0.0;

    /// <summary>Seconds that a fresh pair is predicted to stay at or above a fidelity.</summary>
    public double LifetimeSeconds(double fidelity)
    {
        double left = Model is null ? 0.0 : (Model.LongestAge(fidelity) * 1e-9) - Refill.MeanAgeSeconds;
        return left > 0.0 ? left : 0.0;
    }

    /// <summary>K: places to keep filled for a number of granted slots, never below what the scenario plans.</summary>
    public int TargetFor(int slots)
    {
        int most = slots > Pool.Slots ? slots : Pool.Slots;

        // The subtraction keeps 1.1 x 10 at 11: the factor is a decimal figure.
        double wanted = PortableMath.Ceiling((_stockFactor * most) - 1e-9);
        return wanted < Storage ? (int)wanted : Storage;
    }

    /// <summary>Predicts the refill once the shares are known.</summary>
    public void Predict()
    {
        double[] rates = new double[SpanMemories.Length];
        double surplus = 0.0;
        long longest = 0;
        for (int i = 0; i < rates.Length; i++)
        {
            SpanFigures span = Path.Spans[i];
            rates[i] = SpanMemories[i] == 0 ? 0.0 : span.SuccessRate(SpanMemories[i]);
            longest = span.RoundNanoseconds > longest ? span.RoundNanoseconds : longest;
            surplus += SpanMemories[i] > 1 ? 0.5 * (SpanMemories[i] - 1) * span.SuccessProbability : 0.0;
        }

        if (Reachable)
        {
            // A round brings a second pair with probability (m - 1)p/2; it waits half the cut-off on average.
            RefillForecast refill = RefillForecast.Of(
                rates, Profile.LinkCutOffSeconds, longest * 1e-9, Path.LightNanoseconds * 1e-9);
            double waited = 0.5 * Profile.LinkCutOffSeconds * surplus;
            Refill = refill with { MeanAgeSeconds = refill.MeanAgeSeconds + waited };
        }
    }
}

/// <summary>The fixed facts of a pool's route.</summary>
/// <param name="Spans">Figures of each span, in order; empty when the sites are not connected.</param>
/// <param name="SpanIndices">Positions of the spans in the network.</param>
/// <param name="EndSites">Positions of the two end sites in the network.</param>
/// <param name="Meters">Fibre along the route.</param>
/// <param name="LightNanoseconds">Light time along the route.</param>
internal sealed record PoolPath(
    IReadOnlyList<SpanFigures> Spans,
    IReadOnlyList<int> SpanIndices,
    IReadOnlyList<int> EndSites,
    double Meters,
    long LightNanoseconds);
