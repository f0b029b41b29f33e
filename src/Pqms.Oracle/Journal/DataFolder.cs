using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>Where one oracle keeps its journal for one chain: a folder per chain id and genesis block.</summary>
/// <remarks>
/// A development chain forgets everything when it restarts and keeps its chain id; the genesis hash in the path keeps
/// two histories apart. A lock file held open makes sure that one process writes at a time.
/// </remarks>
internal sealed class DataFolder : IDisposable
{
    private const int GenesisBytesInName = 8;
    private const int HubBytesInName = 4;
    private readonly FileStream _lock;

    private DataFolder(string path, string journalPath, string ledger, FileStream @lock)
    {
        Path = path;
        JournalPath = journalPath;
        Ledger = ledger;
        _lock = @lock;
    }

    /// <summary>Chain, genesis and hub in a few characters of a-z, 0-9 and _: tells ledgers apart in a
    /// database.</summary>
    public string Ledger { get; }

    /// <summary>The folder of this chain.</summary>
    public string Path { get; }

    /// <summary>The journal's file; its name carries the hub, because one chain may hold several ledgers.</summary>
    public string JournalPath { get; }

    /// <summary>The second copy of the list of signed hashes.</summary>
    public string SignaturesPath => JournalPath + ".signatures";

    /// <summary>The sender's record of signed transactions.</summary>
    public string TransactionsPath => JournalPath + ".transactions.jsonl";

    /// <summary>Creates the folder and takes the lock.</summary>
    /// <param name="root">The oracle's data folder.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="genesis">Hash of block 0.</param>
    /// <param name="hub">The report hub.</param>
    /// <exception cref="JournalException">Not writable, or another process holds the lock.</exception>
    public static DataFolder Open(string root, ulong chainId, Bytes32 genesis, Address hub)
    {
        string chain = Prefix(genesis.ToString(), GenesisBytesInName);
        string ledger = Prefix(hub.ToString(), HubBytesInName);
        string path = System.IO.Path.Combine(root, $"{chainId}-{chain}");
        string journal = System.IO.Path.Combine(path, $"journal-{ledger}.db");
        try
        {
            Directory.CreateDirectory(path);
            ProbeWrite(path);
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or IOException)
        {
            throw new JournalException(
                $"The data folder {path} is not writable: {failure.Message}. "
                + "Choose another with --data-folder, or give this user the right to write.",
                failure);
        }

        return new DataFolder(path, journal, $"{chainId}_{chain}_{ledger}", TakeLock(journal + ".lock"));
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static string Prefix(string hex, int bytes) => hex.Substring(2, 2 * bytes).ToLowerInvariant();

    private static void ProbeWrite(string path)
    {
        string probe = System.IO.Path.Combine(path, $".probe-{Environment.ProcessId}");
        File.WriteAllBytes(probe, [1]);
        File.Delete(probe);
    }

    private static FileStream TakeLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new JournalException(
                $"Another process holds the journal lock {path}. "
                + "Stop the other oracle, or give this one its own --data-folder.",
                failure);
        }
    }
}
