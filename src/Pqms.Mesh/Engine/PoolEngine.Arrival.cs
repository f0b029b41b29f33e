using Pqms.Mesh.Control;
using Pqms.Mesh.Links;
using Pqms.Mesh.Memories;
using Pqms.Mesh.Pools;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Engine;

/// <summary>Births and ends of pairs.</summary>
internal sealed partial class PoolEngine
{
    private readonly RandomStream _purifyChoices;
    private readonly RandomStream _purifyOutcomes;
    private readonly RandomStream _lifetimes;
    private readonly RandomStream _victims;
    private readonly Queue<long> _occupied = new();
    private StoredPair _staged;
    private bool _hasStaged;
    private int _stagedRounds;
    private ulong _deaths;

    private bool Purifies => _plan.Rule.IsOn && _plan.Settings.Purify.ArrivalProbability > 0.0;

    private CutOffKind CutOff => _plan.Settings.CutOff;

    /// <inheritdoc/>
    public void Bear(in NewPair pair)
    {
        // Counted by the pool, not by the chain: a pool that changes its route must not give a number twice.
        ulong number = ++_tally.Generated;
        _log.Append(_now, MeshEventKind.PairBorn, number, (ulong)pair.AgeNanoseconds);
        StoredPair born = new(number, _now, KeyOf(pair.Estimate, _now), pair.Estimate, pair.Truth);
        if (_isolated)
        {
            Burn(born, 1);
        }
        else if (TryTest(born))
        {
            return;
        }
        else if (_plan.Rule.IsOn && _plan.Settings.Purify.PumpingRounds > 0)
        {
            Pump(born);
        }
        else
        {
            Place(born);
        }
    }

    /// <inheritdoc/>
    public void Lose()
    {
        _log.Append(_now, MeshEventKind.PairLost, 0, (ulong)_stock.Count);
        Refill();
    }

    /// <summary>A pair is ready: somebody waits for it, or a place, or it purifies another, or it is dropped.</summary>
    private void Place(in StoredPair pair)
    {
        bool isWanted = _demand.Waiting > 0 || _demand.IsSaturated;
        if (isWanted && _plan.Settings.Gate && GateFor(pair, _plan.Pool.FidelityFloor, 0) != GateOutcome.Deploy)
        {
            Discard(pair, MeshEventKind.Dropped);
            Refill();
        }
        else if (_demand.Waiting > 0)
        {
            Deliver(pair, _demand.EndWait());
            ReleasePath();
            Refill();
        }
        else if (_demand.IsSaturated)
        {
            _tally.Requests++;
            Deliver(pair, _now);
            Refill();
        }
        else if (_stock.Count + _occupied.Count < _target)
        {
            AddToStock(pair);
        }
        else if (Purifies && _stock.Count > 0
            && _purifyChoices.Uniform(pair.Counter) < _plan.Settings.Purify.ArrivalProbability)
        {
            PurifyStock(pair);
        }
        else
        {
            Discard(pair, MeshEventKind.Dropped);
            TopUp();
        }
    }

    private void AddToStock(in StoredPair pair)
    {
        _tally.Hold(_now, _stock.Count);
        _stock.Add(pair);
        SetExpiry();
        _book.TrimCredits(_stock.Count, _now);
        TopUp();
        SetAside();
    }

    private StoredPair RemoveFromStock(int index)
    {
        _tally.Hold(_now, _stock.Count);
        StoredPair pair = _stock.RemoveAt(index);
        SetExpiry();
        return pair;
    }

    /// <summary>Purifies the pair that a take would get last with one that has no place of its own.</summary>
    private void PurifyStock(in StoredPair sacrificed)
    {
        bool youngestFirst = _plan.Settings.Order == TakeOrder.YoungestFirst;
        StoredPair kept = RemoveFromStock(youngestFirst ? 0 : _stock.Count - 1);
        if (TryPurify(kept, sacrificed, out StoredPair better))
        {
            AddToStock(better);
        }
        else
        {
            Refill();
        }
    }

    /// <summary>Entanglement pumping: one pair is purified with further new ones before it is used.</summary>
    private void Pump(in StoredPair pair)
    {
        if (!_hasStaged)
        {
            (_staged, _hasStaged, _stagedRounds) = (pair, true, 0);
            Refill();
            return;
        }

        _hasStaged = false;
        if (!TryPurify(_staged, pair, out StoredPair better))
        {
            Refill();
        }
        else if (++_stagedRounds >= _plan.Settings.Purify.PumpingRounds)
        {
            Place(better with { BornNanoseconds = _now });
        }
        else
        {
            (_staged, _hasStaged) = (better, true);
            Refill();
        }
    }

    private bool TryPurify(in StoredPair kept, in StoredPair measured, out StoredPair better)
    {
        (_, PairState estimate) = PairState.Purify(
            kept.Estimate, measured.Estimate, _now, Path.Memory, _plan.Rule);
        double uniform = _purifyOutcomes.Uniform(measured.Counter);
        bool succeeds = PairTruth.TryPurify(
            kept.Truth, measured.Truth, _now, _probe.Memory, _plan.Rule, uniform, out PairTruth truth);
        better = kept with
        {
            Estimate = estimate,
            Truth = truth,
            KeyNanoseconds = KeyOf(estimate, kept.BornNanoseconds)
        };
        _tally.PurifiedAway += succeeds ? 1UL : 2UL;
        _log.Append(_now, MeshEventKind.PairPurified, kept.Counter, succeeds ? 1UL : 0UL);
        return succeeds;
    }

    private void Expire()
    {
        int index = CutOff == CutOffKind.Exponential
            ? (int)PortableMath.Floor(_victims.Uniform(_deaths) * _stock.Count)
            : 0;
        Discard(RemoveFromStock(index), MeshEventKind.PairExpired);
        Refill();
    }

    private void Discard(in StoredPair pair, MeshEventKind why)
    {
        _tally.Discarded++;
        _log.Append(_now, why, pair.Counter, (ulong)_stock.Count);
    }

    private void Burn(in StoredPair pair, ulong why)
    {
        _tally.Burnt++;
        _log.Append(_now, MeshEventKind.PairBurnt, pair.Counter, why);
    }

    private void SetExpiry()
    {
        long due = _stock.Count == 0 ? TimerHeap.Never : NextDeath();
        _timers.Set(ExpiryTimer, due < _now ? _now : due);
    }

    private long NextDeath() => CutOff switch
    {
        CutOffKind.Hard => _stock[0].KeyNanoseconds + SpanFigures.ToNanoseconds(_plan.Settings.CutOffSeconds),
        CutOffKind.Exponential => DrawDeath(),
        _ => _stock[0].KeyNanoseconds,
    };

    // Lifetimes without memory: the next death among n pairs comes at n times the rate of one; drawn anew with every
    // change of n.
    private long DrawDeath()
    {
        double wait = _lifetimes.Exponential(++_deaths) * _plan.Settings.CutOffSeconds / _stock.Count * 1e9;
        return wait < SpanFigures.LongestWait ? _now + (long)(wait + 0.5) : TimerHeap.Never;
    }

    private long KeyOf(in PairState estimate, long born) => CutOff == CutOffKind.Floor
        ? estimate.LastAbove(_plan.Pool.FidelityFloor, _now, Path.Memory)
        : born;

    /// <summary>A place stays occupied by readout and reset after a take.</summary>
    private void Occupy()
    {
        long busy = SpanFigures.ToNanoseconds(_plan.Settings.TakeSeconds);
        if (busy > 0)
        {
            _occupied.Enqueue(_now + busy);
            _timers.Set(PlaceTimer, _occupied.Peek());
        }
    }

    private void FreePlaces()
    {
        while (_occupied.Count > 0 && _occupied.Peek() <= _now)
        {
            _occupied.Dequeue();
        }

        _timers.Set(PlaceTimer, _occupied.Count == 0 ? TimerHeap.Never : _occupied.Peek());
        Refill();
    }

    // A full pool that purifies wants one pair more as soon as the last one has arrived.
    private void TopUp()
    {
        if (Purifies)
        {
            ActiveChain?.RegulateAll(_now);
        }
    }
}
