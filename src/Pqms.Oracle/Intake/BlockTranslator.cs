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
        var groups = new GroupCollector();
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
            (bool known, LedgerEntry? entry) = groups.Take(ledgerEvent);
            entry = known ? entry : ToEntry(ledgerEvent);
            if (entry is not null)
            {
                entries.Add(entry);
            }

            if (known || entry is not null)
            {
                commands.Add(ToJournal(log));
            }
        }

        groups.ExpectNone();
        return new LedgerBlock(header.Number, header.Hash, header.Timestamp, entries, commands);
    }

    private static LedgerEntry? ToEntry(LedgerEvent ledgerEvent) => ToFact(ledgerEvent)
        ?? (ledgerEvent.Role == LedgerRole.Command ? new CommandEntry(Translation.ToCommand(ledgerEvent)) : null);

    // The inventory's events are facts here: the roster knows the order's terms and makes the mesh's command of them.
    private static LedgerEntry? ToFact(LedgerEvent ledgerEvent) => ledgerEvent switch
    {
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
        ReportsDisabled disabled => new EraClosedEntry(disabled.Data.From, disabled.Data.Through),
        ReportReopened reopened => new ReportReopenedEntry(reopened.Data.Sequence),
        ConfigSet config => new ConfigSetEntry(config.Data.ConfigCount),
        ReservationDecided decided => new DecidedEntry(
            decided.Id, (ReservationStatus)decided.Data.Status == ReservationStatus.Granted),
        ReservationReopened reopened => new ReopenedEntry(reopened.Id),
        ReservationSettled settled => new ReservationSettledEntry(settled.Id),
        OrderOpened opened => new OrderOpenedEntry(opened.Data.Id, opened.Data.Terms.Pool, opened.Data.Terms.Count),
        OrderAccepted accepted => new OrderAcceptedEntry(accepted.Data.Id),
        OrderDelivered delivered => new OrderClosedEntry(delivered.Data.Id, Failed: false),
        OrderWithdrawn withdrawn => new OrderClosedEntry(withdrawn.Data.Id, Failed: false),
        OrderFailed failed => new OrderClosedEntry(failed.Data.Id, Failed: true),
        ReservoirSet set => new ReservoirSetEntry(set.Data.Pool, set.Data.Threshold),
        StockReported stock => new StockProvenEntry(stock.Data.Pool, stock.Data.Stock, stock.Data.PoolSequence),
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
