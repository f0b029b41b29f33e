using Pqms.Mesh.Control;
using Pqms.Mesh.Pools;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Mesh.Engine;

internal sealed partial class PoolEngine
{
    private readonly ReservationBook _book = new();
    private ulong _countAtDrain;

    /// <summary>What the pool owes a report since the last drain, in the order it arose.</summary>
    public List<(long At, MeshReportItem Item)> Items { get; } = [];

    /// <summary>Whether anything happened since the last <see cref="DrainCounters"/>.</summary>
    public bool Changed => _log.Count != _countAtDrain;

    /// <summary>Decides a request and, if granted, opens it.</summary>
    public void Request(RequestCommand command, Reservation reservation, int blockSeconds)
    {
        LogRequest(command);
        Answer(command, reservation, Decide(command, blockSeconds));
    }

    /// <summary>What a request would be told if others stood already; nothing changes.</summary>
    /// <param name="command">The request.</param>
    /// <param name="others">Reservations of this pool to count in.</param>
    /// <param name="blockSeconds">Seconds between blocks.</param>
    public GrantForecast Forecast(RequestCommand command, IReadOnlyList<Reservation> others, int blockSeconds)
    {
        foreach (Reservation other in others)
        {
            _book.Add(other);
        }

        GrantForecast forecast = Decide(command, blockSeconds);
        foreach (Reservation other in others)
        {
            _book.Remove(other);
        }

        return forecast;
    }

    /// <summary>Decides a request of a group by what was found for all of it.</summary>
    public void Answer(RequestCommand command, Reservation reservation, GrantForecast forecast)
    {
        ulong standing = BitConverter.DoubleToUInt64Bits(forecast.StandingProbability);
        _log.Append(_now, MeshEventKind.Decided, (ulong)forecast.Outcome, standing, command.ReservationId);
        if (forecast.Outcome == GrantOutcome.Granted)
        {
            // Twice the mean time to fill every place anew, so that a later window begins with a full pool.
            double fillSeconds = 2.0 * TargetFor(_book.SlotsToFill(_now) + command.Slots) / forecast.PairRate;
            reservation.FillFrom = command.Start.Nanoseconds - (long)(fillSeconds * MeshTime.NanosecondsPerSecond);
            reservation.CreditNanoseconds =
                Settlement.CreditSeconds(forecast.PairRate) * MeshTime.NanosecondsPerSecond;
            reservation.Predicted = forecast.StandingProbability;
            _book.Add(reservation);
            Reschedule();
        }

        Report(new DecisionItem(
            command.ReservationId,
            forecast.Outcome,
            forecast.FreshFidelity,
            forecast.LifetimeSeconds,
            forecast.PairRate,
            forecast.StandingProbability));
    }

    /// <summary>Notes that a request was heard.</summary>
    public void LogRequest(RequestCommand command) => _log.Append(
        _now, MeshEventKind.CommandApplied, CommandCode.Request, (ulong)command.Slots, command.ReservationId);

    /// <summary>Moves the end of an open window to a later time.</summary>
    public void Extend(Reservation reservation, long end)
    {
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.Extend, (ulong)end, reservation.Id);
        if (reservation.Open && end > reservation.End)
        {
            reservation.End = end;
            Reschedule();
        }
    }

    /// <summary>Answers takes.</summary>
    public void Take(Reservation reservation, TakeCommand command)
    {
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.Take, (ulong)command.Count, command.ReservationId);
        for (int i = 0; i < command.Count; i++)
        {
            TakeOne(reservation, command.FirstTake + (ulong)i);
        }
    }

    /// <summary>Ends a reservation now.</summary>
    public void Release(Reservation reservation)
    {
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.Release, 0, reservation.Id);
        if (reservation.Open)
        {
            Settle(reservation, _now);
            Reschedule();
        }
    }

    /// <summary>Forgets a reservation without a settlement.</summary>
    public void Withdraw(Reservation reservation)
    {
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.Withdraw, 0, reservation.Id);
        if (reservation.Open)
        {
            _book.Remove(reservation);
            Reschedule();
        }
    }

    /// <summary>Isolates the pool, which drops its stock, or restores it.</summary>
    public void Isolate(bool isolated)
    {
        _log.Append(_now, MeshEventKind.CommandApplied, CommandCode.Isolate, isolated ? 1UL : 0UL);
        _isolated = isolated;
        if (isolated)
        {
            BurnStock();
        }

        Retarget();
    }

    /// <summary>The pool's totals now; the next <see cref="Changed"/> counts from here.</summary>
    public PoolCounters DrainCounters()
    {
        _countAtDrain = _log.Count;
        return Counters();
    }

    /// <summary>The pool's totals now.</summary>
    public PoolCounters Counters() => new(
        Index,
        _log.Count,
        _tally.Generated,
        _tally.Delivered,
        _tally.Gone - _tally.Delivered,
        Held,
        MeanEstimate(),
        _probe.Mean(_stock, _now));

    /// <summary>The sums over the pool's life.</summary>
    public PoolStatistics Statistics()
    {
        ulong links = 0;
        ulong attempts = 0;
        foreach (Links.LinkShare share in Shares)
        {
            links += share.Generated;
            attempts += share.AttemptsUntil(_now);
        }

        return _tally.Read(_now, _stock.Count,
            new PoolReading((ulong)Held, links, attempts, (ulong)_demand.Waiting, Joules));
    }

    /// <summary>The pool as seen now.</summary>
    public PoolView View()
    {
        ulong links = 0;
        ulong cutOff = 0;
        foreach (Links.LinkShare share in Shares)
        {
            links += share.Generated;
            cutOff += share.CutOff;
        }

        return new PoolView(
            Counters(),
            _plan.Pool.Name,
            _plan.Pool.FidelityFloor,
            _target,
            _book.ActiveSlots(_now),
            IsIsolated,
            _plan.Links,
            _plan.Path?.Meters ?? 0.0,
            _plan.FreshFidelity,
            _plan.LifetimeSeconds(_plan.Pool.FidelityFloor),
            _plan.Refill.PairsPerSecond,
            links,
            cutOff);
    }

    /// <summary>Adds this pool to sums over all pools.</summary>
    public MeshTotals AddTo(MeshTotals totals)
    {
        foreach (Links.LinkShare share in Shares)
        {
            totals = totals with
            {
                LinkPairsGenerated = totals.LinkPairsGenerated + share.Generated,
                LinkPairsSwapped = totals.LinkPairsSwapped + share.Swapped,
                LinkPairsDiscarded = totals.LinkPairsDiscarded + share.CutOff + share.PurifiedAway + share.Tested,
                LinkPairsStored = totals.LinkPairsStored + (ulong)share.Stored,
            };
        }

        return totals with
        {
            Generated = totals.Generated + _tally.Generated,
            Delivered = totals.Delivered + _tally.Delivered,
            Discarded = totals.Discarded + _tally.Gone - _tally.Delivered,
            Stock = totals.Stock + (ulong)Held,
            Events = totals.Events + _log.Count,
        };
    }

    // The ledger knows nothing of the scenario's own reservations.
    private void Report(MeshReportItem item)
    {
        if (item.ReservationId >> 64 != ulong.MaxValue)
        {
            Items.Add((_now, item));
        }
    }

    /// <summary>Pairs in the pool, one that is being pumped included.</summary>
    private int Held => _stock.Count + (_hasStaged ? 1 : 0);

    private IEnumerable<Links.LinkShare> Shares => _chains.SelectMany(chain => chain.Shares);

    private GrantForecast Decide(RequestCommand command, int blockSeconds)
    {
        (long slots, long takes) = _book.Peak(command.Start.Nanoseconds, command.End.Nanoseconds);
        long together = slots + command.Slots;
        GrantQuestion question = new(
            together < int.MaxValue ? (int)together : int.MaxValue,
            command.FidelityMin,
            command.CoherenceMinSeconds,
            takes + command.TakesPerMinute,
            blockSeconds);
        GrantForecast forecast = GrantPolicy.Decide(_plan, question);
        if (IsIsolated)
        {
            return forecast with { Outcome = GrantOutcome.PoolIsolated };
        }

        bool passed = command.End.Nanoseconds <= _now || command.End <= command.Start;
        return passed ? forecast with { Outcome = GrantOutcome.WindowPassed } : forecast;
    }

    private void TakeOne(Reservation reservation, ulong number)
    {
        ulong sequence = _log.Count;
        _tally.Requests++;
        TakeOutcome outcome = TryTake(reservation, out StoredPair pair);
        double estimate = 0.0;
        double truth = 0.0;
        if (outcome == TakeOutcome.Delivered)
        {
            estimate = EstimateOf(pair);
            BellDiagonal state = _probe.State(pair.Truth, _now);
            truth = state.PhiPlus;
            _tally.Delivered++;
            _tally.Serve(estimate, state, 0, LightNanoseconds);
            _log.Append(
                _now, MeshEventKind.PairTaken, pair.Counter, BitConverter.DoubleToUInt64Bits(truth), reservation.Id);
            _book.AddCredit(reservation, _stock.Count, _now);
            Occupy();
            Refill();
        }
        else
        {
            _tally.Lost++;
        }

        _log.Append(_now, MeshEventKind.TakeAnswered, number, (ulong)outcome, reservation.Id);
        Report(new TakeItem(
            reservation.Id,
            number,
            Index,
            outcome,
            outcome == TakeOutcome.Delivered ? new PairId((uint)Index, pair.Counter) : default,
            new MeshTime(_now),
            new MeshTime(pair.BornNanoseconds),
            estimate,
            truth,
            0,
            LightNanoseconds,
            sequence,
            _stock.Count));
    }

    private TakeOutcome TryTake(Reservation reservation, out StoredPair pair)
    {
        pair = default;
        if (!reservation.ActiveAt(_now))
        {
            return TakeOutcome.NotActive;
        }

        bool filled = _book.FilledPlaces(reservation, _stock.Count, _now) > 0;
        return filled && TryUse(reservation.FidelityMin, out pair) ? TakeOutcome.Delivered : TakeOutcome.PoolEmpty;
    }

    private void Score()
    {
        _book.TrimCredits(_stock.Count, _now);
        _book.Score(_now, _stock.Count, EstimateFromFreshest, _log, _tally);
        _timers.Set(ScoreTimer, _book.NextTick(_now));
    }

    private void PassWindow()
    {
        for (int i = 0; i < _book.Open.Count;)
        {
            Reservation reservation = _book.Open[i];
            if (reservation.End <= _now)
            {
                Settle(reservation, reservation.End);
            }
            else
            {
                i++;
            }
        }

        Reschedule();
    }

    private void Settle(Reservation reservation, long end)
    {
        _book.Remove(reservation);
        UInt128 promised = Settlement.Promised(reservation.Slots, reservation.Start, end);
        UInt128 delivered = Settlement.DeliveredDown(reservation.ScoreTrillionths);
        _log.Append(_now, MeshEventKind.Settled, (ulong)promised, (ulong)delivered, reservation.Id);
        Report(new SettlementItem(reservation.Id, delivered, promised));
    }

    private void Reschedule()
    {
        long transition = _book.NextTransition(_now);
        long step = _ramp.NextStep(TargetFor(0), _now);
        _timers.Set(WindowTimer, step < transition ? step : transition);
        _timers.Set(ScoreTimer, _book.NextTick(_now));
        Retarget();
        SetAside();
    }

    private double EstimateFromFreshest(int position) =>
        EstimateOf(_stock[_stock.Count - 1 - position]);

    /// <summary>Least and greatest estimate of the standing pairs; both 0 when none stand.</summary>
    public (double Least, double Greatest) EstimateRange()
    {
        if (_stock.Count == 0)
        {
            return (0.0, 0.0);
        }

        double least = 1.0;
        double greatest = 0.0;
        for (int i = 0; i < _stock.Count; i++)
        {
            double estimate = EstimateFromFreshest(i);
            least = PortableMath.Min(least, estimate);
            greatest = PortableMath.Max(greatest, estimate);
        }

        return (least, greatest);
    }

    private double MeanEstimate()
    {
        double sum = 0.0;
        for (int i = 0; i < _stock.Count; i++)
        {
            sum += EstimateFromFreshest(i);
        }

        return _stock.Count == 0 ? 0.0 : sum / _stock.Count;
    }
}
