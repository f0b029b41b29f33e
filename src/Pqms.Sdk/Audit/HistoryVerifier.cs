using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>What an offline check of a history file found.</summary>
/// <param name="FirstFault">The first fault; null when the file is accepted.</param>
/// <param name="HeadersRecomputed">Headers whose hash was recomputed from their fields; the others are only
/// linked.</param>
/// <param name="History">The ledger, rebuilt; null when the evidence itself is broken.</param>
/// <param name="Batches">The leaves; null when the evidence itself is broken.</param>
public sealed record HistoryVerification(
    AuditFault? FirstFault, int HeadersRecomputed, LedgerHistory? History, BatchEvidence? Batches)
{
    /// <summary>True when nothing was found.</summary>
    public bool Accepted => FirstFault is null;
}

/// <summary>Checks a history file with nothing but the file.</summary>
/// <remarks>
/// In order: headers (hash, link, time), logs (block, bloom, order), the ledger's rules, reports (blocks they name),
/// batches and scenarios. Not checked: signatures of reports (they are in transactions), and what the mesh would
/// compute (that is the replay). The caller compares genesis hash or the last header with what he trusts.
/// </remarks>
public static class HistoryVerifier
{
    /// <summary>Checks a file up to its first fault.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The first fault, or the rebuilt ledger.</returns>
    public static HistoryVerification Verify(HistoryFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var headers = new Dictionary<ulong, BlockHeader>();
        var recomputed = 0;
        if ((CheckHeaders(file, headers, ref recomputed) ?? CheckLogs(file, headers)) is { } broken)
        {
            return new HistoryVerification(broken, recomputed, null, null);
        }

        LedgerHistory history;
        try
        {
            history = LedgerHistory.Rebuild(file.Events());
        }
        catch (FormatException malformed)
        {
            return new HistoryVerification(Evidence(malformed.Message), recomputed, null, null);
        }

        var batches = BatchEvidence.Check(history, file.BatchFinder());
        var fault = history.Faults.FirstOrDefault()
            ?? CheckMoney(history)
            ?? CheckReports(history, headers)
            ?? CheckFiles(file, history, batches);
        return new HistoryVerification(fault, recomputed, history, batches);
    }

    private static AuditFault? CheckHeaders(
        HistoryFile file, Dictionary<ulong, BlockHeader> headers, ref int recomputed)
    {
        BlockHeader? before = null;
        foreach (var header in file.Headers)
        {
            if (before is not null && (header.Number != before.Number + 1 || header.ParentHash != before.Hash
                || header.Timestamp < before.Timestamp))
            {
                return Evidence($"block {header.Number} does not follow block {before.Number}");
            }

            if (header.Number == 0 && header.Hash != file.GenesisHash)
            {
                return Evidence($"block 0 is {header.Hash}, the file names genesis {file.GenesisHash}");
            }

            if (Recompute(header, ref recomputed) is { } wrong)
            {
                return Evidence($"block {header.Number}: {wrong}");
            }

            headers[header.Number] = header;
            before = header;
        }

        return before is null || file.Headers[0].Number > file.Addresses.DeployedAtBlock
            ? Evidence($"headers must begin at block {file.Addresses.DeployedAtBlock} or before")
            : null;
    }

    private static string? Recompute(BlockHeader header, ref int recomputed)
    {
        if (header.Encoded.IsEmpty)
        {
            return null;
        }

        if (Keccak256.Hash(header.Encoded.Span) != header.Hash)
        {
            return $"its fields do not hash to {header.Hash}";
        }

        try
        {
            var fields = HeaderFields.Parse(header.Encoded.Span);
            recomputed++;
            return fields.ParentHash == header.ParentHash && fields.Number == header.Number
                && fields.Timestamp == header.Timestamp
                ? null
                : "parent, number or time are not those of its hashed form";
        }
        catch (FormatException malformed)
        {
            return malformed.Message;
        }
    }

    private static AuditFault? CheckLogs(HistoryFile file, Dictionary<ulong, BlockHeader> headers)
    {
        foreach (var log in file.Logs)
        {
            var place = LogPlace.Of(log);
            if (!headers.TryGetValue(log.BlockNumber, out var header) || header.Hash != log.BlockHash)
            {
                return Evidence("the log's block is not among the headers", place);
            }

            if (!header.Encoded.IsEmpty && !HeaderFields.Parse(header.Encoded.Span).MayHold(log))
            {
                return Evidence("the block's bloom excludes this log", place);
            }
        }

        return null;
    }

    private static AuditFault? CheckMoney(LedgerHistory history) => history.Money.Balanced
        ? null
        : new AuditFault(AuditRule.Money, null, null, $"the sums do not balance: {history.Money}");

    private static AuditFault? CheckReports(LedgerHistory history, Dictionary<ulong, BlockHeader> headers)
    {
        foreach (var accepted in history.Reports)
        {
            var report = accepted.Data.Report;
            if (!headers.TryGetValue(report.ToBlock, out var block) || block.Hash != report.ToBlockHash
                || block.Timestamp != report.ToTime)
            {
                return new AuditFault(
                    AuditRule.Reports,
                    accepted.Place,
                    null,
                    $"report {report.Sequence} names block {report.ToBlock} {report.ToBlockHash} at {report.ToTime}; "
                    + (block is null ? "no such header" : $"the header is {block.Hash} at {block.Timestamp}"));
            }

            var at = headers[accepted.Place.BlockNumber].Timestamp;
            if (accepted.Data.AcceptedAt != at)
            {
                return new AuditFault(
                    AuditRule.Reports,
                    accepted.Place,
                    null,
                    $"report {report.Sequence} says it was accepted at {accepted.Data.AcceptedAt}, its block at {at}");
            }
        }

        return null;
    }

    private static AuditFault? CheckFiles(HistoryFile file, LedgerHistory history, BatchEvidence batches)
    {
        if (batches.Faults.Count > 0)
        {
            return batches.Faults[0];
        }

        if (batches.Missing > 0)
        {
            return Evidence($"{batches.Missing} of {history.Reports.Count} reports have no batch in the file");
        }

        var scenarios = file.ScenarioFinder();
        foreach (var era in history.Eras)
        {
            if (scenarios(era.Data.ScenarioHash) is null)
            {
                return Evidence($"scenario {era.Data.ScenarioHash} of era {era.Data.Era} is missing", era.Place);
            }
        }

        return null;
    }

    private static AuditFault Evidence(string text, LogPlace? place = null) =>
        new(AuditRule.Evidence, place, null, text);
}
