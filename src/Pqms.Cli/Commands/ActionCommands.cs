using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Node.Audit;
using Pqms.Sdk.Client;

namespace Pqms.Cli.Commands;

/// <summary>What a reservation's client, or anybody, may do to it: take, release, cancel, expire, refund, settle,
/// withdraw.</summary>
internal static class ActionCommands
{
    private static readonly Argument<UInt128> Id = Inputs.Id();

    private static readonly Option<uint> Count =
        Inputs.Number("--count", "takes at once, within the entitlement", 1U, uint.MaxValue, 1U);

    private static readonly Option<string?> To = new("--to")
    {
        Description = "who gets the money; you when not given",
        HelpName = "0x..."
    };

    private static readonly Argument<ulong> Sequence =
        Inputs.NumberArgument("sequence", "the report's sequence", 1UL, ulong.MaxValue);

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "take", "use standing pairs of an active reservation", "take resource-id-573921 --count 2", [Id, Count],
            run => SendAsync(run, client => client.TakeAsync(run.Get(Id), run.Get(Count), run.Cancel))),
        host.Make(
            "release", "end a granted reservation now; the price falls in proportion", "release resource-id-573921",
            [Id],
            run => SendAsync(run, client => client.ReleaseAsync(run.Get(Id), run.Cancel))),
        host.Make(
            "cancel", "give a reservation up before its start; full refund", "cancel resource-id-573921", [Id],
            run => SendAsync(run, client => client.CancelAsync(run.Get(Id), run.Cancel))),
        host.Make(
            "expire", "end a request that was not decided in time; full refund; open to anyone",
            "expire resource-id-573921", [Id], run =>
                SendAsync(run, client => client.ExpireAsync(run.Get(Id), run.Cancel))),
        host.Make(
            "refund", "refund a reservation that was not settled in time; open to anyone", "refund resource-id-573921",
            [Id],
            run => SendAsync(run, client => client.RefundAsync(run.Get(Id), run.Cancel))),
        host.Make(
            "settle", "execute the settlement lines of an accepted report; open to anyone", "settle 3", [Sequence],
            SettleAsync),
        host.Make(
            "withdraw", "take out your credit", "withdraw --account provider", [To], WithdrawAsync),
    ];

    private static async Task<int> SendAsync(Invocation run, Func<LedgerClient, Task<LedgerReceipt>> send)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return Receipts.Print(run, access, await send(access.Client), run.Get(Id));
    }

    private static async Task<int> WithdrawAsync(Invocation run)
    {
        var to = run.Get(To) switch
        {
            null => (Address?)null,
            var text when Address.TryParse(text, out var address) => address,
            var text => throw new RefusedException(
                ExitCode.Usage, $"'{text}' is no address",
                "0x and 40 hexadecimal digits, in one case or with its checksum",
                "correct --to"),
        };
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return Receipts.Print(run, access, await access.Client.WithdrawAsync(to, run.Cancel));
    }

    private static async Task<int> SettleAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var sequence = run.Get(Sequence);
        var accepted = await access.Client.FindReportAsync(sequence, run.Cancel)
            ?? throw new RefusedException(
                ExitCode.Refused, $"report {sequence} was not accepted", "an accepted report",
                "'pqms report list' lists them");
        using var files = new ContentClient(access.ApiUrl());
        var evidence = await new Auditor(access.Client, files).CollectAsync(null, run.Cancel);
        var lines = evidence.Batches.Lines(sequence)
            ?? throw new RefusedException(
                ExitCode.Refused, $"the node does not hold the batches up to report {sequence}",
                "every batch of the era",
                "ask a node whose oracle followed that era");
        return Receipts.Print(run, access, await access.Client.SettleAsync(accepted, lines, run.Cancel));
    }
}
