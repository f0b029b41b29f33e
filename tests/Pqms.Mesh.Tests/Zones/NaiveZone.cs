using Pqms.Mesh.Zones;
using Pqms.Physics.Links;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Tests.Zones;

/// <summary>One zone written down the long way: a list of pairs, attempts one by one where the draws allow
/// it.</summary>
internal sealed class NaiveZone
{
    private readonly ZoneMeshSettings _settings;
    private readonly RandomStream _attempts;
    private readonly RandomStream _takes;
    private readonly double _loss;
    private readonly double _lnFresh;
    private readonly double _lnFloor;
    private readonly DoubleClickLink _link;
    private readonly (int Birth, float LnWerner)?[] _places;
    private long _nextTake;

    public NaiveZone(ZoneMeshSettings settings, ulong seed, int zone)
    {
        _settings = settings;
        _loss = 2.0 * settings.TickSeconds / settings.MemorySeconds;
        _lnFresh = PortableMath.Log(((4.0 * settings.FreshFidelity) - 1.0) / 3.0);
        _lnFloor = PortableMath.Log(((4.0 * settings.FidelityFloor) - 1.0) / 3.0);
        _link = DoubleClickLink.Create(
            Fibre.Create(settings.LinkMeters, settings.AttenuationDbPerKm), settings.EmitTimesDetect,
            settings.AttemptOverheadSeconds);
        _attempts = new RandomStream(seed, 1002, (ulong)zone);
        _takes = new RandomStream(seed, 1003, (ulong)zone);
        _places = new (int, float)?[settings.PlacesPerZone];
        _nextTake = -1 + (long)_takes.Geometric(0, settings.TakeProbabilityPerTick);
    }

    public int Generated { get; private set; }

    public int Delivered { get; private set; }

    public int Missed { get; private set; }

    public int Discarded { get; private set; }

    public long DeliveredAge { get; private set; }

    public int Standing(int tick) => _places.Count(pair => pair is not null && LnWerner(pair.Value, tick) >= Floor);

    private float Floor => (float)_lnFloor;

    public void Step(int tick)
    {
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i] is { } pair && LnWerner(pair, tick) < Floor)
            {
                _places[i] = null;
                Discarded++;
            }
        }

        if (tick == _nextTake)
        {
            Take(tick);
            _nextTake = tick + (long)_takes.Geometric((ulong)(tick + 1), _settings.TakeProbabilityPerTick);
        }

        Refill(tick);
    }

    private float LnWerner((int Birth, float LnWerner) pair, int tick) =>
        pair.LnWerner - ((float)(tick - pair.Birth) * (float)_loss);

    private void Take(int tick)
    {
        int best = -1;
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i] is { } pair
                && (best < 0 || LnWerner(pair, tick) > LnWerner(_places[best]!.Value, tick)))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            Missed++;
            return;
        }

        DeliveredAge += tick - _places[best]!.Value.Birth;
        _places[best] = null;
        Delivered++;
    }

    private void Refill(int tick)
    {
        int rounds = (int)Math.Floor(_settings.TickSeconds / _link.AttemptSeconds);
        ulong counter = (ulong)tick << 32;
        ulong next = _attempts.Geometric(counter, _link.SuccessProbability);
        ulong attempt = 0;
        for (int round = 0; round < rounds; round++)
        {
            for (int memory = 0; memory < _settings.MemoriesPerLinkEnd; memory++)
            {
                attempt++;
                int empty = Array.FindIndex(_places, pair => pair is null);
                if (empty < 0)
                {
                    return;
                }

                if (attempt == next)
                {
                    double sinceTick = round * (_link.AttemptSeconds / _settings.TickSeconds);
                    _places[empty] = (tick, (float)(_lnFresh + (_loss * sinceTick)));
                    Generated++;
                    next += _attempts.Geometric(++counter, _link.SuccessProbability);
                }
            }
        }
    }
}
