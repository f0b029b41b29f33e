using Pqms.Mesh.Control;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Pools;

namespace Pqms.Mesh.Engine;

/// <summary>One pool with its shares of the spans: an entity of its own that shares no state with the others.</summary>
/// <remarks>
/// Timing: a swap is ordered when the last span holds a pair. The order reaches every repeater within the light time
/// of the route, all swap then (memories are free again), and the outcomes reach both ends one light time later: the
/// pair is born. Pairs on this way count as filled places. At equal times: cut-offs, heralds, swaps, births, expiries,
/// scores, windows.
/// </remarks>
internal sealed partial class PoolEngine
{
    private readonly PoolPlan _plan;
    private readonly EventLog _log;
    private readonly TruthProbe _probe;
    private readonly TimerHeap _timers;
    private readonly LinkShare[] _shares;
    private readonly PoolStock _stock = new();
    private readonly Queue<StoredPair> _swapping = new();
    private readonly Queue<StoredPair> _heralding = new();
    private readonly long _light;
    private readonly long _longestAge;
    private readonly int _swapTimer;
    private readonly FillRamp _ramp;
    private long _now;
    private ulong _ordered;
    private int _target;
    private bool _isolated;

    public PoolEngine(int index, PoolPlan plan, ulong seed, FillRamp ramp, bool observed)
    {
        Index = index;
        _plan = plan;
        _ramp = ramp;
        _now = ramp.Start;
        _log = new EventLog((uint)index, observed);
        _probe = new TruthProbe(plan.Memory);
        _light = plan.Path.LightNanoseconds;
        _longestAge = plan.Reachable ? plan.Model!.LongestAge(plan.Pool.FidelityFloor) : 0;
        _shares = new LinkShare[plan.Reachable ? plan.Path.Spans.Count : 0];
        long cutOff = SpanFigures.ToNanoseconds(plan.Profile.LinkCutOffSeconds);
        for (int i = 0; i < _shares.Length; i++)
        {
            ulong entity = ((ulong)index << 32) | (uint)i;
            LinkShareSettings settings = new(seed, entity, cutOff, plan.Profile.LinkFidelity);
            _shares[i] = new LinkShare(plan.Path.Spans[i], plan.SpanMemories[i], settings);
        }

        _swapTimer = 2 * _shares.Length;
        _timers = new TimerHeap(_swapTimer + 5);
        Reschedule();
    }

    public int Index { get; }

    public EventLog Log => _log;

    private int BirthTimer => _swapTimer + 1;

    private int ExpiryTimer => _swapTimer + 2;

    private int ScoreTimer => _swapTimer + 3;

    private int WindowTimer => _swapTimer + 4;

    /// <summary>Places neither filled nor about to be.</summary>
    private int Deficit => _target - _stock.Count - _swapping.Count - _heralding.Count;

    /// <summary>Carries out all events up to and including <paramref name="time"/>.</summary>
    public void AdvanceTo(long time)
    {
        while (_timers.NextTime <= time)
        {
            _now = _timers.NextTime;
            Dispatch(_timers.NextTimer);
        }

        _now = time;
        CheckConservation();
    }

    private void Dispatch(int timer)
    {
        int spans = _shares.Length;
        if (timer < spans)
        {
            _log.Append(_now, MeshEventKind.LinkPairCutOff, (ulong)timer, _shares[timer].DropOldest());
            Regulate(timer);
        }
        else if (timer < _swapTimer)
        {
            Herald(timer - spans);
        }
        else if (timer == _swapTimer)
        {
            Swap();
        }
        else if (timer == BirthTimer)
        {
            Bear();
        }
        else if (timer == ExpiryTimer)
        {
            Expire();
        }
        else if (timer == ScoreTimer)
        {
            Score();
        }
        else
        {
            PassWindow();
        }
    }

    private void Herald(int span)
    {
        LinkShare share = _shares[span];
        ulong first = share.Generated + 1;
        int successes = share.Herald(_now);
        for (int i = 0; i < successes; i++)
        {
            _log.Append(_now, MeshEventKind.LinkPairHeralded, (ulong)span, first + (ulong)i);
        }

        OrderSwaps();
        Regulate(span);
    }

    /// <summary>Orders a swap for every empty place that all spans can serve.</summary>
    private void OrderSwaps()
    {
        while (Deficit > 0 && AllSpansHold())
        {
            long swapAt = _now + _light;
            long age = 0;
            PairTruth truth = default;
            for (int i = 0; i < _shares.Length; i++)
            {
                LinkPair link = _shares[i].TakeYoungest();
                age += swapAt - link.StartNanoseconds;
                truth = i == 0 ? link.Truth : PairTruth.Swap(truth, link.Truth, swapAt, _plan.Noise, _plan.Memory);
            }

            _swapping.Enqueue(new StoredPair(++_ordered, swapAt + _light, swapAt - age, truth));
            _timers.Set(_swapTimer, _swapping.Peek().BornNanoseconds - _light);
            RegulateAll();
        }
    }

    private bool AllSpansHold()
    {
        foreach (LinkShare share in _shares)
        {
            if (share.Held == 0)
            {
                return false;
            }
        }

        return _shares.Length > 0;
    }

    private void Swap()
    {
        StoredPair pair = _swapping.Dequeue();
        ulong truth = BitConverter.DoubleToUInt64Bits(_probe.Fidelity(pair.Truth, _now));
        _log.Append(_now, MeshEventKind.Swapped, pair.Counter, truth);
        _heralding.Enqueue(pair);
        foreach (LinkShare share in _shares)
        {
            share.Release();
        }

        _timers.Set(_swapTimer, _swapping.Count == 0 ? TimerHeap.Never : _swapping.Peek().BornNanoseconds - _light);
        _timers.Set(BirthTimer, _heralding.Peek().BornNanoseconds);
        RegulateAll();
    }

    private void Bear()
    {
        StoredPair pair = _heralding.Dequeue();
        _timers.Set(BirthTimer, _heralding.Count == 0 ? TimerHeap.Never : _heralding.Peek().BornNanoseconds);
        _generated++;
        _log.Append(_now, MeshEventKind.PairBorn, pair.Counter, (ulong)(_now - pair.VirtualBirthNanoseconds));
        if (_isolated)
        {
            Discard(pair, MeshEventKind.Dropped);
            return;
        }

        _stock.Add(pair);
        SetExpiry();
        _book.TrimCredits(_stock.Count, _now);
    }

    private void Expire()
    {
        Discard(_stock.RemoveOldest(), MeshEventKind.PairExpired);
        SetExpiry();
        Refill();
    }

    private void Discard(in StoredPair pair, MeshEventKind why)
    {
        _discarded++;
        _log.Append(_now, why, pair.Counter, (ulong)_stock.Count);
    }

    /// <summary>A place may have become empty: use link pairs that wait, start attempts.</summary>
    private void Refill()
    {
        RegulateAll();
        OrderSwaps();
    }

    private void SetExpiry()
    {
        long due = _stock.Count == 0 ? TimerHeap.Never : _stock[0].VirtualBirthNanoseconds + _longestAge;
        _timers.Set(ExpiryTimer, due < _now ? _now : due);
    }

    private void RegulateAll()
    {
        for (int i = 0; i < _shares.Length; i++)
        {
            Regulate(i);
        }
    }

    private void Regulate(int span)
    {
        LinkShare share = _shares[span];
        share.Regulate(_now, Deficit);
        _timers.Set(span, share.NextCutOff);
        _timers.Set(_shares.Length + span, share.NextHerald);
    }

    private void Retarget()
    {
        int slots = _book.SlotsToFill(_now);
        int target = _isolated || !_plan.Reachable ? 0 : _ramp.Limit(_plan.TargetFor(slots), slots, _now);
        if (target != _target)
        {
            _target = target;
            _log.Append(_now, MeshEventKind.TargetChanged, (ulong)target, (ulong)_stock.Count);
        }

        Refill();
    }

    private void CheckConservation()
    {
        if (_generated != _delivered + _discarded + (ulong)_stock.Count)
        {
            throw new InvalidOperationException(
                $"Pairs of pool {_plan.Pool.Name} are not conserved: {_generated} generated, {_delivered} delivered, "
                + $"{_discarded} discarded, {_stock.Count} in stock.");
        }

        foreach (LinkShare share in _shares)
        {
            share.CheckConservation();
        }
    }
}
