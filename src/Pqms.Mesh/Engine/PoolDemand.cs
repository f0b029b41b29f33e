using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Engine;

/// <summary>The scenario's own requests to one pool: when they arrive, and those that wait.</summary>
internal sealed class PoolDemand
{
    private readonly DemandSettings _settings;
    private readonly RandomStream _arrivals;
    private readonly RandomStream _choices;
    private readonly Queue<long> _waiting = new();
    private readonly double _logNone;
    private readonly long _slot;
    private ulong _draws;
    private long _next = TimerHeap.Never;

    public PoolDemand(DemandSettings settings, ulong seed, ulong entity, long start)
    {
        _settings = settings;
        _arrivals = new RandomStream(seed, RandomPurpose.DemandArrival, entity);
        _choices = new RandomStream(seed, RandomPurpose.DemandChoice, entity);
        _slot = Links.SpanFigures.ToNanoseconds(settings.SlotSeconds);
        _slot = _slot < 1 ? 1 : _slot;
        _logNone = settings.Kind == DemandKind.Slotted ? PortableMath.LogOnePlus(-settings.Probability) : 0.0;
        Draw(start);
    }

    /// <summary>When the next request arrives, or <see cref="TimerHeap.Never"/>.</summary>
    public long Next => _next;

    /// <summary>Requests that wait for a pair.</summary>
    public int Waiting => _waiting.Count;

    public bool IsProbe => _settings.IsProbe;

    public bool IsSaturated => _settings.Kind == DemandKind.Saturated;

    /// <summary>The request that is due has arrived: draws the next.</summary>
    public void Arrive() => Draw(_next);

    /// <summary>A position among a number of pairs, for a probe.</summary>
    public int Choose(int count) => (int)PortableMath.Floor(_choices.Uniform(_draws) * count);

    /// <summary>Lets a request wait.</summary>
    /// <param name="now">Now.</param>
    /// <param name="always">Whether all requests wait, as those of an on-demand pool must.</param>
    /// <returns>False when it must not, or when too many wait already.</returns>
    public bool TryWait(long now, bool always)
    {
        if (!(_settings.Waits || always) || _waiting.Count >= _settings.QueueLimit)
        {
            return false;
        }

        _waiting.Enqueue(now);
        return true;
    }

    /// <summary>Ends the first wait.</summary>
    /// <returns>When that request arrived.</returns>
    public long EndWait() => _waiting.Dequeue();

    public void Exchange(StateExchange state)
    {
        state.Items(_waiting, 1_000_000, static (StateExchange s, ref long item) => s.Value(ref item));
        state.Value(ref _draws);
        state.Value(ref _next);
    }

    private void Draw(long from)
    {
        switch (_settings.Kind)
        {
            case DemandKind.Poisson:
                double wait = _arrivals.Exponential(++_draws) / _settings.RatePerSecond * 1e9;
                _next = wait < Links.SpanFigures.LongestWait ? from + (long)(wait + 0.5) : TimerHeap.Never;
                break;
            case DemandKind.Slotted:
                ulong slots = _settings.Probability >= 1.0 ? 1UL : _arrivals.GeometricFromLog(++_draws, _logNone);
                bool fits = slots < (ulong)(Links.SpanFigures.LongestWait / _slot);
                _next = fits ? from + ((long)slots * _slot) : TimerHeap.Never;
                break;
            default:
                _next = TimerHeap.Never;
                break;
        }
    }
}
