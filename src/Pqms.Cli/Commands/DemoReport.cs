using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node.Demo;

namespace Pqms.Cli.Commands;

/// <summary>Prints the first reservation and its audit.</summary>
internal static class DemoReport
{
    public static void Print(Invocation run, DemoResult result)
    {
        if (run.Json)
        {
            run.Screen.Document(result);
            return;
        }

        var screen = run.Screen;
        var reservation = result.Reservation;
        screen.Heading($"Reservation {reservation.Id}: {reservation.Status}");
        screen.Table(
            ["event", ">gas", ">block", ">chain time", "transaction", "what"],
            result.Steps.Select(step => (IReadOnlyList<string>)
            [
                step.Event, $"{step.GasUsed}", $"{step.Block}", $"{step.ChainTimeSeconds}", step.TransactionHash,
                step.Note,
            ]));
        screen.Heading("Takes");
        screen.Table(
            [">take", "result", "pair", ">estimate", ">true", ">age ms", ">set-up us", ">delivery us", "report, leaf"],
            result.Takes.Select(take => (IReadOnlyList<string>)
            [
                $"{take.Number}", take.Result, take.Pair, F(take.FidelityEstimate, "0.000000"),
                F(take.FidelityTrue, "0.000000"),
                F(take.AgeMilliseconds, "0.000"), F(take.SetupMicroseconds, "0.###"),
                F(take.DeliveryMicroseconds, "0.###"),
                $"{take.Sequence}, {take.Index}",
            ]));
        screen.Heading("Reports");
        screen.Table(
            [">sequence", ">leaves", ">gas", ">to block", ">accepted in", "root of its events"],
            result.Reports.Select(report => (IReadOnlyList<string>)
            [
                $"{report.Sequence}", $"{report.Leaves}", $"{report.GasUsed}", $"{report.ToBlock}", $"{report.Block}",
                report.Root,
            ]));
        screen.Heading($"Audit: {(result.Audit.Passed ? "passed" : "FAILED")}");
        screen.Facts(Facts(result));
    }

    private static IEnumerable<(string Name, string Value)> Facts(DemoResult result)
    {
        var audit = result.Audit;
        var reservation = result.Reservation;
        yield return ("transitions", Verdict(audit.Transitions));
        yield return ("money", $"{Verdict(audit.Money)}: escrow {Wei(reservation.EscrowWei)} = paid "
            + $"{Wei(reservation.PaidWei)} + fee {Wei(reservation.FeeWei)} + refund {Wei(reservation.RefundWei)}"
            + $"; penalty {Wei(reservation.PenaltyWei)}");
        yield return ("proof", $"{Verdict(audit.Proof)}: one take, checked by the contract");
        yield return ("replay",
            $"{Verdict(audit.Replay)}: {audit.ReportsReplayed} reports computed again from the era's start");
        foreach (var note in audit.Notes)
        {
            yield return ("", note);
        }

        yield return ("hardware", $"{result.Node.Profile} [{result.Node.Provenance}]");
        yield return ("data", result.Node.DataFolder);
        yield return ("seconds",
            string.Join(", ", result.Seconds.Select(phase => $"{phase.Key} {F(phase.Value, "0.0")}")));
    }

    private static string Verdict(bool holds) => holds ? "ok" : "FAILED";

    private static string Wei(string wei) => Ether.Format(UInt256.Parse(wei));

    private static string F(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
