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
    private readonly List<ReservationEvent> _causes = [];
    private Bytes32 _transaction;

    public IReadOnlyDictionary<(uint Pool, ulong Bucket), long> Booked => _booked;

    public void Add(LedgerEvent e)
    {
        if (e.Place.TransactionHash != _transaction)
        {
            Finish();
            _transaction = e.Place.TransactionHash;
        }

        switch (e)
        {
            case BucketsBooked change:
                Apply(change);
                _changes.Add(change);
                break;
            case ReservationRequested or ReservationDecided or ReservationReleased or ReservationCancelled
                or ReservationExpired or ReservationRefunded:
                _causes.Add((ReservationEvent)e);
                break;
            default:
                break;
        }
    }

    /// <summary>Closes the transaction: each change needs a cause, each request a change.</summary>
    public void Finish()
    {
        foreach (var change in _changes)
        {
            var cause = _causes.FindIndex(candidate => Fits(change, candidate));
            if (cause >= 0)
            {
                _causes.RemoveAt(cause);
            }
            else
            {
                var data = change.Data;
                fault(
                    AuditRule.Calendar,
                    change,
                    null,
                    $"{data.Change} slots in buckets {data.FirstBucket}..{data.LastBucket} of pool {data.Pool} "
                    + "by no reservation of the transaction");
            }
        }

        foreach (var request in _causes.OfType<ReservationRequested>())
        {
            fault(AuditRule.Calendar, request, request.Id, "the request booked no buckets");
        }

        _changes.Clear();
        _causes.Clear();
    }

    private bool Fits(BucketsBooked change, ReservationEvent cause)
    {
        if (!lives.TryGetValue(cause.Id, out var life) || life.BookedEnd == 0 || change.Data.Pool != life.Terms.Pool)
        {
            return false;
        }

        var first = life.Start / BucketSeconds;
        var last = (life.BookedEnd - 1) / BucketSeconds;
        var data = change.Data;
        return cause is ReservationRequested
            ? data.FirstBucket == first && data.LastBucket == last && data.Change == life.Terms.Slots
            : data.FirstBucket >= first && data.LastBucket == last && data.Change == -(long)life.Terms.Slots;
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
}
