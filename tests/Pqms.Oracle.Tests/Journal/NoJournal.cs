using Pqms.Ethereum;
using Pqms.Oracle.Journal;

namespace Pqms.Tests;

/// <summary>Keeps nothing: sessions that are compared need no store.</summary>
internal sealed class NoJournal : IJournal
{
    public string Location => string.Empty;

    public JournalCursor? Cursor => null;

    public int Append(JournalBatch batch) => 0;

    public void RecordSignature(SignedReport signed)
    {
    }

    public IReadOnlyList<SignedReport> SignaturesOf(ulong sequence) => [];

    public IReadOnlyList<SignedReport> Signatures() => [];

    public byte[]? Batch(Bytes32 dataHash) => null;

    public IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit) => [];

    public long CountLogs() => 0;

    public void ForgetFrom(ulong blockNumber)
    {
    }

    public IReadOnlyList<JournalSnapshot> Snapshots() => [];

    public void DropSnapshots()
    {
    }

    public bool LacksBatches(ulong era, ulong fromBlock) => false;

    public int Prune(ulong logsBefore, ulong batchesBefore) => 0;

    public void Dispose()
    {
    }
}
