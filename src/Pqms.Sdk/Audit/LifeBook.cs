using System.Numerics;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Rebuilds lives and checks each log of one against the table and the ledger's formulas.</summary>
internal sealed partial class LifeBook(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly SortedDictionary<UInt128, ReservationLife> _lives = [];
    private readonly Dictionary<uint, PoolRegistered> _pools = [];
    private readonly ShareBook _shares = new(fault);
    private readonly EntitlementBook _entitlements = new(fault);

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
            case PenaltyTaken taken: Punish(life, taken, time); break;
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
        CheckWindow(e, e.Data.Start, e.Data.End);
        Expect(AuditRule.Transition, e, "pool", e.Data.Pool, terms.Pool);
        var payer = terms.Payer == default ? e.Data.Client : terms.Payer;
        if (e.Data.Payer != payer)
        {
            fault(AuditRule.Money, e, e.Id, $"paid by {e.Data.Payer}, the terms name {payer}");
        }

        if (!_pools.ContainsKey(terms.Pool))
        {
            fault(AuditRule.Transition, e, e.Id, $"pool {terms.Pool} was never registered");
        }

        if (e.Data.Price > terms.MaxCost)
        {
            fault(AuditRule.Money, e, e.Id, $"price {e.Data.Price} is above maxCost {terms.MaxCost}");
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

        CheckWindow(e, life.Start, e.Data.End);
        life.Extend(e.Data.End, e.Data.Price);
    }

    private void CheckWindow(ReservationEvent e, ulong start, ulong end)
    {
        if (!CalendarLanes.IsWindow(start, end))
        {
            fault(AuditRule.Transition, e, e.Id,
                $"{start}..{end} is no window of 1..{CalendarLanes.MaxWindowSeconds} s");
        }
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
        _entitlements.Add(life, e, time);
        life.Takes += e.Data.Count;
        _shares.Add(life, e);
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
