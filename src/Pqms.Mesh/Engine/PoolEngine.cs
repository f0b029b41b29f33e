using Pqms.Mesh.Control;
using Pqms.Mesh.Health;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Pools;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Engine;

/// <summary>One pool with its shares of the spans: an entity with its own clock, log and random streams.</summary>
/// <remarks>
/// At equal times: changed conditions, requests, attacks, path reservations, then the chain (heralds, cut-offs,
/// purified link pairs, swaps, births), expiries, places that become free, the end of seconds that are scored, windows,
/// the trace. A request thus sees the pairs that stood before; the trace comes last, as commands do.
/// </remarks>
internal sealed partial class PoolEngine : IChainOwner
{
    private const int ConditionTimer = 0;
    private const int DemandTimer = 1;
    private const int DrainTimer = 2;
    private const int SignalTimer = 3;
    private const int FirstChainTimer = 4;

    // Draws of a span are keyed by pool, route and span: 24 bits hold more spans than a scenario may have.
    private const int RouteShift = 24;

    // Counted from the chain's last timer.
    private const int ExpiryOffset = 0;
    private const int PlaceOffset = 1;
    private const int ScoreOffset = 2;
    private const int WindowOffset = 3;
    private const int TraceOffset = 4;

    private readonly PoolPlan _plan;
    private readonly EngineSettings _settings;
    private readonly EventLog _log;
    private readonly TruthProbe _probe;
    private readonly TimerHeap _timers;
    private readonly PoolStock _stock = new();
    private readonly PoolTally _tally;
    private readonly PoolDemand _demand;
    private readonly FillRamp _ramp;
    private readonly int _afterChain;
    private readonly List<Chain> _chains = [];
    private int _route;
    private long _now;
    private int _target;
    private bool _isolated;

    public PoolEngine(int index, PoolPlan plan, EngineSettings settings)
    {
        Index = index;
        _plan = plan;
        _settings = settings;
        _ramp = FillRamp.Of(plan, settings.Start, settings.WarmUpSeconds);
        _now = settings.Start;
        _log = new EventLog((uint)index, settings.Observed);
        _tally = new PoolTally(_now);
        _demand = new PoolDemand(plan.Settings.Demand, settings.Seed, (uint)index, _now);
        int spans = plan.Backup is { } other && other.Spans.Length > plan.Links ? other.Spans.Length : plan.Links;
        _afterChain = FirstChainTimer + Chain.TimersFor(spans);
        _timers = new TimerHeap(_afterChain + 5);
        foreach (PoolPath path in plan.Routes)
        {
            ulong entity = ((ulong)index << 32) | ((ulong)_chains.Count << RouteShift);
            int[] memories = _chains.Count == 0 ? plan.SpanMemories : new int[path.Spans.Length];
            _chains.Add(plan.ChainOn(path, memories, settings.Seed, entity, settings.PerAttempt).Build(this));
        }

        _probe = new TruthProbe(plan.Path?.Memory ?? default);
        _purifyChoices = new RandomStream(settings.Seed, RandomPurpose.PurifyChoice, (uint)index);
        _purifyOutcomes = new RandomStream(settings.Seed, RandomPurpose.PurifyOutcome, (uint)index);
        _lifetimes = new RandomStream(settings.Seed, RandomPurpose.Lifetime, (uint)index);
        _victims = new RandomStream(settings.Seed, RandomPurpose.LifetimeChoice, (uint)index);
        _testBases = new RandomStream(settings.Seed, RandomPurpose.TestBasis, (uint)index);
        _testOutcomes = new RandomStream(settings.Seed, RandomPurpose.TestOutcome, (uint)index);
        _spanTests = new RandomStream(settings.Seed, RandomPurpose.SpanTest, (uint)index);
        if (ActiveChain is not null && settings.Health.Share > 0.0)
        {
            double readout = plan.Profile.ReadoutFidelity;
            _health = new HealthMonitor(settings.Health, plan.FreshFidelity, readout);
            foreach (PoolPath path in plan.Routes)
            {
                _attributions.Add(new HopAttribution(path.Spans.Length, settings.Health, readout));
            }
        }

        _trace = new PoolTrace(settings.TraceOf(index), settings.EraStart);
        _timers.Set(DemandTimer, _demand.Next);
        _timers.Set(TraceTimer, _trace.Next);
        BeginConditions();
        Reschedule();
    }

    public int Index { get; }

    public EventLog Log => _log;

    /// <summary>The route that pairs take now; only asked for where there is one.</summary>
    private PoolPath Path => _plan.Routes[_route];

    private Chain? ActiveChain => _chains.Count == 0 ? null : _chains[_route];

    /// <summary>The earliest moment at which something happens here, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextTime => _timers.NextTime;

    /// <inheritdoc/>
    public int Deficit
    {
        get
        {
            if (_isolated)
            {
                return 0;
            }

            int inFlight = ActiveChain?.InFlight ?? 0;
            int wanted = IsOnDemand ? _paths.Count : _target + _demand.Waiting;
            int missing = wanted - _stock.Count - _occupied.Count - inFlight;
            return missing < 1 && Purifies && _target > 0 ? 1 - inFlight : missing;
        }
    }

    private int ExpiryTimer => _afterChain + ExpiryOffset;

    private int PlaceTimer => _afterChain + PlaceOffset;

    private int ScoreTimer => _afterChain + ScoreOffset;

    private int WindowTimer => _afterChain + WindowOffset;

    private int TraceTimer => _afterChain + TraceOffset;

    /// <summary>Carries out all events up to and including <paramref name="time"/>.</summary>
    public void AdvanceTo(long time)
    {
        while (_timers.NextTime <= time)
        {
            Step();
        }

        _now = time;
        CheckConservation();
    }

    /// <summary>Carries out the event that is due next.</summary>
    public void Step()
    {
        _now = _timers.NextTime;
        Dispatch(_timers.NextTimer);
    }

    /// <inheritdoc/>
    public void SetTimer(int timer, long time) => _timers.Set(FirstChainTimer + timer, time);

    private void Dispatch(int timer)
    {
        if (timer >= FirstChainTimer && timer < _afterChain)
        {
            ActiveChain!.Fire(timer - FirstChainTimer, _now);
            LookAtSpans();
            return;
        }

        switch (timer - _afterChain)
        {
            case ExpiryOffset:
                Expire();
                break;
            case PlaceOffset:
                FreePlaces();
                break;
            case ScoreOffset:
                Score();
                break;
            case WindowOffset:
                PassWindow();
                break;
            case TraceOffset:
                FollowTrace();
                break;
            default:
                DispatchEarly(timer);
                break;
        }
    }

    private void DispatchEarly(int timer)
    {
        switch (timer)
        {
            case ConditionTimer:
                ChangeConditions();
                break;
            case DemandTimer:
                RequestArrives();
                break;
            case DrainTimer:
                DrainOne();
                break;
            default:
                ReservePath();
                break;
        }
    }

    /// <summary>A place may have become empty: use link pairs that wait, start attempts.</summary>
    private void Refill() => ActiveChain?.Refill(_now);

    private void Retarget()
    {
        int slots = _book.SlotsToFill(_now);
        int target = _isolated || !_plan.Reachable ? 0 : _ramp.Limit(TargetFor(slots), slots, _now);
        if (target != _target)
        {
            _target = target;
            _log.Append(_now, MeshEventKind.TargetChanged, (ulong)target, (ulong)_stock.Count);
        }

        Refill();
    }

    private void CheckConservation()
    {
        if (_tally.Generated != _tally.Gone + (ulong)Held)
        {
            throw new InvalidOperationException(
                $"Pairs of pool {_plan.Pool.Name} are not conserved: {_tally.Generated} generated, "
                + $"{_tally.Delivered} delivered, {_tally.Discarded} discarded, {_tally.PurifiedAway} purified away, "
                + $"{_tally.Tested} tested, {_tally.Burnt} burnt, {Held} in stock.");
        }

        if (_tally.Delivered != _tally.Served + _tally.SetAside)
        {
            throw new InvalidOperationException(
                $"Pairs of pool {_plan.Pool.Name} went nowhere: {_tally.Delivered} delivered, {_tally.Served} to "
                + $"requests, {_tally.SetAside} to orders.");
        }

        foreach (Chain chain in _chains)
        {
            chain.CheckConservation();
        }
    }
}
