using System.Buffers.Binary;
using System.Security.Cryptography;
using Pqms.Mesh.Pools;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Zones;

/// <summary>Some neighbouring zones with their pools: an entity of its own that shares no state with the
/// others.</summary>
/// <remarks>
/// In each tick t: pairs below the floor go, takes get the freshest pair, and attempts between t and t + 1 fill places
/// that are empty now; such a pair is born at t, with the moment of its attempt in ln w. Failed attempts are skipped
/// by geometric draws, which are begun anew in each tick: exact, because attempts have no memory.
/// </remarks>
internal sealed class ZoneBlock
{
    // 256 pools of 100 places are 208 KB: they stay in the second cache while the block runs through many ticks.
    public const int Zones = 256;

    private const int TickShift = 32;
    private const int NoTake = int.MaxValue;
    private const double TwoToMinus32 = 1.0 / 4294967296.0;

    private readonly ZoneFigures _figures;
    private readonly ulong _seed;
    private readonly int _firstZone;
    private readonly int _zones;
    private readonly BulkPool _pool;
    private readonly int[] _discarded;
    private readonly int[] _nextTakes;
    private long _missed;
    private long _deliveredAgeTicks;

    public ZoneBlock(ZoneFigures figures, ulong seed, int firstZone)
    {
        _figures = figures;
        _seed = seed;
        _firstZone = firstZone;
        _zones = figures.Zones - firstZone < Zones ? figures.Zones - firstZone : Zones;
        _pool = new BulkPool(_zones * figures.Places, figures.LossPerTick, (long)firstZone * figures.Places);
        _discarded = new int[_zones];
        _nextTakes = figures.TakeProbability > 0.0 ? new int[_zones] : [];
        for (int zone = 0; zone < _nextTakes.Length; zone++)
        {
            DrawTake(zone, -1);
        }

        Fill();
    }

    /// <summary>The first tick that has not been carried out.</summary>
    public int Now { get; private set; }

    public long Bytes => _pool.Bytes + ((_discarded.Length + _nextTakes.Length) * sizeof(int));

    /// <summary>Carries out every tick before <paramref name="tick"/>.</summary>
    public void AdvanceTo(int tick)
    {
        for (; Now < tick; Now++)
        {
            _pool.Prune(Now, _figures.LnFloor, _figures.Places, _discarded);
            Take();
            Refill();
        }

        _pool.CheckConservation();
    }

    public ZoneTotals AddTo(ZoneTotals totals) => new(
        totals.Generated + _pool.Generated,
        totals.Delivered + _pool.Delivered,
        totals.Discarded + _pool.Discarded,
        totals.InStock + _pool.InStock,
        totals.Missed + _missed,
        totals.DeliveredAgeTicks + _deliveredAgeTicks);

    public long CountStanding() => _pool.CountAlive(Now, _figures.LnFloor);

    public int CountStanding(int zone) =>
        _pool.CountAlive((zone - _firstZone) * _figures.Places, _figures.Places, Now, _figures.LnFloor);

    public int DiscardedBy(int zone) => _discarded[zone - _firstZone];

    /// <summary>Writes the digest of the block's state, 32 bytes.</summary>
    public void WriteDigest(Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[SHA256.HashSizeInBytes + (3 * sizeof(long)) + (2 * Zones * sizeof(int))];
        _pool.WriteDigest(bytes);
        Span<byte> target = bytes[SHA256.HashSizeInBytes..];
        BinaryPrimitives.WriteInt64LittleEndian(target, Now);
        BinaryPrimitives.WriteInt64LittleEndian(target[8..], _missed);
        BinaryPrimitives.WriteInt64LittleEndian(target[16..], _deliveredAgeTicks);
        target = target[24..];
        foreach (int[] figures in new[] { _discarded, _nextTakes })
        {
            foreach (int figure in figures)
            {
                BinaryPrimitives.WriteInt32LittleEndian(target, figure);
                target = target[sizeof(int)..];
            }
        }

        SHA256.HashData(bytes[..^target.Length], destination);
    }

    /// <summary>Pools as they are after a long time without demand: ages spread evenly, so expiries do not
    /// herd.</summary>
    private void Fill()
    {
        if (!_figures.StartsFull)
        {
            _pool.AddPlaces(_pool.Capacity);
            return;
        }

        int places = _figures.Places;
        Span<float> lnWerner = stackalloc float[places];
        Span<int> births = stackalloc int[places];
        for (int zone = 0; zone < _zones; zone++)
        {
            RandomStream ages = Stream(ZonePurpose.FirstAges, zone);
            ulong bits = 0;
            for (int i = 0; i < places; i++)
            {
                bits = (i & 1) == 0 ? ages.Bits((ulong)i / 2) : bits >> 32;
                double age = (unchecked((uint)bits) + 0.5) * TwoToMinus32 * _figures.LifeTicks;
                double wholeAge = PortableMath.Ceiling(age);
                births[i] = -(int)wholeAge;
                lnWerner[i] = (float)(_figures.LnFresh + (_figures.LossPerTick * (wholeAge - age)));
            }

            _pool.AddBlock(lnWerner, births);
        }
    }

    private void Take()
    {
        for (int zone = 0; zone < _nextTakes.Length; zone++)
        {
            if (_nextTakes[zone] != Now)
            {
                continue;
            }

            int place = _pool.Freshest(zone * _figures.Places, _figures.Places, Now, _figures.LnFloor);
            if (place < 0)
            {
                _missed++;
            }
            else
            {
                _deliveredAgeTicks += Now - _pool.Take(place, Now).Id.BirthTick;
            }

            DrawTake(zone, Now);
        }
    }

    private void DrawTake(int zone, int lastTake)
    {
        ulong ticks = Stream(ZonePurpose.Takes, zone).Geometric((ulong)(lastTake + 1), _figures.TakeProbability);
        _nextTakes[zone] = ticks < (ulong)((long)NoTake - lastTake) ? lastTake + (int)ticks : NoTake;
    }

    private void Refill()
    {
        int place = _pool.FirstEmpty(0);
        while (place >= 0)
        {
            int zone = place / _figures.Places;
            place = RefillZone(zone, place);
        }
    }

    /// <summary>Fills a zone's empty places with this tick's successes.</summary>
    /// <returns>The first empty place of the zones after it, or -1.</returns>
    private int RefillZone(int zone, int firstEmpty)
    {
        int end = (zone + 1) * _figures.Places;
        RandomStream attempts = Stream(ZonePurpose.Attempts, zone);
        ulong counter = (ulong)Now << TickShift;
        ulong attempt = 0;
        int place = firstEmpty;
        while (place >= 0 && place < end)
        {
            attempt += attempts.GeometricFromLog(counter++, _figures.LogFailure);
            if (attempt > _figures.AttemptsPerTick)
            {
                return _pool.FirstEmpty(end);
            }

            _pool.Refill(place, Now, _figures.LnWernerOf(attempt));
            place = _pool.FirstEmpty(place + 1);
        }

        return place;
    }

    private RandomStream Stream(uint purpose, int zone) => new(_seed, purpose, (ulong)(_firstZone + zone));
}
