using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>A mesh without physics: answers every command at once, settles at the window's end, digests all it
/// hears.</summary>
internal sealed class FakeMesh : IMesh
{
    public const int MaxSlots = 20;
    public const long ProductionSeconds = 5;
    private readonly SortedDictionary<UInt128, RequestCommand> _granted = [];
    private readonly SortedDictionary<UInt128, (ProduceCommand Order, long DueSeconds)> _orders = [];
    private readonly List<MeshReportItem> _items = [];
    private readonly ulong[] _generated = new ulong[2];
    private readonly ulong[] _delivered = new ulong[2];
    private readonly bool[] _changed = new bool[2];
    private MeshTime _now;
    private Bytes32 _digest;

    public FakeMesh(EraStart era)
    {
        _now = Translation.TimeFromChain(era.BlockSeconds);
        _digest = Bytes.Hash($"era {era.Era} seed {era.Seed}");
    }

    /// <summary>Pairs that every production falls short of its order.</summary>
    public int Shortfall { get; init; }

    /// <summary>Pairs that stand in each pool.</summary>
    public Func<MeshTime, int> Stock { get; init; } = _ => 5;

    public void AdvanceTo(MeshTime time)
    {
        Assert.True(time >= _now);
        foreach (RequestCommand over in _granted.Values.Where(r => r.End <= time).OrderBy(r => r.End).ToArray())
        {
            Settle(over, over.End);
        }

        for (long tick = (_now.WholeSeconds / 10) + 1; tick <= time.WholeSeconds / 10; tick++)
        {
            _generated[tick % 2]++;
            _changed[tick % 2] = true;
            Digest($"tick {tick}");
        }

        foreach ((UInt128 id, (ProduceCommand order, long dueSeconds)) in _orders.ToArray())
        {
            if (dueSeconds <= time.WholeSeconds)
            {
                _orders.Remove(id);
                _items.Add(new ProductionItem(
                    id, order.PoolIndex, order.Count - Shortfall, 0.96, 0.961, MeshTime.FromSeconds(dueSeconds)));
            }
        }

        _now = time;
    }

    public void Apply(MeshCommand command)
    {
        Digest($"{_now.Nanoseconds} {command}");
        switch (command)
        {
            case RequestCommand request:
                Decide(request);
                break;
            case RequestGroupCommand group:
                foreach (RequestCommand member in group.Requests)
                {
                    Decide(member);
                }

                break;
            case ProduceCommand produce:
                _orders[produce.OrderId] = (produce, _now.WholeSeconds + ProductionSeconds);
                break;
            case CancelProductionCommand cancel:
                _orders.Remove(cancel.OrderId);
                break;
            case TakeCommand take:
                Take(take);
                break;
            case ReleaseCommand release when _granted.TryGetValue(release.ReservationId, out RequestCommand? request):
                Settle(request, _now);
                break;
            case WithdrawCommand withdraw:
                _granted.Remove(withdraw.ReservationId);
                break;
            default:
                break;
        }
    }

    public IReadOnlyList<MeshReportItem> DrainReportItems()
    {
        MeshReportItem[] items = [.. _items];
        _items.Clear();
        return items;
    }

    public IReadOnlyList<PoolCounters> DrainChangedPools()
    {
        var changed = new List<PoolCounters>();
        for (int i = 0; i < _changed.Length; i++)
        {
            if (_changed[i])
            {
                changed.Add(new PoolCounters(i, _generated[i], _generated[i], _delivered[i], 0, Stock(_now), 0.96,
                    0.961));
                _changed[i] = false;
            }
        }

        return changed;
    }

    public byte[] StateHash() => _digest.ToArray();

    public MeshPicture Picture() => MeshPicture.Empty;

    public byte[] Snapshot()
    {
        Assert.Empty(_items);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(_now.Nanoseconds);
        writer.Write(_digest);
        writer.WriteAll(_granted.Values, request => writer.Write(request));
        writer.WriteAll(_orders.Values, order =>
        {
            writer.Write(order.Order.OrderId);
            writer.Write(order.Order.PoolIndex);
            writer.Write(order.Order.Count);
            writer.Write(order.DueSeconds);
        });
        for (int i = 0; i < _changed.Length; i++)
        {
            writer.Write(_generated[i]);
            writer.Write(_delivered[i]);
            writer.Write(_changed[i]);
        }

        return stream.ToArray();
    }

    public void Restore(ReadOnlySpan<byte> snapshot)
    {
        using var reader = new BinaryReader(new MemoryStream(snapshot.ToArray()));
        _now = new MeshTime(reader.ReadInt64());
        _digest = reader.ReadHash();
        reader.ReadAll(() => reader.ReadRequest()).ForEach(request => _granted.Add(request.ReservationId, request));
        reader.ReadAll(() => (
            new ProduceCommand(reader.ReadUInt128(), reader.ReadInt32(), reader.ReadInt32()), reader.ReadInt64()))
            .ForEach(order => _orders.Add(order.Item1.OrderId, order));
        for (int i = 0; i < _changed.Length; i++)
        {
            _generated[i] = reader.ReadUInt64();
            _delivered[i] = reader.ReadUInt64();
            _changed[i] = reader.ReadBoolean();
        }
    }

    private void Decide(RequestCommand request)
    {
        GrantOutcome outcome = request.Slots > MaxSlots ? GrantOutcome.PoolExhausted : GrantOutcome.Granted;
        _items.Add(new DecisionItem(request.ReservationId, outcome, 0.97, 19.7, 1.9, 0.995));
        if (outcome == GrantOutcome.Granted)
        {
            _granted[request.ReservationId] = request;
        }
    }

    private void Take(TakeCommand take)
    {
        bool active = _granted.TryGetValue(take.ReservationId, out RequestCommand? request);
        int pool = active ? request!.PoolIndex : -1;
        for (ulong i = 0; i < (ulong)take.Count; i++)
        {
            PairId pair = default;
            if (active)
            {
                _delivered[pool]++;
                _changed[pool] = true;
                pair = new PairId((uint)pool, _delivered[pool]);
            }

            _items.Add(new TakeItem(
                take.ReservationId, take.FirstTake + i, pool,
                active ? TakeOutcome.Delivered : TakeOutcome.NotActive, pair,
                _now, _now, active ? 0.96 : 0, active ? 0.961 : 0, 0, active ? 2_000_000 : 0, 1, 4));
        }
    }

    private void Settle(RequestCommand request, MeshTime at)
    {
        long seconds = Math.Max(0, at.WholeSeconds - request.Start.WholeSeconds);
        UInt128 promised = (UInt128)(ulong)request.Slots * (ulong)seconds * 1_000_000;
        _items.Add(new SettlementItem(request.ReservationId, promised / 10 * 9, promised));
        _granted.Remove(request.ReservationId);
        Digest($"settled {request.ReservationId} {promised}");
    }

    private void Digest(string text) => _digest = Bytes.Hash($"{_digest} {text}");
}
