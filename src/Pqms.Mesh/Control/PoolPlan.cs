using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Mesh.Control;

/// <summary>What the planner fixed for one pool: its route's figures, its share of every span, its places.</summary>
internal sealed class PoolPlan
{
    private readonly double _stockFactor;
    private readonly double[] _rawPairs;

    public PoolPlan(ScenarioPool pool, PoolPath? path, PoolPath? backup, Scenario scenario)
    {
        Pool = pool;
        Path = path;
        Backup = backup;
        Profile = scenario.Profile;
        _stockFactor = Profile.StockFactor;
        Rule = RuleOf(pool.Settings.Purify, Profile);
        Refill = new RefillForecast(0.0, 0.0);
        SpanMemories = new int[path?.Spans.Length ?? 0];
        _rawPairs = [];
        if (path is not null)
        {
            (BellDiagonal fresh, _rawPairs) = path.Predict(pool.Settings.Purify.LinkRounds, Rule);
            Model = new AgeModel(fresh, path.Memory);

            // A pair that lives for less than a tick is no stock, and its upkeep would be infinite.
            Reachable = pool.Settings.CutOff != CutOffKind.Floor
                || (Model.Estimate(0L) > pool.FidelityFloor && Model.LongestAge(pool.FidelityFloor) > 0L);
        }
    }

    public ScenarioPool Pool { get; }

    public PoolSettings Settings => Pool.Settings;

    /// <summary>The route; null when the two sites are not connected.</summary>
    public PoolPath? Path { get; }

    /// <summary>The route that the pool may change to; null for none.</summary>
    public PoolPath? Backup { get; }

    /// <summary>The routes that pairs can take, the first one first; none when the floor is out of reach.</summary>
    public IReadOnlyList<PoolPath> Routes => !Reachable ? [] : Backup is null ? [Path!] : [Path!, Backup];

    public HardwareProfile Profile { get; }

    public PurificationRule Rule { get; }

    /// <summary>Age model of the route; null when the two sites are not connected.</summary>
    public AgeModel? Model { get; }

    /// <summary>Whether a pair of age 0 lies above the floor; otherwise the pool gets no memories.</summary>
    public bool Reachable { get; }

    /// <summary>Communication memories per span of the route; none of an on-demand pool's own.</summary>
    public int[] SpanMemories { get; }

    /// <summary>Storage memories at each end that belong to this pool.</summary>
    public int Storage { get; set; }

    public RefillForecast Refill { get; private set; }

    /// <summary>Spans of the route.</summary>
    public int Links => Path?.Spans.Length ?? 0;

    /// <summary>Light time of the route; 0 without one.</summary>
    public long LightNanoseconds => Path?.LightNanoseconds ?? 0;

    /// <summary>Predicted estimate at birth, 0 without a route.</summary>
    public double FreshFidelity => Model?.Estimate(Refill.MeanAgeSeconds) ?? 0.0;

    /// <summary>Pairs per second that keep the planned slots standing and the demand served; weight of the
    /// shares.</summary>
    public double Upkeep => Reachable ? (StandingUpkeep + DemandRate) * Settings.Weight : 0.0;

    /// <summary>Mean rate of the scenario's own requests.</summary>
    public double DemandRate => Settings.Demand.IsProbe ? 0.0 : Settings.Demand.Kind switch
    {
        DemandKind.Poisson => Settings.Demand.RatePerSecond,
        DemandKind.Slotted => Settings.Demand.Probability / Settings.Demand.SlotSeconds,
        _ => 0.0,
    };

    /// <summary>Pairs per second that keep the planned slots standing.</summary>
    public double StandingUpkeep => Settings.Mode == PoolMode.OnDemand || !Reachable ? 0.0 : Pool.Slots / LongestLife;

    private double LongestLife => Settings.CutOff == CutOffKind.Floor
        ? Model!.LongestAge(Pool.FidelityFloor) * 1e-9
        : Settings.CutOffSeconds;

    /// <summary>Seconds that a fresh pair is predicted to stay at or above a fidelity.</summary>
    public double LifetimeSeconds(double fidelity)
    {
        double left = Model is null ? 0.0 : (Model.LongestAge(fidelity) * 1e-9) - Refill.MeanAgeSeconds;
        left = left > 0.0 ? left : 0.0;
        return Settings.CutOff == CutOffKind.Floor ? left : PortableMath.Min(left, Settings.CutOffSeconds);
    }

    /// <summary>K: places to keep filled for a number of granted slots, never below what the scenario plans.</summary>
    public int TargetFor(int slots)
    {
        if (Settings.Mode == PoolMode.OnDemand)
        {
            return 0;
        }

        int planned = Settings.Places is null && slots < Pool.Slots ? Pool.Slots : slots;

        // The subtraction keeps 1.1 x 10 at 11: the factor is a decimal figure.
        double wanted = PortableMath.Ceiling((_stockFactor * planned) - 1e-9);
        wanted = PortableMath.Max(wanted, Settings.Places ?? 0);
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
            SpanFigures span = Path!.Spans[i];
            rates[i] = SpanMemories[i] == 0 ? 0.0 : span.SuccessRate(SpanMemories[i]) / _rawPairs[i];
            longest = span.RoundNanoseconds > longest ? span.RoundNanoseconds : longest;
            surplus += SpanMemories[i] > 1 ? 0.5 * (SpanMemories[i] - 1) * span.SuccessProbability : 0.0;
        }

        if (Reachable)
        {
            // A round brings a second pair with probability (m - 1)p/2; it waits half the cut-off on average.
            RefillForecast refill = RefillForecast.Of(
                rates, Profile.LinkCutOffSeconds, longest * 1e-9, LightNanoseconds * 1e-9);
            double waited = 0.5 * Profile.LinkCutOffSeconds * surplus;
            Refill = new RefillForecast(refill.PairsPerSecond * SwapsSucceed(), refill.MeanAgeSeconds + waited);
        }
    }

    /// <summary>The chain of this pool's route.</summary>
    /// <param name="path">The route: the first, or a back-up.</param>
    /// <param name="memories">Memories per span.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="entity">Key of the route's draws.</param>
    /// <param name="perAttempt">Whether every attempt is drawn.</param>
    public ChainPlan ChainOn(PoolPath path, int[] memories, ulong seed, ulong entity, bool perAttempt) => new()
    {
        Seed = seed,
        Entity = entity,
        Spans = path.Spans,
        Memories = memories,
        Noise = path.Noise,
        SwapSuccess = path.SwapSuccess,
        Sides = path.Sides,
        InfidelitySpread = path.InfidelitySpread,
        LightNanoseconds = path.LightNanoseconds,
        CutOffNanoseconds = SpanFigures.ToNanoseconds(Profile.LinkCutOffSeconds),
        SwapOrder = Settings.SwapOrder,
        LinkRounds = Settings.Purify.LinkRounds,
        Rule = Rule,
        PerAttempt = perAttempt,
    };

    private static PurificationRule RuleOf(PurifySettings purify, HardwareProfile profile) =>
        new(purify.Protocol, PurificationNoise.FromFidelities(profile.GateFidelity, profile.ReadoutFidelity));

    private double SwapsSucceed()
    {
        double all = 1.0;
        for (int node = 1; node < Links; node++)
        {
            all *= Path!.SwapSuccess[node];
        }

        return all;
    }
}
