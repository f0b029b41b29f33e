using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows the pools' and links' calendars: each word must be the sum of the bookings that hold it, and no
/// bucket above capacity.</summary>
internal sealed class CalendarBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly Dictionary<(uint Pool, byte Cohort, ulong Word), UInt256> _words = [];
    private readonly Dictionary<(uint Pool, byte Cohort, ulong Bucket), long> _booked = [];
    private readonly HashSet<(uint Pool, byte Cohort, ulong Word)> _open = [];
    private LedgerEvent? _last;

    /// <summary>Calendar words as last logged.</summary>
    public IReadOnlyDictionary<(uint Pool, byte Cohort, ulong Word), UInt256> Words => _words;

    /// <summary>Quanta that reservations hold in a bucket; cohort 0 for the whole calendar.</summary>
    public long BookedIn(uint pool, byte cohort, ulong bucket) => _booked.GetValueOrDefault((pool, cohort, bucket));

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_last is not null && _last.Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    /// <summary>Takes a log whose reservation the life book knows already.</summary>
    public void Add(LedgerEvent e, ulong time)
    {
        _last = e;
        if (e is CalendarChanged { Data: var data })
        {
            _words[(data.Pool, data.Cohort, data.Word)] = data.Lanes;
            _open.Add((data.Pool, data.Cohort, data.Word));
        }
        else if (e is ReservationEvent cause && lives.TryGetValue(cause.Id, out var life)
            && CalendarLanes.IsWindow(life.Start, life.BookedEnd))
        {
            Apply(cause, life, time);
        }
    }

    /// <summary>Closes the transaction: what was logged must be what the reservations hold.</summary>
    public void Finish()
    {
        foreach (var key in _last is null ? [] : _open)
        {
            var lanes = CalendarLanes.Of(_words.GetValueOrDefault(key));
            var most = pools.TryGetValue(key.Pool, out var pool)
                ? pool.Data.Terms.Capacity / Math.Max(pool.Data.Terms.Quantum, (ushort)1) : 0;
            for (var lane = 0; lane < CalendarLanes.Count; lane++)
            {
                var bucket = (key.Word * CalendarLanes.Count) + (ulong)lane;
                var told = lanes[lane];
                var due = _booked.GetValueOrDefault((key.Pool, key.Cohort, bucket));
                if (told != due || told > most)
                {
                    fault(AuditRule.Calendar, _last!, null,
                        $"pool {key.Pool} bucket {bucket} holds {told} quanta: the reservations hold {due} of {most}");
                }
            }
        }

        _open.Clear();
    }

    // A bucket stays booked when some second of it was used; the buckets of a window that is over need no freeing.
    private void Apply(ReservationEvent cause, ReservationLife life, ulong time)
    {
        var last = (life.BookedEnd - 1) / CalendarLanes.BucketSeconds;
        switch (cause)
        {
            case ReservationRequested:
                Change(life, life.Start / CalendarLanes.BucketSeconds, last, 1);
                break;
            case ReservationExtended:
                Change(life, ((life.EndBefore - 1) / CalendarLanes.BucketSeconds) + 1, last, 1);
                break;
            case ReservationReleased:
                var from = life.End == life.Start
                    ? life.Start / CalendarLanes.BucketSeconds : ((life.End - 1) / CalendarLanes.BucketSeconds) + 1;
                Change(life, from, last, -1);
                break;
            case ReservationCancelled or ReservationExpired or ReservationRefunded when Frees(life, time):
            case ReservationDecided when life.Status == ReservationStatus.Refused && Frees(life, time):
                Change(life, life.Start / CalendarLanes.BucketSeconds, last, -1);
                break;
            default:
                break;
        }
    }

    private static bool Frees(ReservationLife life, ulong time) => !life.WasReleased && time < life.BookedEnd;

    private void Change(ReservationLife life, ulong first, ulong last, int sign)
    {
        var quantum = pools.TryGetValue(life.Terms.Pool, out var pool) && pool.Data.Terms.Quantum > 0
            ? pool.Data.Terms.Quantum : 1u;
        long quanta = (life.Terms.Slots + quantum - 1) / quantum;
        for (var bucket = first; bucket <= last; bucket++)
        {
            Count(life.Terms.Pool, 0, bucket, sign * quanta);
            if (life.InQuota)
            {
                Count(life.Terms.Pool, (byte)(1 + life.Cohort), bucket, sign * quanta);
            }
        }
    }

    private void Count(uint pool, byte cohort, ulong bucket, long change)
    {
        var key = (pool, cohort, bucket);
        _booked[key] = _booked.GetValueOrDefault(key) + change;
        _open.Add((pool, cohort, bucket / CalendarLanes.Count));
    }
}
