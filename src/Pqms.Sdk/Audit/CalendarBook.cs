using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows the pools' calendars: no bucket below zero or above capacity, no change without its
/// reservation.</summary>
/// <remarks>A change names no reservation, so it is matched with the reservation logs of its transaction.</remarks>
internal sealed class CalendarBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    /// <summary>Length of a bucket, the ledger's constant.</summary>
    private const ulong BucketSeconds = 900;

    /// <summary>Most buckets one change can touch: 4 h is 16, unaligned 17.</summary>
    private const ulong MaxBuckets = 17;

    private readonly Dictionary<(uint Pool, ulong Bucket), long> _booked = [];
    private readonly List<BucketsBooked> _changes = [];
    private readonly List<Due> _due = [];
    private Bytes32 _transaction;

    public IReadOnlyDictionary<(uint Pool, ulong Bucket), long> Booked => _booked;

    /// <summary>Takes a log whose reservation the life book knows already.</summary>
    public void Add(LedgerEvent e, ulong time)
    {
        if (e.Place.TransactionHash != _transaction)
        {
            Finish();
            _transaction = e.Place.TransactionHash;
        }

        if (e is BucketsBooked change)
        {
            Apply(change);
            _changes.Add(change);
        }
        else if (e is ReservationEvent cause && lives.TryGetValue(cause.Id, out var life) && life.BookedEnd > 0
            && DueOf(cause, life, time) is { } due && due.First <= due.Last)
        {
            _due.Add(due);
        }
    }

    /// <summary>Closes the transaction: changes and reservation logs must match one to one.</summary>
    public void Finish()
    {
        foreach (var change in _changes)
        {
            var data = change.Data;
            var found = _due.FindIndex(due => due.Pool == data.Pool && due.Slots == data.Change
                && due.First == data.FirstBucket && due.Last == data.LastBucket);
            if (found >= 0)
            {
                _due.RemoveAt(found);
                continue;
            }

            fault(
                AuditRule.Calendar,
                change,
                null,
                $"{data.Change} slots in buckets {data.FirstBucket}..{data.LastBucket} of pool {data.Pool} "
                + "by no reservation of the transaction");
        }

        foreach (var due in _due)
        {
            var text = $"no log changes buckets {due.First}..{due.Last} of pool {due.Pool} by {due.Slots}";
            fault(AuditRule.Calendar, due.Cause, due.Cause.Id, text);
        }

        _changes.Clear();
        _due.Clear();
    }

    // A bucket stays booked when some second of it was used; the buckets of a window that is over need no freeing.
    private static Due? DueOf(ReservationEvent cause, ReservationLife life, ulong time)
    {
        var (pool, slots) = (life.Terms.Pool, (long)life.Terms.Slots);
        var first = life.Start / BucketSeconds;
        var last = (life.BookedEnd - 1) / BucketSeconds;
        return cause switch
        {
            ReservationRequested => new Due(cause, pool, first, last, slots),
            ReservationReleased { Data.End: var end } =>
                new Due(cause, pool, end <= life.Start ? first : ((end - 1) / BucketSeconds) + 1, last, -slots),
            ReservationDecided { Data.Status: (byte)ReservationStatus.Granted } => null,
            ReservationDecided or ReservationCancelled or ReservationExpired when time < life.BookedEnd =>
                new Due(cause, pool, first, last, -slots),
            _ => null,
        };
    }

    private void Apply(BucketsBooked e)
    {
        var data = e.Data;
        if (data.LastBucket < data.FirstBucket || data.LastBucket - data.FirstBucket >= MaxBuckets)
        {
            fault(AuditRule.Calendar, e, null, $"buckets {data.FirstBucket}..{data.LastBucket}: 1 to {MaxBuckets}");
            return;
        }

        var capacity = pools.TryGetValue(data.Pool, out var pool) ? pool.Data.Capacity : 0;
        for (var bucket = data.FirstBucket; bucket <= data.LastBucket; bucket++)
        {
            var booked = _booked.GetValueOrDefault((data.Pool, bucket)) + data.Change;
            _booked[(data.Pool, bucket)] = booked;
            if (booked < 0 || booked > capacity)
            {
                fault(AuditRule.Calendar, e, null, $"pool {data.Pool} bucket {bucket} holds {booked}: 0..{capacity}");
            }
        }
    }

    private sealed record Due(ReservationEvent Cause, uint Pool, ulong First, ulong Last, long Slots);
}
