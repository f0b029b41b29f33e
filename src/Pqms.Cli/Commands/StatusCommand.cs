using System.CommandLine;
using System.Net.Http.Json;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Node;
using Pqms.Node.Keys;
using Pqms.Node.Running;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms status</c>: chain, ledger, oracle, and the accounts of the development chain.</summary>
internal static class StatusCommand
{
    private static readonly (string Name, string Value)[] NoFacts = [];

    public static Command Create(CommandHost host) =>
        host.Make("status", "show chain, ledger, oracle and accounts", "status --json", [], RunAsync);

    private static async Task<int> RunAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var hub = access.Client.Contracts.Hub;
        var rpc = access.Session.Rpc;
        var era = await hub.Era().CallAsync(rpc, now.Block, cancellationToken: run.Cancel);
        var sequence = await hub.Sequence().CallAsync(rpc, now.Block, cancellationToken: run.Cancel);
        var head = await hub.Head().CallAsync(rpc, now.Block, cancellationToken: run.Cancel);
        var paused = await access.Client.Contracts.Registry.Paused().CallAsync(rpc, now.Block,
            cancellationToken: run.Cancel);
        var node = await NodeStatusAsync(run);
        var accounts = await AccountsAsync(run, access, now.Block);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                chain = new
                {
                    url = access.Session.Url.ToString(),
                    id = access.Session.ChainId,
                    genesis = access.Session.Genesis.ToString(),
                    block = now.Block,
                    timeSeconds = now.TimeSeconds,
                },
                ledger = new
                {
                    addresses = RunAddresses.Of(access.Addresses),
                    era,
                    sequence,
                    head = head.ToString(),
                    paused = paused.ToString(),
                },
                node,
                accounts,
            });
            return (int)ExitCode.Ok;
        }

        Print(run, access, node, accounts,
        [
            ("chain", $"{access.Session.ChainId} at {access.Session.Url}"),
            ("genesis", access.Session.Genesis.ToString()),
            ("latest block", $"{now.Block}, chain time {now.TimeSeconds}"),
            ("era", $"{era}"),
            ("last report", $"{sequence}"),
            ("head", head.ToString()),
            ("paused", paused.IsZero ? "nothing" : $"bits {paused}"),
        ]);
        return (int)ExitCode.Ok;
    }

    private static void Print(
        Invocation run, LedgerAccess access, JsonElement? node, IReadOnlyList<AccountView> accounts,
        IEnumerable<(string Name, string Value)> facts)
    {
        run.Screen.Facts([.. facts, .. access.Addresses.Named()]);
        if (node is { } status)
        {
            var oracle = status.GetProperty("oracle");
            var scenario = status.GetProperty("scenario");
            run.Screen.Line("node");
            run.Screen.Facts(
            [
                ("oracle", $"{oracle.GetProperty("phase")}, {oracle.GetProperty("lagBlocks")} blocks behind"),
                ("owed", $"{oracle.GetProperty("owedReports")} reports, "
                    + $"{oracle.GetProperty("owedSettlements")} settlements, "
                    + $"{oracle.GetProperty("owedProofs")} deliveries or stocks to prove, "
                    + $"{oracle.GetProperty("owedReopenings")} void reports to reopen"),
                .. oracle.GetProperty("alarm").GetString() is { Length: > 0 } alarm ? [("ALARM", alarm)] : NoFacts,
                ("journal", $"{oracle.GetProperty("journal")}"),
                ("hardware", $"{scenario.GetProperty("profile")} [{scenario.GetProperty("provenance")}]"),
            ]);
        }
        else
        {
            run.Screen.Line("no node of this data folder runs");
        }

        run.Screen.Table(
            ["account", "address", ">balance", ">credit"],
            accounts.Select(account => (IReadOnlyList<string>)
                [account.Name, account.Address, Ether.Format(UInt256.Parse(account.BalanceWei)),
                    Ether.Format(UInt256.Parse(account.CreditWei))]));
    }

    private static async Task<JsonElement?> NodeStatusAsync(Invocation run)
    {
        if (RunFile.Read(run.DataFolder) is not { } file || !file.IsAlive())
        {
            return null;
        }

        try
        {
            using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
            return await http.GetFromJsonAsync<JsonElement>(new Uri(new Uri(file.ApiUrl), "status"), run.Cancel);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<AccountView>> AccountsAsync(Invocation run, LedgerAccess access,
        ulong block)
    {
        if (access.Session.ChainId != KeyRing.DevelopmentChainId)
        {
            return [];
        }

        var views = new List<AccountView>();
        foreach (var account in Enum.GetValues<DevelopmentAccount>())
        {
            using var key = KeyRing.Development(account);
            var balance = await access.Session.Rpc.GetBalanceAsync(key.Address, block, run.Cancel);
            var credit = await access.Client.CreditAsync(key.Address, block, run.Cancel);
            views.Add(new AccountView(
                account.ToString().ToLowerInvariant(), key.Address.ToString(), balance.ToString(), credit.ToString()));
        }

        return views;
    }

    private sealed record AccountView(string Name, string Address, string BalanceWei, string CreditWei);
}
