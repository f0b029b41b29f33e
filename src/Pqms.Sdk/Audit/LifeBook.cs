using System.Numerics;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Rebuilds lives and checks each log of one against the table and the ledger's formulas.</summary>
internal sealed class LifeBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    // The ledger's constants: a tenth of the next 900 s for a release, 1 % at a lead of 28 days for a cancellation,
    // penalties below 99 % delivered and up to 20 % of the price.
    private const ulong FeeSeconds = 900;
    private const uint FeeDivisor = 10;
    private const uint CancelDivisor = 100 * 28 * 86_400;
    private const uint TargetPercent = 99;
    private const uint PenaltyPercent = 20;

    private readonly SortedDictionary<UInt128, ReservationLife> _lives = [];
    private readonly Dictionary<uint, PoolRegistered> _pools = [];
    private readonly ShareBook _shares = new(fault);

    public IReadOnlyDictionary<UInt128, ReservationLife> Lives => _lives;

    public IReadOnlyDictionary<uint, PoolRegistered> Pools => _pools;

    public void Add(PoolRegistered pool)
    {
        var (data, terms) = (pool.Data, pool.Data.Terms);
        _pools[data.Id] = pool;
        if (data.Id != terms.Id || data.Provider != terms.Provider)
        {
            fault(AuditRule.Transition, pool, null, $"pool {data.Id} of {data.Provider} is told as another's");
        }
    }

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
            case ReservationExtended extended: Extend(life, extended, time); break;
            case ReservationReopened reopened: Reopen(life, reopened, time); break;
            case ShareOffered or ShareAccepted or ShareLeft: _shares.Add(life, e, time); break;
            case ReservationReleased released: Release(life, released, time); break;
            case ReservationCancelled cancelled: Cancel(life, cancelled, time); break;
            case ReservationExpired: GiveBack(life, ReservationStatus.Expired, time, e, "undecided in time"); break;
            case ReservationRefunded: GiveBack(life, ReservationStatus.Refunded, time, e, "unsettled in time"); break;
            case ReservationSettled settled: Settle(life, settled, time); break;
            case DecisionSkipped skipped: Skip(life, e, skipped.Data.Status, time, "a decision came too late"); break;
            case LineSkipped skipped: Skip(life, e, skipped.Data.Status, time, "a line did not apply"); break;
            default: break;
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
            + $"price {e.Data.Price} wei, paid by {e.Data.Payer}");
        var start = terms.Start == 0 ? time : terms.Start;
        Expect(AuditRule.Transition, e, "start", e.Data.Start, start);
        Expect(AuditRule.Transition, e, "end", e.Data.End, start + terms.Duration);
        Expect(AuditRule.Transition, e, "pool", e.Data.Pool, terms.Pool);
        var payer = terms.Payer == default ? e.Data.Client : terms.Payer;
        if (e.Data.Payer != payer)
        {
            fault(AuditRule.Money, e, e.Id, $"paid by {e.Data.Payer}, the terms name {payer}");
        }

        if (!_pools.TryGetValue(terms.Pool, out var pool))
        {
            fault(AuditRule.Transition, e, e.Id, $"pool {terms.Pool} was never registered");
        }
        else
        {
            CheckPrice(e, pool, new BigInteger(terms.Slots) * terms.Duration, e.Data.Price);
        }

        if (e.Data.Price > terms.MaxCost)
        {
            fault(AuditRule.Money, e, e.Id, $"price {e.Data.Price} is above maxCost {terms.MaxCost}");
        }
    }

    // A fixed price follows from the terms; one that follows demand is never below the pool's floor.
    private void CheckPrice(ReservationEvent e, PoolRegistered pool, BigInteger slotSeconds, BigInteger price)
    {
        var floor = slotSeconds * (BigInteger)pool.Data.Terms.Price.Floor;
        if (pool.Data.Terms.Price.Scale == 0)
        {
            Expect(AuditRule.Money, e, "price", price, floor);
        }
        else if (price < floor)
        {
            fault(AuditRule.Money, e, e.Id, $"price is {price}, at least {floor} at the pool's floor");
        }
    }

    private void Extend(ReservationLife life, ReservationExtended e, ulong time)
    {
        life.Note(time, e, $"longer until {e.Data.End}, price {e.Data.Price} wei");
        if (life.Status != ReservationStatus.Granted || e.Data.End <= life.End || e.Data.Price < life.Price)
        {
            fault(AuditRule.Transition, e, e.Id, $"{life.Status} until {life.End} extended to {e.Data.End}");
            return;
        }

        if (_pools.TryGetValue(life.Terms.Pool, out var pool))
        {
            var more = new BigInteger(life.Terms.Slots) * (e.Data.End - life.End);
            CheckPrice(e, pool, more, (BigInteger)(e.Data.Price - life.Price));
        }

        life.Extend(e.Data.End, e.Data.Price);
    }

    private void Reopen(ReservationLife life, ReservationReopened e, ulong time)
    {
        Expect(AuditRule.Transition, e, "reopened at", e.Data.RequestedAt, time);
        Move(life, ReservationStatus.Requested, time, e, "its grant is void: to be decided again");
        life.RequestedAt = e.Data.RequestedAt;
        life.Decision = null;
    }

    // Everything that is still locked goes back to the payer.
    private void GiveBack(
        ReservationLife life, ReservationStatus to, ulong time, ReservationEvent e, string text)
    {
        Move(life, to, time, e, text);
        life.Refund += life.Held;
        life.Held = 0;
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

        var told = $"{outcome}: F0 {Ppm.FromParts(Math.Min(e.Data.Decision.FidelityPpm, Ppm.One))}";
        life.Decision = e.Data.Decision;
        if (granted)
        {
            Move(life, status, time, e, told);
        }
        else
        {
            GiveBack(life, status, time, e, told);
        }
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
        _shares.Add(life, e);
    }

    private void Release(ReservationLife life, ReservationReleased e, ulong time)
    {
        var end = Math.Max(time, life.Start);
        Expect(AuditRule.Transition, e, "released end", e.Data.End, end);
        var (booked, left) = (life.BookedEnd - life.Start, life.BookedEnd - Math.Min(end, life.BookedEnd));
        var due = booked == 0 ? 0 : (BigInteger)life.Price * (end - life.Start) / booked;
        Expect(AuditRule.Money, e, "price due", e.Data.PriceDue, due);
        var fee = booked == 0 ? 0 : (BigInteger)life.Price * Math.Min(left, FeeSeconds) / (booked * FeeDivisor);
        Expect(AuditRule.Money, e, "fee", e.Data.Fee, fee);
        Move(life, ReservationStatus.Ended, time, e, $"released at {e.Data.End}, price due {e.Data.PriceDue} wei");
        life.WasReleased = true;
        life.End = e.Data.End;
        life.PriceDue = e.Data.PriceDue;
        life.Fees += e.Data.Fee;
        life.Refund += life.Held - UInt128.Min(life.Held, e.Data.PriceDue + e.Data.Fee);
        life.Held = e.Data.PriceDue;
    }

    private void Cancel(ReservationLife life, ReservationCancelled e, ulong time)
    {
        if (life.Status == ReservationStatus.Granted && time >= life.Start)
        {
            fault(AuditRule.Transition, e, e.Id, $"cancelled at {time}, begun at {life.Start}");
        }

        var granted = life.Status == ReservationStatus.Granted;
        var lead = granted && life.Start > life.RequestedAt ? life.Start - life.RequestedAt : 0;
        Expect(AuditRule.Money, e, "fee", e.Data.Fee, (BigInteger)life.Price * lead / CancelDivisor);
        life.Fees += e.Data.Fee;
        life.Held -= UInt128.Min(life.Held, e.Data.Fee);
        GiveBack(life, ReservationStatus.Cancelled, time, e, $"given up by the client, fee {e.Data.Fee} wei");
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

        var price = (BigInteger)life.PriceDue;
        var delivered = (BigInteger)e.Data.Delivered;
        var paid = promised.IsZero ? 0 : price * delivered / promised;
        Expect(AuditRule.Money, e, "paid", e.Data.Paid, paid);
        Expect(AuditRule.Money, e, "refund", e.Data.Refund, price - paid);
        var missed = delivered * 100 < promised * TargetPercent;
        var most = missed ? BigInteger.Min(price * (promised - delivered) / promised, price * PenaltyPercent / 100) : 0;
        if (e.Data.Penalty > most)
        {
            fault(AuditRule.Money, e, e.Id, $"penalty is {e.Data.Penalty}, at most {most}");
        }

        (life.Paid, life.Penalty, life.Held) = (e.Data.Paid, e.Data.Penalty, 0);
        life.Refund += e.Data.Refund;
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
