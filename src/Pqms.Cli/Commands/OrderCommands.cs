using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms order</c>: production on demand, paid when a report proves the delivery.</summary>
internal static class OrderCommands
{
    private static readonly Argument<UInt128> Id = LedgerInputs.Number("order");

    private static readonly Option<UInt128?> OwnId = LedgerInputs.OwnNumber("order");

    private static readonly Option<string> Pool = new("--pool")
    {
        Description = "pool whose production counts, by id or name",
        HelpName = "id|name",
        Required = true,
    };

    private static readonly Option<uint> Count = Inputs.Number("--count", "how many", 1U, uint.MaxValue, 1U);

    private static readonly Option<Ppm?> Fidelity = Inputs.Fidelity(
        "--fidelity", "least mean estimated fidelity; the pool's class when not given");

    private static readonly Option<TimeSpan> Within = Inputs.Duration(
        "--within", "time for the delivery, up to 28d", TimeSpan.FromHours(1));

    private static readonly Option<UInt256?> Reward = Inputs.Amount("--reward",
        "what the provider gets; 0 when not given");

    private static readonly Option<UInt256?> Bond = Inputs.Amount(
        "--bond", "what the provider stakes, yours when it fails; 0 when not given");

    private static readonly Option<Address?> Payer = LedgerInputs.Account(
        "--payer", "whose credit pays; you when not given");

    private static readonly string[] Statuses = ["none", "open", "accepted", "delivered", "failed", "withdrawn"];

    public static Command Create(CommandHost host) => CommandHost.Group(
        "order", "order production, and accept orders as a provider; the oracle proves deliveries",
        host.Make(
            "open", "open an order and lock its reward",
            "order open --pool berlin-muenchen --count 50 --within 1h --reward \"0.1 ether\" --bond \"0.05 ether\"",
            [OwnId, Pool, Count, Fidelity, Within, Reward, Bond, Payer], OpenAsync),
        host.Make("list", "list the orders", "order list --json", [], ListAsync),
        host.Make("show", "show an order", "order show 573921", [Id], ShowAsync),
        host.Make(
            "accept", "accept an order and stake its bond", "order accept 573921 --account provider", [Id],
            run => SendAsync(run, (inventory, id) => inventory.AcceptOrder(id))),
        host.Make(
            "withdraw", "take back an order that nobody accepted", "order withdraw 573921", [Id],
            run => SendAsync(run, (inventory, id) => inventory.WithdrawOrder(id))),
        host.Make(
            "fail", "end an accepted order that was not delivered in time; open to anyone", "order fail 573921", [Id],
            run => SendAsync(run, (inventory, id) => inventory.FailOrder(id))));

    private static async Task<int> SendAsync(
        Invocation run, Func<ParticleInventoryContract, UInt128, Ethereum.Contracts.ContractCall> call)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(call(access.Inventory, run.Get(Id)));
    }

    private static async Task<int> OpenAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var pool = await LedgerInputs.FindPoolAsync(access.Client, run.Get(Pool)!, run.Cancel);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var kind = (await access.ReadAsync(access.Network.Pool(pool.Id), now.Block)).Terms.Kind;
        var reward = LedgerInputs.Wei(run.Get(Reward) ?? UInt256.Zero, "--reward");
        var payer = run.Get(Payer) ?? Address.Zero;
        var terms = new OrderTerms(
            kind, pool.Id, run.Get(Count), (run.Get(Fidelity) ?? pool.FidelityFloor).Parts,
            now.TimeSeconds + LedgerInputs.Seconds(run.Get(Within), "--within"), reward,
            LedgerInputs.Wei(run.Get(Bond) ?? UInt256.Zero, "--bond"), payer);
        var id = run.Get(OwnId) ?? ReservationIds.New();
        run.Screen.Say($"order {id}");

        // What is sent along becomes the payer's credit first: a sponsor pays from its own.
        return await access.SendAsync(
            access.Inventory.OrderProduction(id, terms), payer == Address.Zero ? reward : UInt128.Zero);
    }

    private static async Task<int> ListAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var events = await access.Client.EventsAsync(0, now.Block, run.Cancel);
        var orders = new List<(UInt128 Id, Order Order)>();
        foreach (var opened in events.OfType<OrderOpened>())
        {
            orders.Add((opened.Data.Id, await access.ReadAsync(access.Inventory.Order(opened.Data.Id), now.Block)));
        }

        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                orders = orders.Select(order => View(order.Id, order.Order)),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            ["order", "status", ">pool", ">count", ">fidelity", ">deliver by", ">reward", ">bond", "buyer", "provider"],
            orders.Select(order => (IReadOnlyList<string>)
            [
                $"{order.Id}", Status(order.Order.Status), $"{order.Order.Terms.Pool}", $"{order.Order.Terms.Count}",
                Ppm.FromParts(order.Order.Terms.FidelityMinPpm).ToString(), $"{order.Order.Terms.DeliverBy}",
                Ether.Format(order.Order.Terms.Reward), Ether.Format(order.Order.Terms.Bond), $"{order.Order.Buyer}",
                order.Order.Provider == Address.Zero ? "" : $"{order.Order.Provider}",
            ]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> ShowAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var id = run.Get(Id);
        var order = await access.ReadAsync(access.Inventory.Order(id), now.Block);
        if (order.Status == 0)
        {
            throw new RefusedException(
                ExitCode.Refused, $"order {id} is not on this ledger", "an order that was opened",
                "'pqms order list' lists them");
        }

        if (run.Json)
        {
            run.Screen.Document(new { asOf = Views.Moment(now), order = View(id, order) });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("order", $"{id}: {Status(order.Status)}"),
            ("wants", $"{order.Terms.Count} of kind {order.Terms.Kind} from pool {order.Terms.Pool}, fidelity at least "
                + Ppm.FromParts(order.Terms.FidelityMinPpm)),
            ("deliver by", $"{order.Terms.DeliverBy} (chain time, seconds)"),
            ("reward", Ether.Format(order.Terms.Reward)),
            ("bond", Ether.Format(order.Terms.Bond)),
            ("buyer", order.Buyer.ToString()),
            ("provider", order.Provider == Address.Zero ? "nobody yet" : order.Provider.ToString()),
        ]);
        return (int)ExitCode.Ok;
    }

    private static object View(UInt128 id, Order order) => new
    {
        id = id.ToString(),
        status = Status(order.Status),
        kind = order.Terms.Kind,
        pool = order.Terms.Pool,
        count = order.Terms.Count,
        fidelityMin = order.Terms.FidelityMinPpm / 1e6,
        deliverBySeconds = order.Terms.DeliverBy,
        rewardWei = order.Terms.Reward.ToString(),
        bondWei = order.Terms.Bond.ToString(),
        payer = order.Terms.Payer.ToString(),
        buyer = order.Buyer.ToString(),
        provider = order.Provider == Address.Zero ? null : order.Provider.ToString(),
        acceptedAtSeconds = order.AcceptedAt,
    };

    private static string Status(byte status) => status < Statuses.Length ? Statuses[status] : $"{status}";
}
