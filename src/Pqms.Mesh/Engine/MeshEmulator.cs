using System.Security.Cryptography;
using Pqms.Mesh.Control;
using Pqms.Mesh.Engine;
using Pqms.Mesh.Faults;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh;

/// <summary>The mesh: a pure function from (version, scenario, seed, ordered commands) to events.</summary>
/// <remarks>
/// Mesh time begins the scenario's warm-up before the era, and moves only by <see cref="AdvanceTo"/>; how the way is
/// cut into steps changes nothing. Reading views, totals or the state hash disturbs nothing. One writer: not safe for
/// concurrent use.
/// </remarks>
public sealed partial class MeshEmulator
{
    private const int MaxThreads = 64;
    private const int DigestBytes = 32;

    private readonly PoolEngine[] _pools;
    private readonly PoolGroup[] _groups;
    private readonly EngineSettings _settings;
    private readonly SlowLoop _slowLoop;
    private readonly EventLog _unaddressed;
    private readonly Dictionary<UInt128, Reservation> _reservations = [];
    private readonly Dictionary<UInt128, int> _orders = [];
    private readonly List<(long At, MeshReportItem Item)> _items = [];
    private readonly MeshOptions _options;
    private readonly int _blockSeconds;

    /// <summary>Builds the mesh; nothing has happened yet.</summary>
    /// <param name="scenario">A checked scenario.</param>
    /// <param name="seed">Key of all random draws; the era's seed, not necessarily the scenario's.</param>
    /// <param name="eraStart">The era's timestamp; <see cref="Now"/> begins the warm-up before it.</param>
    /// <param name="options">How to run; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">Threads outside 1 to 64.</exception>
    public MeshEmulator(Scenario scenario, ulong seed, MeshTime eraStart, MeshOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        _options = options ?? new MeshOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.Threads, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.Threads, MaxThreads, nameof(options));
        MeshPlan plan = MeshPlan.Of(scenario);
        bool observed = _options.Observer is not null;
        _blockSeconds = scenario.BlockSeconds;
        Now = new MeshTime(eraStart.Nanoseconds - MeshTime.FromSeconds(scenario.WarmUpSeconds).Nanoseconds);
        _unaddressed = new EventLog((uint)plan.Pools.Count, observed);
        _pools = new PoolEngine[plan.Pools.Count];
        EngineSettings settings = new(
            scenario,
            seed,
            Now.Nanoseconds,
            eraStart.Nanoseconds,
            observed,
            _options.PerAttempt,
            FaultPlan.Of(scenario, plan.Network, eraStart.Nanoseconds),
            new SitePower(plan.Network.Sites.Count));
        for (int i = 0; i < _pools.Length; i++)
        {
            _pools[i] = new PoolEngine(i, plan.Pools[i], settings);
        }

        _groups = PoolGroup.Of(_pools, plan);
        _settings = settings;
        _slowLoop = new SlowLoop(plan, _pools, settings);
    }

    /// <summary>The present.</summary>
    public MeshTime Now { get; private set; }

    /// <summary>Decisions, takes and settlements that wait to be drained.</summary>
    public int PendingItems
    {
        get
        {
            int pending = _items.Count;
            foreach (PoolEngine pool in _pools)
            {
                pending += pool.Items.Count;
            }

            return pending;
        }
    }

    /// <summary>Sums over all pools.</summary>
    public MeshTotals Totals
    {
        get
        {
            MeshTotals totals = new(0, 0, 0, 0, 0, 0, 0, 0, _unaddressed.Count);
            foreach (PoolEngine pool in _pools)
            {
                totals = pool.AddTo(totals);
            }

            return totals;
        }
    }

    /// <summary>Carries out everything that is due up to and including a moment.</summary>
    /// <param name="time">Not before <see cref="Now"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is in the past.</exception>
    /// <exception cref="InvalidOperationException">Pairs were lost or made from nothing: a bug.</exception>
    public void AdvanceTo(MeshTime time)
    {
        if (time < Now)
        {
            throw new ArgumentOutOfRangeException(
                nameof(time), time.Nanoseconds, $"Mesh time cannot go back; now is {Now.Nanoseconds} ns.");
        }

        while (_slowLoop.Next <= time.Nanoseconds)
        {
            PoolRunner.AdvanceTo(_groups, _slowLoop.Next, _options.Threads);
            _slowLoop.Act();
        }

        PoolRunner.AdvanceTo(_groups, time.Nanoseconds, _options.Threads);
        Now = time;
        Collect();
    }

    /// <summary>Applies a command now.</summary>
    /// <remarks>The caller has advanced to the block's time and applies its commands in log order.</remarks>
    /// <param name="command">The command.</param>
    /// <exception cref="ArgumentException">
    /// A request repeats an id, has no slots, or its window is not in whole seconds; a group has not 2 to 8 requests; a
    /// take or an order counts less than 1, or an order repeats an id. The ledger refuses all of these, so it is a bug.
    /// </exception>
    public void Apply(MeshCommand command)
    {
        switch (command)
        {
            case RequestCommand request:
                Request(request);
                break;
            case RequestGroupCommand group:
                Request(group);
                break;
            case TakeCommand take:
                Take(take);
                break;
            case ExtendCommand extend when _reservations.TryGetValue(extend.ReservationId, out Reservation? longer):
                _pools[longer.PoolIndex].Extend(longer, extend.End.Nanoseconds);
                break;
            case ProduceCommand produce:
                Produce(produce);
                break;
            case CancelProductionCommand cancel when _orders.Remove(cancel.OrderId, out int producer):
                _pools[producer].CancelProduction(cancel.OrderId);
                break;
            case ReleaseCommand when _reservations.TryGetValue(command.ReservationId, out Reservation? reservation):
                _pools[reservation.PoolIndex].Release(reservation);
                break;
            case WithdrawCommand when _reservations.TryGetValue(command.ReservationId, out Reservation? reservation):
                _pools[reservation.PoolIndex].Withdraw(reservation);
                break;
            case IsolatePoolCommand isolate when isolate.PoolIndex >= 0 && isolate.PoolIndex < _pools.Length:
                _pools[isolate.PoolIndex].Isolate(isolate.Isolated);
                break;
            case ReleaseCommand or WithdrawCommand or IsolatePoolCommand or ExtendCommand or CancelProductionCommand:
                _unaddressed.Append(Now.Nanoseconds, MeshEventKind.CommandApplied, 0, 0, command.ReservationId);
                break;
            default:
                throw new ArgumentException($"Unknown command {command}.", nameof(command));
        }

        Collect();
    }

    /// <summary>Hands over what waits, in order of time, then pool, then the pool's own order; what commands of one
    /// moment are answered comes in the order of the commands, and of the requests of a group.</summary>
    public IReadOnlyList<MeshReportItem> DrainReportItems()
    {
        List<MeshReportItem> drained = new(_items.Count);
        foreach ((long _, MeshReportItem item) in _items)
        {
            drained.Add(item);
        }

        _items.Clear();
        return drained;
    }

    /// <summary>Totals of every pool in which something happened since the last call, by pool.</summary>
    public IReadOnlyList<PoolCounters> DrainChangedPools()
    {
        List<PoolCounters> changed = [];
        foreach (PoolEngine pool in _pools)
        {
            if (pool.Changed)
            {
                changed.Add(pool.DrainCounters());
            }
        }

        return changed;
    }

    /// <summary>The running digest over all events so far.</summary>
    /// <remarks>
    /// SHA-256 over the mesh version (4 bytes, big-endian), then the digest of each pool's log in order of the pools,
    /// then that of commands which name no pool.
    /// </remarks>
    /// <returns>32 bytes.</returns>
    public byte[] StateHash()
    {
        byte[] digests = new byte[sizeof(uint) + ((_pools.Length + 1) * DigestBytes)];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(digests, MeshVersion.Current);
        Span<byte> target = digests.AsSpan(sizeof(uint));
        foreach (PoolEngine pool in _pools)
        {
            pool.Log.WriteDigest(target[..DigestBytes]);
            target = target[DigestBytes..];
        }

        _unaddressed.WriteDigest(target);
        return SHA256.HashData(digests);
    }

    /// <summary>The sums over a pool's life; reading them changes nothing.</summary>
    /// <param name="poolIndex">0-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scenario has no such pool.</exception>
    public PoolStatistics Statistics(int poolIndex) => PoolAt(poolIndex).Statistics();

    /// <summary>What Bell tests say of a pool; reading it changes nothing.</summary>
    /// <param name="poolIndex">0-based.</param>
    /// <returns>Null when the scenario makes no tests, or the pool no pairs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scenario has no such pool.</exception>
    public PoolHealth? Health(int poolIndex) => PoolAt(poolIndex).Health();

    /// <summary>What every site of the network used and holds; reading it changes nothing.</summary>
    public IReadOnlyList<SiteStatistics> SiteStatistics()
    {
        double[] used = _slowLoop.Batteries.Used(Now.Nanoseconds, _pools, _settings.Power);
        SiteStatistics[] sites = new SiteStatistics[used.Length];
        for (int i = 0; i < sites.Length; i++)
        {
            sites[i] = new SiteStatistics(
                _slowLoop.NameOf(i), used[i], _settings.Power.IsOn(i), _slowLoop.Batteries.Stored(i));
        }

        return sites;
    }

    /// <summary>The scenario's links as they are now, in its order.</summary>
    public IReadOnlyList<LinkView> Links()
    {
        LinkView[] links = new LinkView[_settings.Scenario.Links.Count];
        for (int i = 0; i < links.Length; i++)
        {
            links[i] = new LinkView(i, 0, 0, 0, IsUp: true, IsSuspected: false, null);
        }

        foreach (PoolEngine pool in _pools)
        {
            pool.AddTo(links);
        }

        return links;
    }

    /// <summary>A pool as it is now.</summary>
    /// <param name="poolIndex">0-based.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scenario has no such pool.</exception>
    public PoolView View(int poolIndex) => PoolAt(poolIndex).View();

    /// <summary>Least and greatest estimate of a pool's standing pairs.</summary>
    /// <param name="poolIndex">0-based.</param>
    /// <returns>Fidelities; both 0 when none stand.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The scenario has no such pool.</exception>
    public (double Least, double Greatest) EstimateRange(int poolIndex) => PoolAt(poolIndex).EstimateRange();

    private PoolEngine PoolAt(int poolIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(poolIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(poolIndex, _pools.Length);
        return _pools[poolIndex];
    }

    /// <summary>Moves what arose in the pools into one order that does not depend on the steps taken.</summary>
    private void Collect()
    {
        CollectItems();
        if (_options.Observer is not null)
        {
            EventOrder.Pass(_pools, _unaddressed, _options.Observer);
        }
    }
}
