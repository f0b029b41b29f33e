using Pqms.Oracle.Intake;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle;

/// <summary>What an oracle keeps for one chain: folder with lock, journal, the writer of the present session. Another
/// genesis gets another one.</summary>
internal sealed class ChainStore : IDisposable
{
    private readonly DataFolder _folder;

    private ILedgerWriter? _writer;

    private ChainStore(ChainIdentity identity, DataFolder folder, OracleJournal journal)
    {
        Identity = identity;
        _folder = folder;
        Journal = journal;
    }

    /// <summary>The chain.</summary>
    public ChainIdentity Identity { get; }

    /// <summary>Its journal.</summary>
    public OracleJournal Journal { get; }

    /// <summary>Opens folder and journal.</summary>
    /// <exception cref="JournalException">Not writable, held by another process, or SQLite is missing.</exception>
    public static ChainStore Open(OracleOptions options, ChainIdentity identity)
    {
        DataFolder folder = DataFolder.Open(
            options.DataFolder, identity.ChainId, identity.Genesis, options.Addresses.ReportHub);
        try
        {
            return new ChainStore(identity, folder, OracleJournal.Open(options.Journal, folder));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Closes the door used before and opens a new one, which asks the chain for its nonce.</summary>
    public ILedgerWriter RenewWriter(IChainPort chain)
    {
        CloseWriter();
        _writer = chain.OpenWriter(Identity, _folder.TransactionsPath);
        return _writer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        CloseWriter();
        Journal.Dispose();
        _folder.Dispose();
    }

    private void CloseWriter()
    {
        (_writer as IDisposable)?.Dispose();
        _writer = null;
    }
}
