using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;

namespace Pqms.Oracle.Intake;

/// <summary>Turns a block with its logs into the oracle's words, once; what was seen already is dropped.</summary>
internal sealed class BlockTranslator
{
    private readonly LedgerAddresses _addresses;

    /// <summary>A translator for one ledger.</summary>
    /// <param name="addresses">The ledger.</param>
    public BlockTranslator(LedgerAddresses addresses) => _addresses = addresses;

    /// <summary>Translates one block.</summary>
    /// <param name="header">The block.</param>
    /// <param name="logs">Its logs, in any order; strangers' logs are passed over, repeats dropped.</param>
    /// <exception cref="FormatException">A ledger contract emitted what this program does not know.</exception>
    public LedgerBlock Translate(BlockHeader header, IReadOnlyList<LogEntry> logs)
    {
        var entries = new List<LedgerEntry>();
        var commands = new List<JournaledLog>();
        uint? last = null;
        foreach (LogEntry log in logs.OrderBy(log => log.LogIndex))
        {
            if (log.BlockHash != header.Hash)
            {
                throw new FormatException(
                    $"Log {log.LogIndex} names block {log.BlockHash}, but came with {header.Number} {header.Hash}.");
            }

            if (log.LogIndex == last || LedgerLogs.Decode(log, _addresses) is not { } ledgerEvent)
            {
                continue;
            }

            last = log.LogIndex;
            if (ToEntry(ledgerEvent) is { } entry)
            {
                entries.Add(entry);
                commands.Add(ToJournal(log));
            }
        }

        return new LedgerBlock(header.Number, header.Hash, header.Timestamp, entries, commands);
    }

    private static LedgerEntry? ToEntry(LedgerEvent ledgerEvent) => ledgerEvent switch
    {
        { Role: LedgerRole.Command } => new CommandEntry(Translation.ToCommand(ledgerEvent)),
        EraStarted started => new EraStartedEntry(
            started.Data.Era,
            started.Data.MeshVersion,
            started.Data.ScenarioHash,
            started.Data.Seed,
            started.Data.SnapshotHash,
            started.Data.Head),
        ReportAccepted accepted => new AcceptedEntry(
            accepted.Data.Sequence, accepted.Data.ReportHash, accepted.Data.AcceptedAt, accepted.Data.Report),
        ReportSettled settled => new SettledEntry(settled.Data.Sequence),
        _ => null,
    };

    private static JournaledLog ToJournal(LogEntry log)
    {
        var topics = new byte[log.Topics.Length * Bytes32.Size];
        for (int i = 0; i < log.Topics.Length; i++)
        {
            log.Topics[i].CopyTo(topics.AsSpan(i * Bytes32.Size));
        }

        return new JournaledLog(
            log.BlockNumber, log.BlockHash, log.LogIndex, log.TransactionHash, log.Address, topics, log.Data);
    }
}
