using System.CommandLine;
using Pqms.Node;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms report</c>: accepted reports, and how a false one is made void and its grants are taken
/// back.</summary>
internal static class ReportCommands
{
    /// <summary>What the hub's ring holds.</summary>
    private const int MostShown = 65_536;

    private static readonly Option<int> Last = Inputs.Number("--last", "newest reports shown", 1, MostShown, 20);

    private static readonly Argument<ulong> Sequence =
        Inputs.NumberArgument("sequence", "the first report to make void", 1UL, ulong.MaxValue);

    public static Command Create(CommandHost host) => CommandHost.Group(
        "report", "accepted reports; a guardian makes false ones void, and their grants are taken back",
        host.Make("list", "list the newest reports and where they stand", "report list --json", [Last], ListAsync),
        host.Make(
            "disable", "make a report and all later ones void while its challenge window is open; needs GUARDIAN, "
            + "closes the era",
            "report disable 3 --account admin", [Sequence], DisableAsync),
        host.Make(
            "reopen", "take back what void reports granted, from the last one back; open to anyone, and what a running "
            + "oracle does by itself",
            "report reopen", [], ReopenAsync));

    private static async Task<int> ListAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var challenge = await access.ReadAsync(access.Hub.ChallengeSeconds(), now.Block);
        var voidThrough = await access.ReadAsync(access.Hub.VoidThrough(), now.Block);
        var closed = await access.ReadAsync(access.Hub.EraClosed(), now.Block);
        var all = ReportState.Of(await access.Client.EventsAsync(0, now.Block, run.Cancel));
        var shown = all.Skip(Math.Max(0, all.Count - run.Get(Last))).ToList();
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                challengeSeconds = challenge,
                eraClosed = closed,
                voidThrough,
                reports = shown.Select(report => View(report, challenge, now)),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">report", ">era", ">accepted at", ">leaves", ">to block", "state"],
            shown.Select(report => (IReadOnlyList<string>)
            [
                $"{report.Accepted.Data.Sequence}", $"{report.Accepted.Data.Report.Era}",
                $"{report.Accepted.Data.AcceptedAt}", $"{report.Accepted.Data.Report.Count}",
                $"{report.Accepted.Data.Report.ToBlock}", Words(report, challenge, now),
            ]));
        if (closed)
        {
            run.Screen.Line(voidThrough == 0
                ? "the era is closed: 'pqms era start' begins the next one"
                : $"the era is closed: void reports up to {voidThrough} are not reopened; a running oracle does it, or "
                    + "'pqms report reopen'");
        }

        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> DisableAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var sequence = run.Get(Sequence);
        var report = await access.Client.FindReportAsync(sequence, run.Cancel)
            ?? throw new RefusedException(
                ExitCode.Refused, $"report {sequence} was not accepted", "a report whose challenge window is open",
                "'pqms report list' lists them");
        return await access.SendAsync(access.Hub.Disable(report.Data.Report, report.Data.AcceptedAt));
    }

    private static async Task<int> ReopenAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var receipts = new List<LedgerReceipt>();
        try
        {
            while (await access.Client.ReopenNextAsync(run.Cancel) is { } receipt)
            {
                receipts.Add(receipt);
                run.Screen.Say($"report {Reopened(receipt)} reopened in block {receipt.Receipt.BlockNumber}");
            }
        }
        catch (InvalidOperationException unknown)
        {
            throw new RefusedException(
                ExitCode.Refused, unknown.Message, "decisions that were handed to the hub directly",
                "ask a node that keeps all transactions, with --chain-url");
        }

        Print(run, access, receipts);
        return (int)ExitCode.Ok;
    }

    private static void Print(Invocation run, LedgerAccess access, IReadOnlyList<LedgerReceipt> receipts)
    {
        if (run.Json)
        {
            run.Screen.Document(new
            {
                from = access.Key!.Address.ToString(),
                reopened = receipts.Select(receipt => new
                {
                    sequence = Reopened(receipt),
                    transactionHash = receipt.Receipt.TransactionHash.ToString(),
                    block = receipt.Receipt.BlockNumber,
                    gasUsed = receipt.Receipt.GasUsed,
                    events = receipt.Events.Select(Views.Event),
                }),
            });
            return;
        }

        var reservations = receipts.SelectMany(receipt => receipt.Events).OfType<ReservationReopened>().Count();
        run.Screen.Line(receipts.Count == 0
            ? "no void report waits to be reopened"
            : $"{receipts.Count} reports reopened; {reservations} reservations wait for a decision again");
    }

    private static ulong Reopened(LedgerReceipt receipt) =>
        receipt.Events.OfType<ReportReopened>().Single().Data.Sequence;

    private static object View(ReportState report, uint challenge, ChainMoment now) => new
    {
        sequence = report.Accepted.Data.Sequence,
        era = report.Accepted.Data.Report.Era,
        acceptedAtSeconds = report.Accepted.Data.AcceptedAt,
        challengedUntilSeconds = report.Accepted.Data.AcceptedAt + challenge,
        leaves = report.Accepted.Data.Report.Count,
        toBlock = report.Accepted.Data.Report.ToBlock,
        reportHash = report.Accepted.Data.ReportHash.ToString(),
        transactionHash = report.Accepted.Place.TransactionHash.ToString(),
        final = !report.IsVoid && now.TimeSeconds >= report.Accepted.Data.AcceptedAt + challenge,
        settled = report.IsSettled,
        @void = report.IsVoid,
        reopened = report.IsReopened,
    };

    private static string Words(ReportState report, uint challenge, ChainMoment now) => report switch
    {
        { IsReopened: true } => "void, reopened",
        { IsVoid: true } => "void, not reopened",
        { IsSettled: true } => "settled",
        _ when now.TimeSeconds < report.Accepted.Data.AcceptedAt + challenge =>
            $"can be disabled until {report.Accepted.Data.AcceptedAt + challenge}",
        _ => "final",
    };

    /// <summary>A report with what the hub's later logs say of it.</summary>
    private sealed class ReportState(ReportAccepted accepted)
    {
        public ReportAccepted Accepted => accepted;

        public bool IsVoid { get; private set; }

        public bool IsReopened { get; private set; }

        public bool IsSettled { get; private set; }

        public static IReadOnlyList<ReportState> Of(IEnumerable<LedgerEvent> events)
        {
            var all = new List<ReportState>();
            foreach (var logged in events)
            {
                switch (logged)
                {
                    case ReportAccepted one:
                        all.Add(new ReportState(one));
                        break;
                    case ReportsDisabled disabled:
                        all.Where(report => report.Sequence >= disabled.Data.From).ToList()
                            .ForEach(report => report.IsVoid = true);
                        break;
                    case ReportReopened reopened:
                        all.Last(report => report.Sequence == reopened.Data.Sequence).IsReopened = true;
                        break;
                    case ReportSettled settled:
                        all.Last(report => report.Sequence == settled.Data.Sequence).IsSettled = true;
                        break;
                    default:
                        break;
                }
            }

            return all;
        }

        private ulong Sequence => accepted.Data.Sequence;
    }
}
