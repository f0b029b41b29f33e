using System.Numerics;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Rebuilds lives and checks each log of one against the table and the ledger's formulas.</summary>
internal sealed class LifeBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly SortedDictionary<UInt128, ReservationLife> _lives = [];
    private readonly Dictionary<uint, PoolRegistered> _pools = [];

    public IReadOnlyDictionary<UInt128, ReservationLife> Lives => _lives;

    public IReadOnlyDictionary<uint, PoolRegistered> Pools => _pools;

    public void Add(PoolRegistered pool) => _pools[pool.Data.Id] = pool;

    public void Add(ReservationEvent e, ulong time)
    {
        if (!_lives.TryGetValue(e.Id, out var life))
        {
            life = new ReservationLife(e.Id);
            _lives.Add(e.Id, life);
        }

        if (life.StatusAt(time) != life.Status)
        {
            life.Move(ReservationStatus.Ended, life.End, null, "the window was over");
        }

        switch (e)
        {
            case ReservationRequested requested: Request(life, requested, time); break;
            case ReservationDecided decided: Decide(life, decided, time); break;
            case TakeRequested take: Take(life, take, time); break;
            case ReservationReleased released: Release(life, released, time); break;
            case ReservationCancelled cancelled: Cancel(life, cancelled, time); break;
            case ReservationExpired: Move(life, ReservationStatus.Expired, time, e, "undecided in time"); break;
            case ReservationRefunded: Move(life, ReservationStatus.Refunded, time, e, "unsettled in time"); break;
            case ReservationSettled settled: Settle(life, settled, time); break;
            case DecisionSkipped skipped: Skip(life, e, skipped.Data.Status, time, "a decision came too late"); break;
            case LineSkipped skipped: Skip(life, e, skipped.Data.Status, time, "a line did not apply"); break;
            default: break; // The treasury's logs of a reservation are checked by the money book.
        }
    }

    private void Request(ReservationLife life, ReservationRequested e, ulong time)
    {
        var terms = e.Data.Terms;
        if (life.Status == ReservationStatus.None)
        {
            life.Begin(e, time);
        }

        Move(
            life,
            ReservationStatus.Requested,
            time,
            e,
            $"{terms.Slots} slots of pool {terms.Pool} for {terms.Duration} s, "
            + $"price {e.Data.Price} wei, escrow {e.Data.Escrow} wei");
        var start = terms.Start == 0 ? time : terms.Start;
        Expect(AuditRule.Transition, e, "start", e.Data.Start, start);
        Expect(AuditRule.Transition, e, "end", e.Data.End, start + terms.Duration);
        Expect(AuditRule.Transition, e, "pool", e.Data.Pool, terms.Pool);
        if (_pools.TryGetValue(terms.Pool, out var pool))
        {
            var price = new BigInteger(terms.Slots) * terms.Duration * (BigInteger)pool.Data.PricePerSlotSecond;
            Expect(AuditRule.Money, e, "price", e.Data.Price, price);
        }
        else
        {
            fault(AuditRule.Transition, e, e.Id, $"pool {terms.Pool} was never registered");
        }

        if (e.Data.Price > terms.MaxCost || e.Data.Price > e.Data.Escrow)
        {
            var text = $"price {e.Data.Price} is above maxCost {terms.MaxCost} or escrow {e.Data.Escrow}";
            fault(AuditRule.Money, e, e.Id, text);
        }
    }

    private void Decide(ReservationLife life, ReservationDecided e, ulong time)
    {
        var status = (ReservationStatus)e.Data.Status;
        var outcome = (DecisionOutcome)e.Data.Decision.Outcome;
        var granted = outcome == DecisionOutcome.Granted;
        if (granted != (status == ReservationStatus.Granted) || e.Data.Decision.Id != e.Id)
        {
            fault(AuditRule.Transition, e, e.Id, $"{status} by outcome {outcome} of {e.Data.Decision.Id}");
        }

        Move(life, status, time, e, $"{outcome}: F0 {Ppm.FromParts(Math.Min(e.Data.Decision.FidelityPpm, Ppm.One))}");
        life.Decision = e.Data.Decision;
    }

    private void Take(ReservationLife life, TakeRequested e, ulong time)
    {
        life.Note(time, e, $"take {e.Data.FirstTake}..{e.Data.FirstTake + e.Data.Count - 1}");
        if (life.Status != ReservationStatus.Granted || time < life.Start)
        {
            var text = $"a take while {life.Status} at {time}, window {life.Start}..{life.End}";
            fault(AuditRule.Transition, e, e.Id, text);
        }

        Expect(AuditRule.Transition, e, "first take", e.Data.FirstTake, life.Takes + 1);
        life.Takes += e.Data.Count;
    }

    private void Release(ReservationLife life, ReservationReleased e, ulong time)
    {
        var end = Math.Max(time, life.Start);
        Expect(AuditRule.Transition, e, "released end", e.Data.End, end);
        var booked = life.BookedEnd - life.Start;
        var due = booked == 0 ? 0 : (BigInteger)life.Price * (end - life.Start) / booked;
        Expect(AuditRule.Money, e, "price due", e.Data.PriceDue, due);
        Move(life, ReservationStatus.Ended, time, e, $"released at {e.Data.End}, price due {e.Data.PriceDue} wei");
        life.End = e.Data.End;
        life.PriceDue = e.Data.PriceDue;
    }

    private void Cancel(ReservationLife life, ReservationCancelled e, ulong time)
    {
        if (life.Status == ReservationStatus.Granted && time >= life.Start)
        {
            fault(AuditRule.Transition, e, e.Id, $"cancelled at {time}, begun at {life.Start}");
        }

        Move(life, ReservationStatus.Cancelled, time, e, "given up by the client");
    }

    private void Settle(ReservationLife life, ReservationSettled e, ulong time)
    {
        Move(
            life,
            ReservationStatus.Settled,
            time,
            e,
            $"delivered {e.Data.Delivered} of {e.Data.Promised} ppm slot-seconds, paid {e.Data.Paid} wei");
        life.Settlement = e;
        var promised = new BigInteger(life.Terms.Slots) * (life.End - life.Start) * Ppm.One;
        Expect(AuditRule.Money, e, "promised", e.Data.Promised, promised);
        if (e.Data.Delivered > e.Data.Promised)
        {
            fault(AuditRule.Money, e, e.Id, $"delivered {e.Data.Delivered} of {e.Data.Promised} promised");
            return;
        }

        var paid = promised.IsZero ? 0 : (BigInteger)life.PriceDue * (BigInteger)e.Data.Delivered / promised;
        Expect(AuditRule.Money, e, "paid", e.Data.Paid, paid);
        Expect(AuditRule.Money, e, "refund", e.Data.Refund, (BigInteger)life.Escrow - paid);
    }

    private void Skip(ReservationLife life, ReservationEvent e, byte told, ulong time, string text)
    {
        var status = life.StatusAt(time);
        life.Note(time, e, text);
        if (told != (byte)status && told != (byte)life.Status)
        {
            fault(AuditRule.Transition, e, e.Id, $"the log says {(ReservationStatus)told}, the history says {status}");
        }
    }

    private void Move(ReservationLife life, ReservationStatus to, ulong time, ReservationEvent e, string text)
    {
        if (!StatusRules.MayFollow(life.Status, to))
        {
            fault(AuditRule.Transition, e, e.Id, $"{to} after {life.Status} is not allowed");
        }

        life.Move(to, time, e, text);
    }

    private void Expect(AuditRule rule, ReservationEvent e, string what, BigInteger found, BigInteger expected)
    {
        if (found != expected)
        {
            fault(rule, e, e.Id, $"{what} is {found}, should be {expected}");
        }
    }
}
