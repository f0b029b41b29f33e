using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Loop;

/// <summary>A report that the chain accepted and whose lines are still to be executed.</summary>
/// <param name="Report">The report.</param>
/// <param name="AcceptedAt">Chain time of acceptance, seconds.</param>
/// <param name="Lines">The lines.</param>
internal sealed record OwedSettlement(Report Report, ulong AcceptedAt, Line[] Lines);

/// <summary>What the chain still waits for: reports computed and not accepted, lines accepted and not
/// executed.</summary>
/// <remarks>
/// Filled from blocks alone, so the head on chain decides what is owed, whatever this process did before. Safe for two
/// threads: the loop writes, settlement reads. A report leaves the book once nothing of it is owed.
/// </remarks>
internal sealed class ReportBook
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<ulong, SealedReport> _unaccepted = [];
    private readonly SortedDictionary<ulong, OwedSettlement> _unsettled = [];
    private readonly ProofBook _proofs = new();
    private ulong _firstSequence = ulong.MaxValue;
    private ulong _accepted;
    private ulong _computed;
    private ulong _voidThrough;

    /// <summary>Sequence of the last report accepted; 0 for none.</summary>
    public ulong Accepted
    {
        get
        {
            lock (_gate)
            {
                return _accepted;
            }
        }
    }

    /// <summary>Sequence of the last report computed; 0 for none.</summary>
    public ulong Computed
    {
        get
        {
            lock (_gate)
            {
                return _computed;
            }
        }
    }

    /// <summary>The last void report whose grants are not taken back yet; 0 when there is none.</summary>
    public ulong VoidThrough
    {
        get
        {
            lock (_gate)
            {
                return _voidThrough;
            }
        }
    }

    /// <summary>Enters what one block brought.</summary>
    /// <param name="outcome">The block.</param>
    /// <param name="compared">Called for every accepted report of this era with what was computed, if it was.</param>
    public void Enter(BlockOutcome outcome, Action<AcceptedEntry, SealedReport?> compared)
    {
        lock (_gate)
        {
            if (outcome.Opened is { } era)
            {
                _unaccepted.Clear();
                _firstSequence = era.LastSequence + 1;
                _accepted = era.LastSequence;
                _computed = era.LastSequence;
            }

            foreach (LedgerEntry fact in outcome.Facts)
            {
                Enter(fact, compared);
            }

            if (outcome.Sealed is { } report)
            {
                _unaccepted.Add(report.Report.Sequence, report);
                _computed = report.Report.Sequence;
            }
        }
    }

    /// <summary>Reports to submit, in sequence.</summary>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<SealedReport> OwedReports(int limit)
    {
        lock (_gate)
        {
            return [.. _unaccepted.Values.Take(limit)];
        }
    }

    /// <summary>A report that was computed and is not accepted yet.</summary>
    /// <param name="sequence">Its sequence.</param>
    /// <returns>Null if it is not computed yet, or accepted already.</returns>
    public SealedReport? Find(ulong sequence)
    {
        lock (_gate)
        {
            return _unaccepted.GetValueOrDefault(sequence);
        }
    }

    /// <summary>Lines to execute, in sequence.</summary>
    /// <param name="limit">At most so many reports.</param>
    public IReadOnlyList<OwedSettlement> OwedSettlements(int limit)
    {
        lock (_gate)
        {
            return [.. _unsettled.Values.Take(limit)];
        }
    }

    /// <summary>How many void reports wait for their grants to be taken back.</summary>
    public int CountReopenings()
    {
        lock (_gate)
        {
            return _voidThrough == 0 ? 0 : (int)(_voidThrough - _accepted);
        }
    }

    /// <summary>How many reports and settlements are owed.</summary>
    public (int Reports, int Settlements) CountOwed()
    {
        lock (_gate)
        {
            return (_unaccepted.Count, _unsettled.Count);
        }
    }

    /// <summary>Leaves to prove to the inventory, deliveries first.</summary>
    /// <param name="limit">At most so many.</param>
    public IReadOnlyList<OwedProof> OwedProofs(int limit)
    {
        lock (_gate)
        {
            return [.. _proofs.Owed.Take(limit)];
        }
    }

    /// <summary>Forgets a proof that the inventory will never take.</summary>
    public void Drop(OwedProof refused)
    {
        lock (_gate)
        {
            _proofs.Drop(refused);
        }
    }

    /// <summary>Writes the book.</summary>
    public void Write(BinaryWriter writer)
    {
        lock (_gate)
        {
            writer.Write(_firstSequence);
            writer.Write(_accepted);
            writer.Write(_computed);
            writer.Write(_voidThrough);
            writer.WriteAll(_unaccepted.Values, report => writer.Write(report));
            writer.WriteAll(_unsettled.Values, owed =>
            {
                writer.Write(owed.Report);
                writer.Write(owed.AcceptedAt);
                writer.WriteAll(owed.Lines, line => writer.Write(line));
            });
            _proofs.Write(writer);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote, into an empty book.</summary>
    public void Read(BinaryReader reader)
    {
        lock (_gate)
        {
            _firstSequence = reader.ReadUInt64();
            _accepted = reader.ReadUInt64();
            _computed = reader.ReadUInt64();
            _voidThrough = reader.ReadUInt64();
            foreach (SealedReport report in reader.ReadAll(() => reader.ReadSealed()))
            {
                _unaccepted.Add(report.Report.Sequence, report);
            }

            foreach (OwedSettlement owed in reader.ReadAll(() => new OwedSettlement(
                reader.ReadReport(), reader.ReadUInt64(), [.. reader.ReadAll(() => reader.ReadLine())])))
            {
                _unsettled.Add(owed.Report.Sequence, owed);
            }

            _proofs.Read(reader);
        }
    }

    private void Enter(LedgerEntry fact, Action<AcceptedEntry, SealedReport?> compared)
    {
        switch (fact)
        {
            case AcceptedEntry accepted:
                Accept(accepted, compared);
                break;
            case SettledEntry settled:
                _unsettled.Remove(settled.Sequence);
                break;
            case EraClosedEntry closed:
                Close(closed);
                _proofs.Enter(closed);
                break;
            case ReportReopenedEntry reopened:
                _voidThrough = reopened.Sequence - 1 > _accepted ? reopened.Sequence - 1 : 0;
                break;
            default:
                _proofs.Enter(fact);
                break;
        }
    }

    // Lines of void reports can never be executed; what was computed and not accepted belongs to a closed era.
    private void Close(EraClosedEntry closed)
    {
        _unaccepted.Clear();
        foreach (ulong sequence in _unsettled.Keys.Where(sequence => sequence >= closed.From).ToArray())
        {
            _unsettled.Remove(sequence);
        }

        _accepted = closed.From - 1;
        _computed = closed.From - 1;

        // As in the hub: reports that are void already and wait, wait on when an earlier one becomes void too.
        _voidThrough = _voidThrough == 0 ? closed.Through : _voidThrough;
    }

    private void Accept(AcceptedEntry accepted, Action<AcceptedEntry, SealedReport?> compared)
    {
        _accepted = accepted.Sequence;
        if (accepted.Sequence < _firstSequence)
        {
            return;
        }

        _unaccepted.Remove(accepted.Sequence, out SealedReport? own);
        compared(accepted, own);
        if (own is null || own.Hash != accepted.ReportHash)
        {
            return;
        }

        _proofs.Accept(own, accepted.AcceptedAt);
        if (own.Lines.Length > 0)
        {
            _unsettled[accepted.Sequence] = new OwedSettlement(accepted.Report, accepted.AcceptedAt, own.Lines);
        }
    }
}
