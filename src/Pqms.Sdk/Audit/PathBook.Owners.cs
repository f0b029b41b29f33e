using System.Buffers.Binary;
using System.Numerics;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Whose a path is: a reservation's comes and goes with it, between the ends of its pool; any other is an
/// operator's.</summary>
internal sealed partial class PathBook
{
    private const uint Operator = 4;

    private readonly HashSet<UInt128> _requested = [];
    private readonly HashSet<UInt128> _ended = [];
    private LedgerEvent? _last;

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_last is not null && _last.Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    /// <summary>Closes the transaction: what ended before its time holds no path any more.</summary>
    public void Finish()
    {
        foreach (var (key, path) in _ended.Count == 0 ? [] : _paths.Where(pair => OwnerOf(pair.Key) is { } id
            && _ended.Contains(id)))
        {
            fault(AuditRule.Calendar, _last!, OwnerOf(key), $"its path still holds {path.Lanes} lanes");
        }

        _requested.Clear();
        _ended.Clear();
    }

    // As the calendar: buckets that have begun stay booked, and those of a window that is over need no freeing.
    private void Note(ReservationEvent e, ReservationLife life, ulong time)
    {
        switch (e)
        {
            case ReservationRequested:
                _requested.Add(life.Id);
                break;
            case ReservationReleased when CalendarLanes.IsWindow(life.Start, life.BookedEnd):
                var first = life.End == life.Start
                    ? life.Start / CalendarLanes.BucketSeconds : ((life.End - 1) / CalendarLanes.BucketSeconds) + 1;
                if (first <= (life.BookedEnd - 1) / CalendarLanes.BucketSeconds)
                {
                    _ended.Add(life.Id);
                }

                break;
            case ReservationCancelled or ReservationExpired or ReservationRefunded or ReservationDecided
                when life.Status != ReservationStatus.Granted && !life.WasReleased && time < life.BookedEnd:
                _ended.Add(life.Id);
                break;
            default:
                break;
        }
    }

    private void CheckOwner(PathChanged e)
    {
        var data = e.Data;
        if (e.Lanes > 0 && _paths.TryGetValue(data.Key, out var held))
        {
            fault(AuditRule.Calendar, e, OwnerOf(data.Key),
                $"path {data.Key} is booked, but holds {held.Lanes} lanes already");
        }

        if (OwnerOf(data.Key) is not { } id)
        {
            CheckOperator(e);
            return;
        }

        if (e.Lanes == 0)
        {
            if (!_ended.Contains(id))
            {
                fault(AuditRule.Calendar, e, id, "its path is freed, but nothing ended it");
            }
        }
        else if (!_requested.Contains(id))
        {
            fault(AuditRule.Calendar, e, id, "books a path, but was not requested with it");
        }
        else
        {
            CheckBooking(e, lives[id]);
        }
    }

    // Whose role was taken away may still release what it booked; but nobody else's key fits what is booked.
    private void CheckOperator(PathChanged e)
    {
        var data = e.Data;
        if (e.Lanes > 0 && !roles.Any(pair => IsOperator(pair.Value) && data.Key == KeyOf(pair.Key, e)))
        {
            fault(AuditRule.Calendar, e, null,
                $"path {data.Key} of {e.Lanes} lanes in {data.Start}..{data.End} is the path of no operator");
        }
    }

    private static bool IsOperator(UInt256 roles) => !((BigInteger)roles & Operator).IsZero;

    private static Bytes32 KeyOf(Address account, PathChanged e)
    {
        var encoder = new AbiEncoder();
        encoder.WriteAddress(account);
        encoder.WriteUInt(e.Data.Path);
        encoder.WriteUInt(e.Data.Start);
        encoder.WriteUInt(e.Data.End);
        return Keccak256.Hash(encoder.ToArray());
    }

    private void CheckBooking(PathChanged e, ReservationLife life)
    {
        var data = e.Data;
        if ((e.Lanes, data.Start, data.End) != (life.Terms.Slots, life.Start, life.BookedEnd))
        {
            fault(AuditRule.Calendar, e, life.Id,
                $"its path holds {e.Lanes} lanes in {data.Start}..{data.End}, booked are {life.Terms.Slots} slots "
                + $"in {life.Start}..{life.BookedEnd}");
        }

        if (!pools.TryGetValue(life.Terms.Pool, out var pool))
        {
            return;
        }

        var (from, to) = (pool.Data.Terms.A, pool.Data.Terms.B);
        if (Follow(e, life.Id, from) is { } end && end != to && Follow(e, life.Id, to) != from)
        {
            fault(AuditRule.Calendar, e, life.Id, $"its path leads from {from} to {end}, its pool to {to}");
        }
    }

    // Where the links lead from a site; null when they break, which is a fault only from where they begin.
    private uint? Follow(PathChanged e, UInt128 id, uint from)
    {
        var here = from;
        foreach (var link in e.Links)
        {
            if (!_links.TryGetValue(link, out var known) || (known.Data.A != here && known.Data.B != here))
            {
                if (here != from || known is null)
                {
                    fault(AuditRule.Calendar, e, id, $"its path breaks at link {link}");
                    return null;
                }

                return here;
            }

            here = known.Data.A == here ? known.Data.B : known.Data.A;
        }

        return here;
    }

    // A reservation's key is its id, an operator's the hash of what it booked.
    private static UInt128? OwnerOf(Bytes32 key)
    {
        Span<byte> bytes = stackalloc byte[32];
        key.ToArray().CopyTo(bytes);
        return bytes[..16].ContainsAnyExcept((byte)0) ? null : BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]);
    }
}
