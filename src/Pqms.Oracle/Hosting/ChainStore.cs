using Pqms.Oracle.Intake;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle;

/// <summary>What an oracle keeps for one chain: folder with lock, journal, writer. Another genesis gets another
/// one.</summary>
internal sealed class ChainStore : IDisposable
{
    private readonly DataFolder _folder;

    private ChainStore(ChainIdentity identity, DataFolder folder, IJournal journal, ILedgerWriter writer)
    {
        Identity = identity;
        _folder = folder;
        Journal = journal;
        Writer = writer;
    }

    /// <summary>The chain.</summary>
    public ChainIdentity Identity { get; }

    /// <summary>Its journal.</summary>
    public IJournal Journal { get; }

    /// <summary>The door to write through.</summary>
    public ILedgerWriter Writer { get; }

    /// <summary>Opens folder, journal and writer.</summary>
    /// <exception cref="JournalException">Not writable, held by another process, or SQLite is missing.</exception>
    public static ChainStore Open(OracleOptions options, ChainIdentity identity, IChainPort chain)
    {
        DataFolder folder = DataFolder.Open(
            options.DataFolder, identity.ChainId, identity.Genesis, options.Addresses.ReportHub);
        IJournal? journal = null;
        try
        {
            journal = SqliteJournal.Open(folder.JournalPath);
            return new ChainStore(identity, folder, journal, chain.OpenWriter(identity, folder.TransactionsPath));
        }
        catch
        {
            journal?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (Writer as IDisposable)?.Dispose();
        Journal.Dispose();
        _folder.Dispose();
    }
}
