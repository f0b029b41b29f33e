using Pqms.Ethereum;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>The rules of the inventory, as far as the oracle meets them.</summary>
internal static class FakeInventory
{
    public static FakeTransaction Open(UInt128 id, uint pool, uint count) => new($"open {id}", (state, _) =>
    {
        state.Orders[id] = new FakeOrder(FakeOrderStatus.Open, pool, count);
        return FakeOutcome.Done(new OrderOpenedEntry(id, pool, count));
    });

    public static FakeTransaction Accept(UInt128 id) => new($"accept {id}", (state, _) =>
    {
        // A reorganisation may have lost the order.
        if (!state.Orders.TryGetValue(id, out FakeOrder? order))
        {
            return FakeOutcome.Revert(WriteRefusal.Refused, "unknown order");
        }

        state.Orders[id] = order with { Status = FakeOrderStatus.Accepted };
        return FakeOutcome.Done(new OrderAcceptedEntry(id));
    });

    public static FakeTransaction Fail(UInt128 id) => new($"fail {id}", (state, _) =>
    {
        state.Orders[id] = state.Orders[id] with { Status = FakeOrderStatus.Failed };
        return FakeOutcome.Done(new OrderClosedEntry(id, Failed: true));
    });

    public static FakeTransaction SetReservoir(uint pool, uint threshold) => new($"reservoir {pool}", (state, _) =>
    {
        state.Reservoirs[pool] = new FakeReservoir(threshold, Low: false, 0, 0);
        return FakeOutcome.Done(new ReservoirSetEntry(pool, threshold));
    });

    public static FakeTransaction Prove(FakeChain chain, OwedProof owed) => new(owed.Name, (state, at) =>
    {
        Bytes32 hash = ReportHashes.OfReport(owed.Report);
        bool proven = state.Ring.TryGetValue(owed.Report.Sequence, out (Bytes32 Hash, ulong AcceptedAt) held)
            && held == (hash, owed.AcceptedAt)
            && at.Time >= owed.AcceptedAt + chain.ChallengeSeconds
            && MerkleTree.Verify(
                owed.Report.EventsRoot, owed.Report.Count, owed.Index,
                MerkleTree.LeafHash(owed.Report.Sequence, owed.Index, owed.Payload), owed.Siblings);
        if (!proven)
        {
            return FakeOutcome.Revert(WriteRefusal.NotYet, "not proven");
        }

        return Leaf.FromPayload(owed.Payload) switch
        {
            ProductionLeaf production => Deliver(state, production),
            PoolCountersLeaf counters => Stock(state, counters),
            _ => FakeOutcome.Revert(WriteRefusal.Refused, "wrong leaf"),
        };
    })
    { ByOracle = true };

    private static FakeOutcome Deliver(ChainState state, ProductionLeaf production)
    {
        FakeOrder order = state.Orders[production.OrderId];
        if (order.Status != FakeOrderStatus.Accepted)
        {
            return FakeOutcome.Revert(WriteRefusal.AlreadyThere, $"{order.Status}");
        }

        if (production.Count < order.Count || production.PoolId != order.Pool)
        {
            return FakeOutcome.Revert(WriteRefusal.Refused, "wrong leaf");
        }

        state.Orders[production.OrderId] = order with { Status = FakeOrderStatus.Delivered };
        return FakeOutcome.Done(new OrderClosedEntry(production.OrderId, Failed: false));
    }

    private static FakeOutcome Stock(ChainState state, PoolCountersLeaf counters)
    {
        FakeReservoir reservoir = state.Reservoirs[counters.PoolId];
        if (counters.Sequence <= reservoir.PoolSequence)
        {
            return FakeOutcome.Revert(WriteRefusal.AlreadyThere, "old stock");
        }

        bool low = counters.Stock < reservoir.Threshold;
        state.Reservoirs[counters.PoolId] = reservoir with
        {
            Low = low,
            PoolSequence = counters.Sequence,
            Proofs = reservoir.Proofs + 1,
        };
        return FakeOutcome.Done(new StockProvenEntry(counters.PoolId, counters.Stock, counters.Sequence));
    }
}
