using System.CommandLine;
using System.Globalization;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Node.Audit;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary>Reads of the ledger: pools, reservations, events. Each answer names the block that it belongs to.</summary>
internal static class ReadCommands
{
    private static readonly Option<string?> Client = new("--client")
    {
        Description = "only this client's reservations",
        HelpName = "0x...",
    };

    private static readonly Option<ulong> From =
        Inputs.Number("--from", "first block", ulong.MinValue, ulong.MaxValue, ulong.MinValue);

    private static readonly Option<string?> Only = new("--reservation")
    {
        Description = "only the events of this reservation",
        HelpName = "id",
    };

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make("pools", "list the pools with class, capacity, free slots and price", "pools --json", [], PoolsAsync),
        host.Make(
            "reservations", "list reservations", "reservations --client 0x90F79bf6EB2c4f870365E785982E1f101E93b906",
            [Client], ReservationsAsync),
        host.Make("events", "list the ledger's events", "events --from 10 --json", [From, Only], EventsAsync),
    ];

    private static async Task<int> PoolsAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var pools = await access.Client.ListPoolsAsync(now.Block, run.Cancel);
        if (run.Json)
        {
            run.Screen.Document(new { asOf = Views.Moment(now), pools = pools.Select(Views.Pool) });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">id", "name", "between", ">class", ">capacity", ">free now", ">price a slot-second", "state"],
            pools.Select(pool => (IReadOnlyList<string>)
            [
                pool.Id.ToString(CultureInfo.InvariantCulture), pool.Name, $"{pool.SiteA} - {pool.SiteB}",
                pool.FidelityFloor.ToString(), $"{pool.Capacity}", $"{pool.FreeNow}",
                Ether.Format(pool.PricePerSlotSecondWei), pool.Isolated ? "isolated" : "open",
            ]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> ReservationsAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var client = run.Get(Client) is { } text ? Parse(text) : (Address?)null;
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var found = await access.Client.ReservationsAsync(client, now.Block, run.Cancel);
        var requests = (await access.Client.EventsAsync(0, now.Block, run.Cancel)).OfType<ReservationRequested>()
            .ToDictionary(requested => requested.Id);
        var drawn = access.DrawnIds.Read().Except(found.Select(info => info.Id)).ToList();
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                reservations = found.Select(info => Views.Reservation(info, requests[info.Id])),
                drawnButUnknown = drawn.Select(ReservationIds.ToText),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            ["id", "status", ">pool", ">slots", ">start", ">end", ">fidelity", "priority", ">takes", ">price",
                "client"],
            found.Select(info => (IReadOnlyList<string>)
            [
                ReservationIds.ToText(info.Id), info.IsActive ? "Granted, active" : info.Status.ToString(),
                $"{info.Stored.Pool}", $"{info.Stored.Slots}", $"{info.Stored.Start}", $"{info.Stored.End}",
                Ppm.FromParts(requests[info.Id].Data.Terms.FidelityMinPpm).ToString(),
                $"{(ReservationPriority)requests[info.Id].Data.Terms.Priority}", $"{info.Stored.Takes}",
                Ether.Format(requests[info.Id].Data.Price), info.Stored.Client.ToString(),
            ]));
        if (client is null && drawn.Count > 0)
        {
            run.Screen.Line(
                $"drawn here and not on the ledger: {string.Join(", ", drawn.Select(ReservationIds.ToText))}");
        }

        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> EventsAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var events = await access.Client.EventsAsync(run.Get(From), default, run.Cancel);
        if (run.Get(Only) is { } text)
        {
            if (!ReservationIds.TryParse(text, out var id))
            {
                throw new RefusedException(
                    ExitCode.Usage, $"'{text}' is no reservation id", "resource-id-<number> or the number",
                    "pqms reservations");
            }

            events = [.. events.Where(logged => logged is ReservationEvent about && about.Id == id)];
        }

        if (run.Json)
        {
            run.Screen.Document(events.Select(Views.Event));
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">block", ">log", "event", "reservation", "what"],
            events.Select(logged => (IReadOnlyList<string>)
            [
                $"{logged.Place.BlockNumber}", $"{logged.Place.LogIndex}", logged.Name,
                logged is ReservationEvent about ? ReservationIds.ToText(about.Id) : "", LifeNotes.Of(logged),
            ]));
        return (int)ExitCode.Ok;
    }

    private static Address Parse(string text) => Address.TryParse(text, out var address)
        ? address
        : throw new RefusedException(
            ExitCode.Usage, $"'{text}' is no address", "0x and 40 hexadecimal digits, in one case or with its checksum",
            "correct --client");
}
