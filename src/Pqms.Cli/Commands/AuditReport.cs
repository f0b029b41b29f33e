using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node.Audit;
using Pqms.Oracle.Replay;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Leaves;

namespace Pqms.Cli.Commands;

/// <summary>Prints audits.</summary>
internal static class AuditReport
{
    public static void Print(
        Invocation run,
        ReservationAudit audit,
        IReadOnlyList<(TakeAudit Take, bool? Proven)> proofs,
        ReplayResult? replay,
        LedgerEvidence evidence)
    {
        if (run.Json)
        {
            run.Screen.Document(Document(audit, proofs, replay, evidence));
            return;
        }

        var life = audit.Life;
        run.Screen.Heading($"{ReservationIds.ToText(life.Id)}: {audit.Status} at chain time {audit.AsOfSeconds}");
        run.Screen.Table(
            [">chain time", ">block", "event", "from", "to", "transaction", "what"],
            life.Steps.Select(step => (IReadOnlyList<string>)
            [
                $"{step.TimeSeconds}", $"{step.Event?.Place.BlockNumber}", step.Event?.Name ?? "time",
                step.From.ToString(),
                step.To.ToString(), $"{step.Event?.Place.TransactionHash}", step.Text,
            ]));
        if (proofs.Count > 0)
        {
            run.Screen.Table(
                [">take", "answer", ">estimate", ">true", "report, leaf", "proof checked by the contract"],
                proofs.Select(proof => TakeRow(proof.Take, proof.Proven)));
        }

        run.Screen.Facts(Facts(audit, replay, evidence));
    }

    public static void PrintVerification(
        Invocation run, HistoryFile file, HistoryVerification found, ReplayResult? replay)
    {
        var faults = found.FirstFault is { } fault ? [fault.ToString()] : replay is null ? []
            : Auditor.Notes(replay).ToList();
        if (run.Json)
        {
            run.Screen.Document(new
            {
                accepted = found.Accepted && replay is { IsEqual: true },
                chainId = file.ChainId,
                genesis = file.GenesisHash.ToString(),
                lastBlock = file.Headers.Count == 0 ? 0 : file.Headers[^1].Number,
                lastHash = file.Headers.Count == 0 ? null : file.Headers[^1].Hash.ToString(),
                headersRecomputed = found.HeadersRecomputed,
                reservations = found.History?.Lives.Count,
                replay = Replay(replay),
                faults,
            });
            return;
        }

        run.Screen.Facts(
        [
            ("file", found.Accepted ? "ok" : "FAILED"),
            ("chain", $"{file.ChainId}, genesis {file.GenesisHash}"),
            ("last block", file.Headers.Count == 0 ? "none" : $"{file.Headers[^1].Number} {file.Headers[^1].Hash}"),
            ("headers", $"{file.Headers.Count}, {found.HeadersRecomputed} hashes computed again"),
            ("ledger", $"{found.History?.Lives.Count ?? 0} reservations, {found.History?.Reports.Count ?? 0} reports"),
            ("replay", replay is null ? "not run"
                : $"{Verdict(replay.IsEqual)}: {replay.Reports} reports computed again"),
            .. faults.Select(text => ("fault", text)),
        ]);
        run.Screen.Line(
            "compare genesis or last block with a chain you trust: the file cannot prove which chain it is from");
    }

    private static object Document(
        ReservationAudit audit,
        IReadOnlyList<(TakeAudit Take, bool? Proven)> proofs,
        ReplayResult? replay,
        LedgerEvidence evidence) => new
        {
            id = ReservationIds.ToText(audit.Life.Id),
            status = audit.Status.ToString(),
            asOfSeconds = audit.AsOfSeconds,
            transitions = audit.TransitionsKept,
            money = audit.MoneyKept,
            calendar = audit.CalendarKept,
            reports = audit.ReportsKept,
            proofs = proofs.Count(proof => proof.Proven == true),
            proofsRefused = proofs.Count(proof => proof.Proven == false),
            missingBatches = evidence.Batches.Missing,
            replay = Replay(replay),
            priceWei = audit.Life.Price.ToString(),
            heldWei = audit.Life.Held.ToString(),
            paidWei = audit.Life.Paid.ToString(),
            feesWei = audit.Life.Fees.ToString(),
            refundWei = audit.Life.Refund.ToString(),
            penaltyWei = audit.Life.Penalty.ToString(),
            steps = audit.Life.Steps.Select(step => new
            {
                timeSeconds = step.TimeSeconds,
                @event = step.Event?.Name,
                from = step.From.ToString(),
                to = step.To.ToString(),
                text = step.Text,
                block = step.Event?.Place.BlockNumber,
                transactionHash = step.Event?.Place.TransactionHash.ToString(),
            }),
            takes = proofs.Select(proof => new
            {
                number = proof.Take.Number,
                result = (proof.Take.Answer?.Leaf as TakeLeaf)?.Result.ToString(),
                sequence = proof.Take.Answer?.Report.Data.Sequence,
                index = proof.Take.Answer?.Index,
                proven = proof.Proven,
            }),
            faults = audit.Faults.Select(fault => fault.ToString()),
        };

    internal static object? Replay(ReplayResult? replay) => replay is null
        ? null
        : new
        {
            equal = replay.IsEqual,
            eras = replay.Eras,
            reports = replay.Reports,
            blocks = replay.Blocks,
            pending = replay.Pending,
            notes = Auditor.Notes(replay),
        };

    private static IReadOnlyList<string> TakeRow(TakeAudit take, bool? proven)
    {
        var leaf = take.Answer?.Leaf as TakeLeaf;
        return
        [
            $"{take.Number}", leaf?.Result.ToString() ?? "not reported yet, or its batch is not at hand",
            leaf is null ? "" : F(leaf.FidelityEstimatePpm / 1e6), leaf is null ? "" : F(leaf.FidelityTruePpm / 1e6),
            take.Answer is null ? "" : $"{take.Answer.Report.Data.Sequence}, {take.Answer.Index}",
            proven is { } answer ? Verdict(answer) : "",
        ];
    }

    private static IEnumerable<(string Name, string Value)> Facts(
        ReservationAudit audit, ReplayResult? replay, LedgerEvidence evidence)
    {
        var life = audit.Life;
        yield return ("transitions", Verdict(audit.TransitionsKept));
        yield return ("money", $"{Verdict(audit.MoneyKept)}: price {Ether.Format(life.Price)}, paid "
            + $"{Ether.Format(life.Paid)}, fees {Ether.Format(life.Fees)}, refund {Ether.Format(life.Refund)}, penalty "
            + $"{Ether.Format(life.Penalty)}");
        yield return ("calendar", Verdict(audit.CalendarKept));
        yield return ("reports", $"{Verdict(audit.ReportsKept)}: {evidence.History.Reports.Count} in one chain"
            + (evidence.Batches.Missing > 0 ? $", {evidence.Batches.Missing} without a batch at hand" : ""));
        yield return ("replay", replay is null
            ? "not asked for: --replay"
            : $"{Verdict(replay.IsEqual)}: {replay.Reports} reports of {replay.Eras} era(s) computed again");
        foreach (var text in audit.Faults.Select(fault => fault.ToString()).Concat(replay is null ? []
            : Auditor.Notes(replay)))
        {
            yield return ("fault", text);
        }
    }

    private static string Verdict(bool holds) => holds ? "ok" : "FAILED";

    private static string F(double value) => value.ToString("0.000000", CultureInfo.InvariantCulture);
}
