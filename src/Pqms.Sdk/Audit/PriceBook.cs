using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows what moves the pools' prices, and computes every charge again, to the wei.</summary>
/// <remarks>Takes a log after the lives and the calendar: a booking's words come before its request.</remarks>
internal sealed class PriceBook(
    IReadOnlyDictionary<UInt128, ReservationLife> lives,
    IReadOnlyDictionary<uint, PoolRegistered> pools,
    IReadOnlyDictionary<(uint Pool, byte Cohort, ulong Word), UInt256> calendar,
    Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly SortedDictionary<uint, PriceState> _states = [];

    // The state before an ExcessChanged whose booking has not come yet.
    private readonly Dictionary<uint, PriceState> _before = [];

    public IReadOnlyDictionary<uint, PriceState> States => _states;

    public void Add(LedgerEvent e, ulong time)
    {
        switch (e)
        {
            case ExcessChanged { Data: var data }:
                if (!_before.TryAdd(data.Pool, _states.GetValueOrDefault(data.Pool)))
                {
                    fault(AuditRule.Money, e, null, $"the price of pool {data.Pool} moved without a booking");
                }

                _states[data.Pool] = new PriceState(data.Excess, time);
                break;
            case ReservationRequested { Data: var data } request
                when pools.TryGetValue(data.Terms.Pool, out var pool) && CalendarLanes.IsWindow(data.Start, data.End):
                Check(request, pool, new Bought(data.Start, data.End, data.Terms.Slots, data.Start), time, data.Price);
                break;
            case ReservationExtended { Data: var data } longer
                when lives.TryGetValue(longer.Id, out var life) && life.End == data.End && life.EndBefore > 0
                    && CalendarLanes.IsWindow(life.EndBefore, life.End)
                    && pools.TryGetValue(life.Terms.Pool, out var pool):
                // The bucket of the last second until now was booked already.
                var fresh = (((life.EndBefore - 1) / CalendarLanes.BucketSeconds) + 1) * CalendarLanes.BucketSeconds;
                var more = new Bought(life.EndBefore, life.End, life.Terms.Slots, fresh);
                Check(longer, pool, more, time, (BigInteger)data.Price - (BigInteger)life.PriceBefore);
                break;
            default:
                break;
        }
    }

    private void Check(ReservationEvent e, PoolRegistered pool, Bought bought, ulong time, BigInteger price)
    {
        var (terms, id) = (pool.Data.Terms, pool.Data.Id);
        var slotSeconds = new BigInteger(bought.Slots) * (bought.End - bought.Start);
        var (excess, weight) = (0UL, BigInteger.Zero);
        if (terms.Price.Scale != 0)
        {
            if (!_before.Remove(id, out var before))
            {
                fault(AuditRule.Money, e, e.Id, $"a booking of pool {id} has not moved its price");
                return;
            }

            excess = before.ExcessAt(time, terms.Price.Target);
            if (_states[id].Excess != excess + slotSeconds)
            {
                fault(AuditRule.Money, e, e.Id,
                    $"excess of pool {id} is {_states[id].Excess}, should be {excess + slotSeconds}");
            }

            var quantum = Math.Max(terms.Quantum, (ushort)1);
            weight = PriceFormula.Weight(bought.Start, time, LeastBooked(id, bought, quantum),
                terms.Capacity / quantum);
        }

        var due = PriceFormula.Charge(terms.Price, excess, slotSeconds, weight);
        if (due != price)
        {
            fault(AuditRule.Money, e, e.Id, $"price is {price}, should be {due}");
        }
    }

    // The fewest quanta that were booked in a bucket of the window before this booking.
    private long LeastBooked(uint pool, Bought bought, uint quantum)
    {
        long own = (bought.Slots + quantum - 1) / quantum;
        var least = long.MaxValue;
        var last = (bought.End - 1) / CalendarLanes.BucketSeconds;
        for (var bucket = bought.Start / CalendarLanes.BucketSeconds; bucket <= last; bucket++)
        {
            var lanes = CalendarLanes.Of(calendar.GetValueOrDefault((pool, (byte)0, bucket / CalendarLanes.Count)));
            var isOwn = bucket >= bought.FreshFrom / CalendarLanes.BucketSeconds;
            least = Math.Min(least, lanes[bucket % CalendarLanes.Count] - (isOwn ? own : 0));
        }

        return least;
    }

    // Buckets from FreshFrom on were booked by this booking.
    private readonly record struct Bought(ulong Start, ulong End, uint Slots, ulong FreshFrom);
}
