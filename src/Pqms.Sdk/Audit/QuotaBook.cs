using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows quotas and isolation: who counts against a quota, who may borrow, and that an isolated pool is
/// left alone.</summary>
/// <remarks>Takes a log after the lives and before the calendar, whose sums are those before the booking.</remarks>
internal sealed class QuotaBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    CalendarBook calendar,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    // What another cohort leaves idle can be borrowed so short before.
    private const ulong BorrowSeconds = 3_600;

    private readonly Dictionary<uint, Quotas> _quotas = [];
    private readonly HashSet<uint> _isolated = [];

    public void Add(LedgerEvent e, ulong time)
    {
        switch (e)
        {
            case QuotasSet set:
                Set(set);
                break;
            case PoolIsolationSet { Data: var data }:
                _ = data.Isolated ? _isolated.Add(data.Id) : _isolated.Remove(data.Id);
                break;
            case ReservationRequested or ReservationExtended
                when lives.TryGetValue(((ReservationEvent)e).Id, out var life)
                && pools.TryGetValue(life.Terms.Pool, out var pool) && CalendarLanes.IsWindow(life.Start, life.End):
                Check((ReservationEvent)e, life, pool.Data.Terms, time);
                break;
            default:
                break;
        }
    }

    private void Set(QuotasSet e)
    {
        var quotas = e.Data.Quotas;
        _quotas[e.Data.Id] = quotas;
        if (!pools.TryGetValue(e.Data.Id, out var pool))
        {
            return;
        }

        uint[] each = [quotas.Research, quotas.Commercial, quotas.Education, quotas.Humanitarian];
        var (sum, terms) = (each.Sum(static one => (long)one), pool.Data.Terms);
        if (sum > terms.Capacity || each.Any(one => one % Math.Max(terms.Quantum, (ushort)1) != 0))
        {
            fault(AuditRule.Calendar, e, null,
                $"quotas of pool {e.Data.Id} sum up to {sum}, capacity {terms.Capacity} in quanta of {terms.Quantum}");
        }
    }

    private void Check(ReservationEvent e, ReservationLife life, PoolTerms terms, ulong time)
    {
        if (_isolated.Contains(terms.Id))
        {
            fault(AuditRule.Calendar, e, life.Id, $"pool {terms.Id} is isolated");
        }

        var quotas = _quotas.GetValueOrDefault(terms.Id);
        var isExtension = e is ReservationExtended;
        var from = isExtension ? life.EndBefore : life.Start;
        var first = isExtension ? ((from - 1) / CalendarLanes.BucketSeconds) + 1 : from / CalendarLanes.BucketSeconds;
        var isFull = quotas == default || IsFull(life, terms, quotas, first);
        if (!isExtension)
        {
            Expect(e, life.InQuota, !isFull);
        }
        else if (life.InQuota && quotas != default && isFull)
        {
            fault(AuditRule.Calendar, e, life.Id, $"extended beyond the quota of cohort {life.Cohort}");
        }

        var isFresh = first <= (life.End - 1) / CalendarLanes.BucketSeconds;
        if (quotas != default && !life.InQuota && isFresh && from > time + BorrowSeconds)
        {
            fault(AuditRule.Calendar, e, life.Id, $"borrows {from - time} s ahead, at most {BorrowSeconds}");
        }
    }

    private void Expect(ReservationEvent e, bool told, bool due)
    {
        if (told != due)
        {
            fault(AuditRule.Calendar, e, e.Id, $"counts against a quota: {told}, should be {due}");
        }
    }

    private bool IsFull(ReservationLife life, PoolTerms terms, Quotas quotas, ulong first)
    {
        var quantum = Math.Max(terms.Quantum, (ushort)1);
        var own = (life.Terms.Slots + quantum - 1) / quantum;
        var quota = QuotaOf(life.Cohort, terms, quotas) / quantum;
        var last = (life.End - 1) / CalendarLanes.BucketSeconds;
        for (var bucket = first; bucket <= last; bucket++)
        {
            if (calendar.BookedIn(terms.Id, (byte)(1 + life.Cohort), bucket) + own > quota)
            {
                return true;
            }
        }

        return false;
    }

    // Everybody else has what the four leave.
    private static uint QuotaOf(byte cohort, PoolTerms terms, Quotas quotas) => cohort switch
    {
        1 => quotas.Research,
        2 => quotas.Commercial,
        3 => quotas.Education,
        4 => quotas.Humanitarian,
        _ => terms.Capacity - Math.Min(
            terms.Capacity, quotas.Research + quotas.Commercial + quotas.Education + quotas.Humanitarian),
    };
}
