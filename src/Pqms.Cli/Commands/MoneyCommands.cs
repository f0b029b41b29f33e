using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;

namespace Pqms.Cli.Commands;

/// <summary>Credit, sponsoring, bonds and the provider's registration.</summary>
internal static class MoneyCommands
{
    private static readonly Argument<UInt256> Amount = LedgerInputs.AmountArgument("how much");

    private static readonly Option<Address?> To = LedgerInputs.Account("--to", "whose credit; yours when not given");

    private static readonly Argument<Address> Client =
        LedgerInputs.AccountArgument("client", "who may use your credit");

    private static readonly Option<Address?> Whose = LedgerInputs.Account(
        "--provider", "whose bond; yours when not given");

    private static readonly Argument<string> Name = new("name") { Description = "the provider's name, 1 to 64 bytes" };

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "deposit", "add to an account's credit, which pays for requests and can be withdrawn",
            "deposit \"1 ether\"", [Amount, To], DepositAsync),
        host.Make(
            "sponsor", "let a client pay with your credit up to an amount; 0 takes it back",
            "sponsor 0x90F79bf6EB2c4f870365E785982E1f101E93b906 \"0.5 ether\"", [Client, Amount], SponsorAsync),
        CommandHost.Group(
            "bond", "a provider's collateral: it pays penalties, and is staked on orders",
            host.Make("show", "show a bond", "bond show --account provider", [Whose], ShowAsync),
            host.Make("add", "add to your free bond", "bond add \"1 ether\" --account provider", [Amount], AddAsync),
            host.Make(
                "start", "begin to take back free bond; it stays liable for a time",
                "bond start \"1 ether\" --account provider", [Amount], StartAsync),
            host.Make(
                "finish", "turn what was unbonded into credit", "bond finish --account provider", [], FinishAsync)),
        CommandHost.Group(
            "provider", "register as a provider, which needs a free bond",
            host.Make(
                "register", "become a provider", "provider register \"north station\" --account provider", [Name],
                RegisterAsync),
            host.Make("resign", "stop being a provider; accepted orders stay", "provider resign --account provider", [],
                ResignAsync)),
    ];

    private static async Task<int> DepositAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var account = run.Get(To) ?? access.Key!.Address;
        return await access.SendAsync(access.Treasury.Deposit(account),
            LedgerInputs.Wei(run.Get(Amount), "the amount"));
    }

    private static async Task<int> SponsorAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(
            access.Treasury.Sponsor(run.Get(Client), LedgerInputs.Wei(run.Get(Amount), "the amount")));
    }

    private static async Task<int> AddAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Treasury.Bond(), LedgerInputs.Wei(run.Get(Amount), "the amount"));
    }

    private static async Task<int> StartAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(
            access.Treasury.StartUnbonding(LedgerInputs.Wei(run.Get(Amount), "the amount")));
    }

    private static async Task<int> FinishAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Treasury.FinishUnbonding());
    }

    private static async Task<int> RegisterAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Inventory.RegisterProvider(run.Get(Name)));
    }

    private static async Task<int> ResignAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Inventory.Resign());
    }

    private static async Task<int> ShowAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: run.Get(Whose) is null);
        var account = run.Get(Whose) ?? access.Key!.Address;
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var bond = await access.ReadAsync(access.Treasury.BondOf(account), now.Block);
        var provider = await access.ReadAsync(access.Inventory.Provider(account), now.Block);
        var least = await access.ReadAsync(access.Inventory.MinBond(), now.Block);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                account = account.ToString(),
                provider = new { name = provider.Name, active = provider.Active },
                freeWei = bond.Free.ToString(),
                lockedWei = bond.Locked.ToString(),
                unbondingWei = bond.Unbonding.ToString(),
                releasableAtSeconds = bond.ReleasableAt,
                leastWei = least.ToString(),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("account", account.ToString()),
            ("provider", provider.Active ? provider.Name : "not registered"),
            ("free", $"{Ether.Format(bond.Free)} (a provider registers with at least {Ether.Format(least)})"),
            ("locked", $"{Ether.Format(bond.Locked)} staked on accepted orders"),
            ("unbonding", bond.Unbonding == 0 ? "nothing"
                : $"{Ether.Format(bond.Unbonding)}, to take from chain time {bond.ReleasableAt} on"),
            ("as of", $"block {now.Block}, chain time {now.TimeSeconds}"),
        ]);
        return (int)ExitCode.Ok;
    }
}
