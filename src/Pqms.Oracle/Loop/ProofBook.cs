using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Loop;

/// <summary>A leaf of an accepted report that the inventory waits for.</summary>
/// <param name="OrderId">The order that it delivers; 0 when it proves a stock.</param>
/// <param name="Pool">The pool whose stock it proves; 0 when it delivers an order.</param>
/// <param name="Report">The report.</param>
/// <param name="AcceptedAt">Chain time of acceptance, seconds.</param>
/// <param name="Index">0-based position of the leaf.</param>
/// <param name="Payload">The leaf's bytes.</param>
/// <param name="Siblings">The proof, from the leaf up.</param>
internal sealed record OwedProof(
    UInt128 OrderId, uint Pool, Report Report, ulong AcceptedAt, ulong Index, byte[] Payload, Bytes32[] Siblings)
{
    /// <summary>What it is for; equal for two proofs of which one is enough.</summary>
    public string Name => OrderId == 0 ? $"stock of pool {Pool}" : $"delivery of order {OrderId}";
}

/// <summary>Deliveries and stocks that accepted reports prove and the inventory does not know yet.</summary>
/// <remarks>Filled from blocks alone, like the book of reports. One thread at a time.</remarks>
internal sealed class ProofBook
{
    private readonly Dictionary<UInt128, OwedProof> _deliveries = [];
    private readonly SortedDictionary<uint, OwedProof> _stocks = [];
    private readonly Dictionary<uint, Reservoir> _reservoirs = [];

    /// <summary>What is owed, deliveries first, each by the report's sequence.</summary>
    public IReadOnlyList<OwedProof> Owed =>
        [.. _deliveries.Values.OrderBy(proof => (proof.Report.Sequence, proof.Index)), .. _stocks.Values];

    /// <summary>Enters a report that the chain accepted.</summary>
    /// <param name="own">What was computed; equal to what was accepted.</param>
    /// <param name="acceptedAt">Chain time of acceptance.</param>
    public void Accept(SealedReport own, ulong acceptedAt)
    {
        // A production of nothing says that the mesh cannot serve the order: there is nothing to deliver.
        IReadOnlyList<Leaf> leaves = own.Batch.Leaves;
        for (int i = 0; i < leaves.Count; i++)
        {
            switch (leaves[i])
            {
                case ProductionLeaf { Count: > 0 } production:
                    _deliveries[production.OrderId] = Prove(own, acceptedAt, i, production.OrderId, pool: 0);
                    break;
                case PoolCountersLeaf counters when _reservoirs.TryGetValue(counters.PoolId, out Reservoir reservoir):
                    EnterStock(own, acceptedAt, i, counters, reservoir);
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Enters a fact of the inventory, or the closing of an era.</summary>
    public void Enter(LedgerEntry fact)
    {
        switch (fact)
        {
            case OrderClosedEntry closed:
                _deliveries.Remove(closed.Id);
                break;
            case ReservoirSetEntry set:
                Reservoir before = _reservoirs.GetValueOrDefault(set.Pool);
                _reservoirs[set.Pool] = before with { Threshold = set.Threshold };
                break;
            case StockProvenEntry proven:
                Reservoir known = _reservoirs.GetValueOrDefault(proven.Pool);
                _reservoirs[proven.Pool] = known with { Low = proven.Stock < known.Threshold };
                _stocks.Remove(proven.Pool);
                break;
            case EraClosedEntry closed:
                Drop(proof => proof.Report.Sequence >= closed.From);
                break;
            default:
                break;
        }
    }

    /// <summary>Forgets a proof that the inventory will never take.</summary>
    public void Drop(OwedProof refused) => Drop(proof => ReferenceEquals(proof, refused));

    /// <summary>Writes the book.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.WriteAll(Owed, proof =>
        {
            writer.Write(proof.OrderId);
            writer.Write(proof.Pool);
            writer.Write(proof.Report);
            writer.Write(proof.AcceptedAt);
            writer.Write(proof.Index);
            writer.WriteBlock(proof.Payload);
            writer.WriteAll(proof.Siblings, sibling => writer.Write(sibling));
        });
        writer.WriteAll([.. _reservoirs.OrderBy(reservoir => reservoir.Key)], reservoir =>
        {
            writer.Write(reservoir.Key);
            writer.Write(reservoir.Value.Threshold);
            writer.Write(reservoir.Value.Low);
        });
    }

    /// <summary>Reads what <see cref="Write"/> wrote, into an empty book.</summary>
    public void Read(BinaryReader reader)
    {
        foreach (OwedProof proof in reader.ReadAll(() => new OwedProof(
            reader.ReadUInt128(), reader.ReadUInt32(), reader.ReadReport(), reader.ReadUInt64(), reader.ReadUInt64(),
            reader.ReadBlock(), [.. reader.ReadAll(() => reader.ReadHash())])))
        {
            if (proof.OrderId == 0)
            {
                _stocks.Add(proof.Pool, proof);
            }
            else
            {
                _deliveries.Add(proof.OrderId, proof);
            }
        }

        foreach ((uint pool, Reservoir reservoir) in reader.ReadAll(() =>
            (reader.ReadUInt32(), new Reservoir(reader.ReadUInt32(), reader.ReadBoolean()))))
        {
            _reservoirs.Add(pool, reservoir);
        }
    }

    private static OwedProof Prove(SealedReport own, ulong acceptedAt, int index, UInt128 orderId, uint pool) => new(
        orderId, pool, own.Report, acceptedAt, (ulong)index, own.Batch.Leaves[index].ToPayload(),
        own.Batch.Proof(index));

    // The oldest proof of a crossing is kept: a later one would have to wait for its own challenge window, and so on.
    private void EnterStock(
        SealedReport own, ulong acceptedAt, int index, PoolCountersLeaf counters, Reservoir reservoir)
    {
        bool low = counters.Stock < reservoir.Threshold;
        if (low == reservoir.Low)
        {
            _stocks.Remove(counters.PoolId);
        }
        else if (!_stocks.ContainsKey(counters.PoolId))
        {
            _stocks[counters.PoolId] = Prove(own, acceptedAt, index, UInt128.Zero, counters.PoolId);
        }
    }

    private void Drop(Func<OwedProof, bool> dropped)
    {
        foreach (OwedProof proof in Owed.Where(dropped))
        {
            _deliveries.Remove(proof.OrderId);
            _stocks.Remove(proof.Pool);
        }
    }

    private readonly record struct Reservoir(uint Threshold, bool Low);
}
