using Pqms.Ethereum;
using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Loop;

/// <summary>Begins a session from the newest snapshot that fits, or from nothing.</summary>
internal static class SessionStart
{
    /// <summary>Begins a session.</summary>
    /// <param name="create">Makes a session before its first block.</param>
    /// <param name="journal">Holds the snapshots.</param>
    /// <param name="era">The hub's present era.</param>
    /// <param name="options">What the journal keeps.</param>
    /// <param name="canonicalHash">The chain's present hash of a block, or null if it has none.</param>
    /// <param name="note">Told why a snapshot is not used.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<OracleSession> OpenAsync(
        Func<OracleSession> create,
        IJournal journal,
        ulong era,
        JournalOptions options,
        Func<ulong, CancellationToken, Task<Bytes32?>> canonicalHash,
        Action<string> note,
        CancellationToken cancellation)
    {
        ulong newest = journal.Cursor?.Number ?? 0;
        ulong kept = options.KeepBatchBlocks;
        if (journal.LacksBatches(era, kept == 0 || kept > newest ? 0 : newest - kept + 1))
        {
            note("Batch files are missing in the journal: the era is computed from its beginning.");
            return create();
        }

        foreach (JournalSnapshot snapshot in journal.Snapshots())
        {
            if (snapshot.Era != era)
            {
                continue;
            }

            if (await canonicalHash(snapshot.BlockNumber, cancellation) != snapshot.BlockHash)
            {
                // Orphaned while nobody looked, and every block after it.
                journal.ForgetFrom(snapshot.BlockNumber);
                continue;
            }

            OracleSession session = create();
            if (session.Restore(snapshot) is not { } reason)
            {
                return session;
            }

            note($"The snapshot of block {snapshot.BlockNumber} is not used: {reason}.");
        }

        return create();
    }
}
