using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Loop;

/// <summary>Drives the mesh of one era through its blocks and cuts the epochs.</summary>
/// <remarks>
/// Per block: advance to its time, apply its commands in log order, collect. Leaves stand in mesh event order, then one
/// counter line per changed pool. Decisions and lines beyond a report's bounds follow first in the next report.
/// </remarks>
internal sealed class EpochBuilder
{
    private readonly List<Leaf> _leaves = [];
    private readonly Queue<Decision> _decisions = new();
    private readonly Queue<Line> _lines = new();
    private Bytes32 _head;
    private ulong _sequence;
    private ulong _lastEndSeconds;

    /// <summary>A builder at the start of an era.</summary>
    /// <param name="era">The era.</param>
    /// <param name="mesh">Its mesh, standing at the warm-up.</param>
    public EpochBuilder(EraStart era, IMesh mesh)
    {
        Era = era;
        Mesh = mesh;
        _head = era.Head;
        _sequence = era.LastSequence;
        _lastEndSeconds = era.BlockSeconds;
    }

    /// <summary>The era.</summary>
    public EraStart Era { get; }

    /// <summary>The mesh; the caller may read its pools, nothing else.</summary>
    public IMesh Mesh { get; }

    /// <summary>Advances the mesh to a block's time, before its commands.</summary>
    public void Advance(LedgerBlock block) => Mesh.AdvanceTo(Translation.TimeFromChain(block.Timestamp));

    /// <summary>Applies one command at the block's time.</summary>
    public void Apply(MeshCommand command) => Mesh.Apply(command);

    /// <summary>Collects what the block brought, and ends the epoch if the rule says so.</summary>
    /// <returns>The report, or null if the epoch goes on.</returns>
    public SealedReport? EndBlock(LedgerBlock block)
    {
        foreach (MeshReportItem item in Mesh.DrainReportItems())
        {
            Collect(item);
        }

        int pending = Math.Max(_leaves.Count, _decisions.Count + _lines.Count);
        return EpochRule.EndsAfter(pending, _leaves.Count, _lastEndSeconds, block.Timestamp) ? Seal(block) : null;
    }

    /// <summary>Writes what stands between two blocks: the open epoch and the mesh.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.WriteAll(_leaves, leaf => writer.WriteBlock(leaf.ToPayload()));
        writer.WriteAll(_decisions, decision => writer.Write(decision));
        writer.WriteAll(_lines, line => writer.Write(line));
        writer.Write(_head);
        writer.Write(_sequence);
        writer.Write(_lastEndSeconds);
        writer.WriteBlock(Mesh.Snapshot());
    }

    /// <summary>Goes on from what <see cref="Write"/> wrote; for a builder that has not begun.</summary>
    /// <exception cref="ArgumentException">The mesh's part does not fit.</exception>
    public void Read(BinaryReader reader)
    {
        _leaves.AddRange(reader.ReadAll(() => Leaf.FromPayload(reader.ReadBlock())));
        reader.ReadAll(() => reader.ReadDecision()).ForEach(_decisions.Enqueue);
        reader.ReadAll(() => reader.ReadLine()).ForEach(_lines.Enqueue);
        _head = reader.ReadHash();
        _sequence = reader.ReadUInt64();
        _lastEndSeconds = reader.ReadUInt64();
        Mesh.Restore(reader.ReadBlock());
    }

    private void Collect(MeshReportItem item)
    {
        _leaves.Add(Translation.ToLeaf(item));
        switch (item)
        {
            case DecisionItem decision:
                _decisions.Enqueue(Translation.ToDecision(decision));
                break;
            case SettlementItem settlement:
                _lines.Enqueue(Translation.ToLine(settlement));
                break;
            default:
                break;
        }
    }

    private SealedReport Seal(LedgerBlock block)
    {
        Leaf[] leaves = [.. _leaves, .. Mesh.DrainChangedPools().Select(Translation.ToLeaf)];
        Decision[] decisions = Take(_decisions, EpochRule.DecisionsPerReport);
        Line[] lines = Take(_lines, EpochRule.LinesPerReport);
        ulong sequence = _sequence + 1;
        var batch = new Batch(Era.Era, sequence, leaves);
        var report = new Report(
            Era: Era.Era,
            Sequence: sequence,
            ToBlock: block.Number,
            ToBlockHash: block.Hash,
            ToTime: block.Timestamp,
            Count: (ulong)leaves.Length,
            PreviousHead: _head,
            EventsRoot: batch.Tree.Root,
            StateHash: Bytes32.FromBytes(Mesh.StateHash()),
            DataHash: batch.DataHash,
            DecisionsHash: ReportHashes.OfDecisions(decisions),
            LinesHash: ReportHashes.OfLines(lines));
        Bytes32 hash = ReportHashes.OfReport(report);
        _leaves.Clear();
        _head = hash;
        _sequence = sequence;
        _lastEndSeconds = block.Timestamp;
        return new SealedReport(report, hash, decisions, lines, batch);
    }

    private static T[] Take<T>(Queue<T> queue, int limit)
    {
        var taken = new T[Math.Min(queue.Count, limit)];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = queue.Dequeue();
        }

        return taken;
    }
}
