using System.Numerics;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Getters of EntanglementNetwork that depend on time: prices and free slots.</summary>
internal sealed class PriceComparison(Getters getters, LedgerHistory history)
{
    public async Task CompareAsync(ulong timeSeconds)
    {
        var network = getters.Contracts.Network;
        foreach (var (id, pool) in history.Pools)
        {
            var terms = pool.Data.Terms;
            var state = history.Parts.Prices.States.GetValueOrDefault(id);
            var excess = state.ExcessAt(timeSeconds, terms.Price.Target);
            await getters.ExpectAsync(AuditRule.Money, null, $"excess of pool {id}", network.ExcessOf(id), excess);
            var spot = await getters.ReadAsync(network.SpotPriceWad(id));
            getters.Expect(
                AuditRule.Money, null, $"price of pool {id}", (BigInteger)spot,
                PriceFormula.SpotWad(terms.Price, excess));
            var head = await getters.ReadAsync(network.PoolFor(id));
            getters.Expect(
                AuditRule.Calendar, null, $"head of pool {id}", (head.Kind, head.FidelityFloorPpm, head.Provider),
                (terms.Kind, terms.FidelityFloorPpm, terms.Provider));
            await QuoteAsync(pool, timeSeconds, excess);
        }
    }

    // One slot until the end of the next bucket, from now on.
    private async Task QuoteAsync(PoolRegistered pool, ulong now, ulong excess)
    {
        var network = getters.Contracts.Network;
        var (id, terms) = (pool.Data.Id, pool.Data.Terms);
        var end = ((now / CalendarLanes.BucketSeconds) + 2) * CalendarLanes.BucketSeconds;
        var booked = new[] { Booked(id, now), Booked(id, now + CalendarLanes.BucketSeconds) };
        var quantum = Math.Max(terms.Quantum, (ushort)1);
        var lanes = terms.Capacity / quantum;
        await getters.ExpectAsync(
            AuditRule.Calendar, null, $"free slots of pool {id}", network.FreeSlots(id, now, end),
            (uint)((lanes - booked.Max()) * quantum));
        var registry = history.Parts.Registry;
        var weight = PriceFormula.Weight(now, now, booked.Min(), lanes);
        var due = PriceFormula.Charge(terms.Price, excess, end - now, weight);
        var refused = registry.Isolated.GetValueOrDefault(id) || booked.Max() >= lanes || due is null
            || (registry.Quotas.TryGetValue(id, out var quotas) && quotas.Data.Quotas != default);
        if (!refused)
        {
            var quote = await getters.ReadAsync(network.Quote(id, 0, now, end, 1));
            getters.Expect(AuditRule.Money, null, $"quote of pool {id}", (BigInteger)quote, due);
        }
    }

    private long Booked(uint pool, ulong time)
    {
        var bucket = time / CalendarLanes.BucketSeconds;
        var word = history.Calendar.GetValueOrDefault((pool, (byte)0, bucket / CalendarLanes.Count));
        return CalendarLanes.Of(word)[bucket % CalendarLanes.Count];
    }
}
