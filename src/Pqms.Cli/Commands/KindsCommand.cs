using System.CommandLine;
using Pqms.Node;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms kinds</c>: the catalogue of resources.</summary>
internal static class KindsCommand
{
    private static readonly string[] Categories =
        ["none", "qubit", "qudit", "photon pair", "GHZ", "cluster", "magic", "other"];

    public static Command Create(CommandHost host) =>
        host.Make("kinds", "list the kinds of resources: category, platform, coherence", "kinds --json", [], RunAsync);

    private static async Task<int> RunAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var kinds = new List<Sdk.Contracts.Kind>();
        var count = await access.ReadAsync(access.Inventory.KindCount(), now.Block);
        for (uint id = 1; id <= count; id++)
        {
            kinds.Add(await access.ReadAsync(access.Inventory.Kind(id), now.Block));
        }

        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                kinds = kinds.Select(kind => new
                {
                    id = kind.Id,
                    category = Category(kind.Category),
                    dimension = kind.Dimension,
                    platform = kind.Platform,
                    specialisation = kind.Specialisation,
                    isolationGrade = kind.IsolationGrade,
                    t1Microseconds = kind.T1Microseconds,
                    t2Microseconds = kind.T2Microseconds,
                    maxPerHour = kind.MaxPerHour,
                }),
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Table(
            [">id", "category", ">dimension", "platform", "made for", ">grade", ">T1 us", ">T2 us", ">most an hour"],
            kinds.Select(kind => (IReadOnlyList<string>)
            [
                $"{kind.Id}", Category(kind.Category), $"{kind.Dimension}", kind.Platform, kind.Specialisation,
                $"{kind.IsolationGrade}", Stated(kind.T1Microseconds), Stated(kind.T2Microseconds),
                kind.MaxPerHour == 0 ? "no limit" : $"{kind.MaxPerHour}",
            ]));
        run.Screen.Line($"as of block {now.Block}, chain time {now.TimeSeconds}");
        return (int)ExitCode.Ok;
    }

    private static string Category(byte category) =>
        category < Categories.Length ? Categories[category] : $"{category}";

    private static string Stated(ulong microseconds) => microseconds == 0 ? "" : $"{microseconds}";
}
