using System.CommandLine;
using Pqms.Ethereum.Contracts;
using Pqms.Node;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms links</c> and <c>pqms path</c>: the links of the network, and lanes for the operator's own
/// traffic.</summary>
internal static class LinkCommands
{
    private const ushort MostLanes = 32_767;

    private static readonly Argument<uint[]> Links = new("links")
    {
        Description = "ids of 1 to 12 links in order, with commas: 1,4,7",
        CustomParser = ReserveCommands.ParseLinks,
        Arity = ArgumentArity.ExactlyOne,
    };

    private static readonly Option<ulong> Start = Inputs.Moment(
        "--start", "start of the window in chain time");

    private static readonly Option<TimeSpan> Duration = Inputs.Duration(
        "--duration", "length of the window, whole seconds up to 4h", TimeSpan.FromMinutes(10));

    private static readonly Option<ushort> Lanes = Inputs.Number(
        "--lanes", "lanes on each link", (ushort)1, MostLanes, (ushort)1);

    public static IEnumerable<Command> Create(CommandHost host)
    {
        Start.Required = true;
        yield return host.Make("links", "list the links with their ends, length and lanes", "links --json", [],
            ListAsync);
        yield return CommandHost.Group(
            "path", "hold lanes of links for the operator's own traffic; clients use 'pqms reserve --path'",
            host.Make(
                "reserve", "book lanes on each link of a path, all or nothing; needs OPERATOR",
                "path reserve 1,4 --start 2026-12-01T12:00:00Z --duration 1h --lanes 2 --account admin",
                [Links, Start, Duration, Lanes],
                run => SendAsync(run, (network, links, start, end, lanes) =>
                    network.ReservePath(links, start, end, lanes))),
            host.Make(
                "release", "free a path that you reserved, named as it was reserved",
                "path release 1,4 --start 2026-12-01T12:00:00Z --duration 1h --lanes 2 --account admin",
                [Links, Start, Duration, Lanes],
                run => SendAsync(run, (network, links, start, end, lanes) =>
                    network.ReleasePath(links, start, end, lanes))));
    }

    private static async Task<int> ListAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var links = new List<(Link Link, string A, string B)>();
        var count = await access.ReadAsync(access.Network.LinkCount(), now.Block);
        for (uint id = 1; id <= count; id++)
        {
            var link = await access.ReadAsync(access.Network.Link(id), now.Block);
            links.Add((link, (await access.ReadAsync(access.Network.Site(link.A), now.Block)).Name,
                (await access.ReadAsync(access.Network.Site(link.B), now.Block)).Name));
        }

        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                links = links.Select(one => new
                {
                    id = one.Link.Id,
                    siteA = one.A,
                    siteB = one.B,
                    lengthMeters = one.Link.LengthMeters,
                    lanes = one.Link.Lanes,
                }),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">id", "between", ">length m", ">lanes"],
            links.Select(one => (IReadOnlyList<string>)
                [$"{one.Link.Id}", $"{one.A} - {one.B}", $"{one.Link.LengthMeters}", $"{one.Link.Lanes}"]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> SendAsync(
        Invocation run, Func<EntanglementNetworkContract, uint[], ulong, ulong, ushort, ContractCall> call)
    {
        var start = run.Get(Start);
        var end = start + LedgerInputs.Seconds(run.Get(Duration), "--duration");
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        return await access.SendAsync(call(access.Network, run.Get(Links), start, end, run.Get(Lanes)));
    }
}
