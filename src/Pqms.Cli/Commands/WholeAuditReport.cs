using System.Numerics;
using Pqms.Ethereum;
using Pqms.Node.Audit;
using Pqms.Sdk.Audit;

namespace Pqms.Cli.Commands;

/// <summary>Prints the audit of a whole ledger.</summary>
internal static class WholeAuditReport
{
    // More are no news: the first one says where to look. JSON has all.
    private const int FaultsShown = 20;

    public static void Print(Invocation run, WholeAudit audit)
    {
        if (run.Json)
        {
            run.Screen.Document(Document(audit));
            return;
        }

        run.Screen.Heading(
            $"Audit of the ledger at chain time {audit.Evidence.AsOfSeconds}: {(audit.Passed ? "passed" : "FAILED")}");
        run.Screen.Facts(Facts(audit));
    }

    private static object Document(WholeAudit audit)
    {
        var (file, money) = (audit.Evidence.File, audit.Evidence.History.Money);
        return new
        {
            passed = audit.Passed,
            asOfSeconds = audit.Evidence.AsOfSeconds,
            blocks = file.Headers.Count,
            logs = file.Logs.Count,
            reservations = audit.Reservations,
            faultsByRule = Enum.GetValues<AuditRule>()
                .ToDictionary(static rule => rule.ToString(), rule => Count(audit, rule)),
            money = new
            {
                balanced = money.Balanced,
                depositedWei = money.Deposited.ToString(),
                creditsWei = money.Credits.ToString(),
                escrowsWei = money.Escrows.ToString(),
                bondsWei = money.Bonds.ToString(),
                withdrawnWei = money.Withdrawn.ToString(),
            },
            reports = audit.Evidence.History.Reports.Count,
            missingBatches = audit.Evidence.Batches.Missing,
            leaves = audit.Leaves,
            proofs = audit.Proven,
            proofsRefused = audit.Refuted.Count,
            gettersThatDiffer = audit.State.Count,
            replay = AuditReport.Replay(audit.Replay),
            faults = audit.Faults,
        };
    }

    private static IEnumerable<(string Name, string Value)> Facts(WholeAudit audit)
    {
        var (file, history) = (audit.Evidence.File, audit.Evidence.History);
        var (money, batches, replay) = (history.Money, audit.Evidence.Batches, audit.Replay);
        yield return ("read", $"{file.Headers.Count} blocks, {file.Logs.Count} logs");
        yield return ("reservations", $"{Verdict(audit, AuditRule.Transition)}: "
            + Counts(audit.Reservations, "none"));
        yield return ("money", $"{Word(money.Balanced && Count(audit, AuditRule.Money) == 0)}: in "
            + $"{Text(money.Deposited)} = credits {Text(money.Credits)} + escrow {Text(money.Escrows)} + bonds "
            + $"{Text(money.Bonds)} + withdrawn {Text(money.Withdrawn)}");
        yield return ("calendars", Verdict(audit, AuditRule.Calendar));
        yield return ("offices", Verdict(audit, AuditRule.Offices));
        yield return ("getters", $"{Word(audit.State.Count == 0)}: the contracts say what their logs say");
        yield return ("reports", $"{Verdict(audit, AuditRule.Reports)}: {history.Reports.Count} in one chain, "
            + $"{history.Reports.Count - batches.Missing} with their batch at hand");
        yield return ("leaves", Counts(audit.Leaves, "none at hand"));
        yield return ("proofs", $"{Word(audit.Refuted.Count == 0)}: {audit.Proven} leaves, checked by the contract");
        yield return ("replay",
            $"{Word(replay.IsEqual)}: {replay.Reports} reports of {replay.Eras} era(s) computed again");
        foreach (var fault in audit.Faults.Take(FaultsShown))
        {
            yield return ("fault", fault);
        }

        if (audit.Faults.Count > FaultsShown)
        {
            yield return ("fault", $"and {audit.Faults.Count - FaultsShown} more: --json");
        }
    }

    private static int Count(WholeAudit audit, AuditRule rule) => audit.Evidence.History.Faults
        .Concat(audit.Evidence.Batches.Faults).Concat(audit.State).Count(fault => fault.Rule == rule);

    private static string Verdict(WholeAudit audit, AuditRule rule) => Word(Count(audit, rule) == 0);

    private static string Word(bool holds) => holds ? "ok" : "FAILED";

    private static string Counts(IReadOnlyDictionary<string, int> counts, string none) => counts.Count == 0
        ? none : string.Join(", ", counts.Select(static pair => $"{pair.Value} {pair.Key}"));

    private static string Text(BigInteger wei) => Ether.Format((UInt128)wei);
}
