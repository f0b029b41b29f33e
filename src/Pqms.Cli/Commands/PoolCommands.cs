using System.CommandLine;
using Pqms.Node;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms reservoir</c> and <c>pqms pool</c>: what is kept in store of a pool, and whether it takes
/// requests.</summary>
internal static class PoolCommands
{
    private static readonly Argument<string> Pool = LedgerInputs.Pool();

    private static readonly Option<uint> Threshold = Inputs.Number(
        "--threshold", "below this proven stock more is asked for; 0 switches the reservoir off", 0U, uint.MaxValue,
        0U);

    private static readonly Option<uint> Target = Inputs.Number(
        "--target", "stock that replenishment aims at, at least the threshold", 0U, uint.MaxValue, 0U);

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        CommandHost.Group(
            "reservoir", "stock that is kept of a pool; oracles prove it when it crosses the threshold",
            host.Make("list", "list the pools' reservoirs", "reservoir list --json", [], ListAsync),
            host.Make(
                "set", "set threshold and target of a pool; needs OPERATOR",
                "reservoir set berlin-muenchen --threshold 50 --target 100 --account admin", [Pool, Threshold, Target],
                SetAsync)),
        CommandHost.Group(
            "pool", "isolate a pool, or open it again; 'pqms pools' lists them",
            host.Make(
                "isolate", "let a pool take no new requests; existing ones go on; needs GUARDIAN",
                "pool isolate berlin-muenchen --account admin", [Pool], run => IsolateAsync(run, isolated: true)),
            host.Make(
                "open", "let an isolated pool take requests again; needs GUARDIAN",
                "pool open berlin-muenchen --account admin", [Pool], run => IsolateAsync(run, isolated: false))),
    ];

    private static async Task<int> ListAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var found = new List<(PoolInfo Pool, Reservoir Held)>();
        foreach (var pool in await access.Client.ListPoolsAsync(now.Block, run.Cancel))
        {
            found.Add((pool, await access.ReadAsync(access.Inventory.Reservoir(pool.Id), now.Block)));
        }

        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                reservoirs = found.Select(one => new
                {
                    pool = one.Pool.Id,
                    name = one.Pool.Name,
                    threshold = one.Held.Threshold,
                    target = one.Held.Target,
                    stock = one.Held.Stock,
                    low = one.Held.Low,
                    poolSequence = one.Held.PoolSequence,
                    era = one.Held.Era,
                }),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">id", "name", ">threshold", ">target", ">proven stock", "state"],
            found.Select(one => (IReadOnlyList<string>)
            [
                $"{one.Pool.Id}", one.Pool.Name, $"{one.Held.Threshold}", $"{one.Held.Target}", $"{one.Held.Stock}",
                one.Held.Threshold == 0 ? "off" : one.Held.Low ? "low" : "full enough",
            ]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> SetAsync(Invocation run)
    {
        var (threshold, target) = (run.Get(Threshold), run.Get(Target));
        if (target < threshold)
        {
            throw new RefusedException(
                ExitCode.Usage, $"a target of {target} below the threshold {threshold}",
                "a target of at least the threshold", "raise --target");
        }

        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var pool = await LedgerInputs.FindPoolAsync(access.Client, run.Get(Pool), run.Cancel);
        return await access.SendAsync(access.Inventory.SetReservoir(pool.Id, threshold, target));
    }

    private static async Task<int> IsolateAsync(Invocation run, bool isolated)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var pool = await LedgerInputs.FindPoolAsync(access.Client, run.Get(Pool), run.Cancel);
        return await access.SendAsync(access.Network.SetPoolIsolated(pool.Id, isolated));
    }
}
