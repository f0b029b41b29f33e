using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>An oracle's own durable store: commands seen, reports computed, hashes signed, batch files.</summary>
/// <remarks>
/// One per oracle and chain. Everything in it can be rebuilt from the chain, except the list of signed hashes, which
/// keeps this oracle from ever signing two truths. Safe for several threads; every write is one durable transaction.
/// Any member may throw a <see cref="JournalException"/>: the disk is full, or the store is out of reach.
/// </remarks>
public interface IJournal : IDisposable
{
    /// <summary>Where it lives, for people: a path or a connection without secrets.</summary>
    string Location { get; }

    /// <summary>The last block written; null in a fresh journal.</summary>
    JournalCursor? Cursor { get; }

    /// <summary>Writes a run of blocks in one transaction; what is there already is left as it is.</summary>
    /// <param name="batch">What to add. A log of the same block number under another hash replaces the orphaned
    /// ones.</param>
    /// <returns>How many logs were new.</returns>
    int Append(JournalBatch batch);

    /// <summary>Records a hash before its signature leaves the process.</summary>
    /// <param name="signed">The report signed; a repeat changes nothing.</param>
    void RecordSignature(SignedReport signed);

    /// <summary>Every hash signed for a sequence, oldest first.</summary>
    /// <param name="sequence">The report's sequence.</param>
    IReadOnlyList<SignedReport> SignaturesOf(ulong sequence);

    /// <summary>The whole list of signed hashes, oldest first.</summary>
    IReadOnlyList<SignedReport> Signatures();

    /// <summary>A batch file.</summary>
    /// <param name="dataHash">keccak256 of its bytes.</param>
    /// <returns>The bytes; null if this oracle never made it, it was pruned, or what is stored is damaged: that is
    /// removed, and made again at the next start.</returns>
    byte[]? Batch(Bytes32 dataHash);

    /// <summary>Reports from a sequence on, oldest first.</summary>
    /// <param name="fromSequence">The first sequence wanted.</param>
    /// <param name="limit">At most so many, 1 to 1,000.</param>
    IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit);

    /// <summary>How many command logs are stored.</summary>
    long CountLogs();

    /// <summary>Forgets logs and snapshots from a block on: they were orphaned.</summary>
    /// <param name="blockNumber">The first block removed.</param>
    void ForgetFrom(ulong blockNumber);

    /// <summary>The snapshots kept, newest first.</summary>
    IReadOnlyList<JournalSnapshot> Snapshots();

    /// <summary>Forgets all snapshots: the next start computes the era from its beginning.</summary>
    void DropSnapshots();

    /// <summary>Whether batch files of an era are missing.</summary>
    /// <param name="era">The era.</param>
    /// <param name="fromBlock">Reports that end before this block are not looked at.</param>
    bool LacksBatches(ulong era, ulong fromBlock);

    /// <summary>Removes what is older than wanted: logs, and batch files of accepted reports. Signatures and reports
    /// stay.</summary>
    /// <param name="logsBefore">Logs of blocks before this one go; 0 for none.</param>
    /// <param name="batchesBefore">Files of reports that end before this block go; 0 for none.</param>
    /// <returns>How many rows went; at most <see cref="JournalOptions.PruneRows"/> of each kind in one call.</returns>
    int Prune(ulong logsBefore, ulong batchesBefore);
}
