using Pqms.Ethereum;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Tests.Simulation;

internal sealed class ProcessKilledException : Exception;

/// <summary>Kills the process at the n-th place where it touches the world: before or after a write, before or after a
/// call.</summary>
internal sealed class Bomb
{
    private int _countdown;

    /// <summary>Whether nothing more fits on the disk.</summary>
    public bool DiskIsFull { get; set; }

    public void Arm(int places) => _countdown = places;

    /// <summary>What a journal says when it cannot write.</summary>
    public void Write()
    {
        if (DiskIsFull)
        {
            throw new JournalException("The disk of the journal is full.");
        }
    }

    public void Tick()
    {
        if (_countdown > 0 && --_countdown == 0)
        {
            throw new ProcessKilledException();
        }
    }
}

internal sealed class BombedJournal(IJournal inner, Bomb bomb) : IJournal
{
    public string Location => inner.Location;

    public JournalCursor? Cursor => inner.Cursor;

    public int Append(JournalBatch batch)
    {
        bomb.Tick();
        bomb.Write();
        int added = inner.Append(batch);
        bomb.Tick();
        return added;
    }

    public void RecordSignature(SignedReport signed)
    {
        bomb.Tick();
        bomb.Write();
        inner.RecordSignature(signed);
        bomb.Tick();
    }

    public IReadOnlyList<SignedReport> SignaturesOf(ulong sequence) => inner.SignaturesOf(sequence);

    public IReadOnlyList<SignedReport> Signatures() => inner.Signatures();

    public byte[]? Batch(Bytes32 dataHash) => inner.Batch(dataHash);

    public IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit) => inner.Reports(fromSequence, limit);

    public long CountLogs() => inner.CountLogs();

    public void ForgetFrom(ulong blockNumber)
    {
        bomb.Tick();
        inner.ForgetFrom(blockNumber);
        bomb.Tick();
    }

    public IReadOnlyList<JournalSnapshot> Snapshots() => inner.Snapshots();

    public void DropSnapshots() => inner.DropSnapshots();

    public bool LacksBatches(ulong era, ulong fromBlock) => inner.LacksBatches(era, fromBlock);

    public int Prune(ulong logsBefore, ulong batchesBefore)
    {
        bomb.Tick();
        int removed = inner.Prune(logsBefore, batchesBefore);
        bomb.Tick();
        return removed;
    }

    public void Dispose() => inner.Dispose();
}

internal sealed class BombedWriter(ILedgerWriter inner, Bomb bomb) : ILedgerWriter
{
    public Task<ChainTip> TipAsync(CancellationToken cancellation) => inner.TipAsync(cancellation);

    public Task<ChainTip> HeadAsync(ChainTip tip, CancellationToken cancellation) =>
        inner.HeadAsync(tip, cancellation);

    public Task<Bytes32?> BlockHashAsync(ulong number, CancellationToken cancellation) =>
        inner.BlockHashAsync(number, cancellation);

    public async Task<WriteAttempt> SubmitAsync(
        SealedReport report,
        byte[][] signatures,
        ulong anchorBlock,
        Bytes32 anchorHash,
        bool behindAnother,
        CancellationToken cancellation)
    {
        bomb.Tick();
        WriteAttempt attempt = await inner.SubmitAsync(
            report, signatures, anchorBlock, anchorHash, behindAnother, cancellation);
        bomb.Tick();
        return attempt;
    }

    public async Task<WriteAttempt> SettleAsync(OwedSettlement owed, CancellationToken cancellation)
    {
        bomb.Tick();
        WriteAttempt attempt = await inner.SettleAsync(owed, cancellation);
        bomb.Tick();
        return attempt;
    }

    public async Task<WriteAttempt> ProveAsync(OwedProof owed, CancellationToken cancellation)
    {
        bomb.Tick();
        WriteAttempt attempt = await inner.ProveAsync(owed, cancellation);
        bomb.Tick();
        return attempt;
    }

    public async Task<WriteAttempt> ReopenAsync(ulong sequence, CancellationToken cancellation)
    {
        bomb.Tick();
        WriteAttempt attempt = await inner.ReopenAsync(sequence, cancellation);
        bomb.Tick();
        return attempt;
    }
}
