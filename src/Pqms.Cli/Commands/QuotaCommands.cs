using System.CommandLine;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms quota</c> and <c>pqms cohort</c>: what is kept of a pool for whom, and who belongs to
/// them.</summary>
internal static class QuotaCommands
{
    private static readonly Argument<string> Pool = LedgerInputs.Pool();

    private static readonly Option<uint> Research = Quota("research");

    private static readonly Option<uint> Commercial = Quota("commercial");

    private static readonly Option<uint> Education = Quota("education");

    private static readonly Option<uint> Humanitarian = Quota("humanitarian");

    private static readonly Argument<Address> Account = LedgerInputs.AccountArgument("account", "the account");

    private static readonly Argument<CohortName> Cohort =
        Inputs.ChoiceArgument<CohortName>("cohort", "whose quotas it may use");

    /// <summary>The ledger's enum Cohort.</summary>
    private enum CohortName : byte
    {
        Open = 0,
        Research = 1,
        Commercial = 2,
        Education = 3,
        Humanitarian = 4,
    }

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        CommandHost.Group(
            "quota", "slots of a pool that are kept for cohorts; a window that starts within the hour may borrow",
            host.Make("list", "list the pools' quotas", "quota list --json", [], ListAsync),
            host.Make(
                "set", "set all quotas of a pool for bookings to come; what is not given is 0, all 0 ends them; needs "
                + "OPERATOR",
                "quota set berlin-muenchen --research 10 --education 5 --account admin",
                [Pool, Research, Commercial, Education, Humanitarian], SetAsync)),
        CommandHost.Group(
            "cohort", "whose quotas an account may use",
            host.Make(
                "show", "show an account's cohort, open slots and usage",
                "cohort show 0x90F79bf6EB2c4f870365E785982E1f101E93b906", [Account], ShowAsync),
            host.Make(
                "set", "assign an account to a cohort for bookings to come; needs OPERATOR",
                "cohort set 0x90F79bf6EB2c4f870365E785982E1f101E93b906 research --account admin", [Account, Cohort],
                AssignAsync)),
    ];

    private static async Task<int> ListAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var found = new List<(PoolInfo Pool, Quotas Quotas)>();
        foreach (var pool in await access.Client.ListPoolsAsync(now.Block, run.Cancel))
        {
            found.Add((pool, await access.ReadAsync(access.Network.QuotasOf(pool.Id), now.Block)));
        }

        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                pools = found.Select(one => new
                {
                    id = one.Pool.Id,
                    name = one.Pool.Name,
                    capacity = one.Pool.Capacity,
                    quotas = Views.Quotas(one.Quotas, one.Pool.Capacity),
                }),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">id", "name", ">capacity", ">research", ">commercial", ">education", ">humanitarian", ">everybody"],
            found.Select(one => (IReadOnlyList<string>)
            [
                one.Pool.Id.ToString(CultureInfo.InvariantCulture), one.Pool.Name, $"{one.Pool.Capacity}",
                $"{one.Quotas.Research}", $"{one.Quotas.Commercial}", $"{one.Quotas.Education}",
                $"{one.Quotas.Humanitarian}", $"{Views.LeftForEverybody(one.Quotas, one.Pool.Capacity)}",
            ]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> SetAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var pool = await LedgerInputs.FindPoolAsync(access.Client, run.Get(Pool), run.Cancel);
        var quotas = new Quotas(
            run.Get(Research), run.Get(Commercial), run.Get(Education), run.Get(Humanitarian));
        return await access.SendAsync(access.Network.SetQuotas(pool.Id, quotas));
    }

    private static async Task<int> ShowAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var account = run.Get(Account);
        var client = await access.Client.GetClientAsync(account, now.Block, run.Cancel);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                account = account.ToString(),
                cohort = Cohorts.Name(client.Cohort),
                openSlots = client.OpenSlots,
                openReservations = client.OpenReservations,
                nonce = client.Nonce,
                usageSlotSeconds = client.Usage.ToString(CultureInfo.InvariantCulture),
                usageAtSeconds = client.UsageAt,
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("account", account.ToString()),
            ("cohort", Cohorts.Name(client.Cohort)),
            ("open", $"{client.OpenSlots} slots in {client.OpenReservations} reservations"),
            ("usage", $"{client.Usage} slot-seconds delivered, halved every 7 days, as of {client.UsageAt}"),
            ("next nonce", $"{client.Nonce}"),
            ("as of", $"block {now.Block}, chain time {now.TimeSeconds}"),
        ]);
        return (int)ExitCode.Ok;
    }

    private static async Task<int> AssignAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(access.Allocation.SetCohort(run.Get(Account), (byte)run.Get(Cohort)));
    }

    private static Option<uint> Quota(string cohort) =>
        Inputs.Number($"--{cohort}", $"slots kept for {cohort}", 0U, uint.MaxValue, 0U);
}
