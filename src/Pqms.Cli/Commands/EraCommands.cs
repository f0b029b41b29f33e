using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Node;
using Pqms.Node.Hosting;
using Pqms.Node.Settings;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms era</c>: which scenario, seed and mesh the reports are computed with.</summary>
internal static class EraCommands
{
    private static readonly Option<ulong?> Seed = new("--seed")
    {
        Description = "seed of the mesh's random numbers; the scenario's when not given",
        HelpName = $"0..{ulong.MaxValue}",
        CustomParser = result => ulong.TryParse(result.Tokens[0].Value, out var seed)
            ? seed
            : Inputs.Refuse<ulong?>(result, "is out of range", $"a whole number from 0 to {ulong.MaxValue}"),
    };

    public static Command Create(CommandHost host) => CommandHost.Group(
        "era", "which scenario, seed and mesh the reports are computed with",
        host.Make("show", "show the present era", "era show --json", [], ShowAsync),
        host.Make(
            "start", "begin a new era with the scenario in force, after void reports were reopened; the admin only",
            "era start --scenario scenarios/german-backbone.json --account admin", [Seed], StartAsync));

    private static async Task<int> ShowAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: false);
        var now = await access.Client.MomentAsync(default, run.Cancel);
        var events = await access.Client.EventsAsync(0, now.Block, run.Cancel);
        var era = events.OfType<EraStarted>().LastOrDefault()
            ?? throw new RefusedException(
                ExitCode.Refused, "no era has been started", "a ledger with an era", "'pqms era start' starts it");
        var closed = await access.ReadAsync(access.Hub.EraClosed(), now.Block);
        var voidThrough = await access.ReadAsync(access.Hub.VoidThrough(), now.Block);
        var sequence = await access.ReadAsync(access.Hub.Sequence(), now.Block);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                asOf = Views.Moment(now),
                era = era.Data.Era,
                startedInBlock = era.Place.BlockNumber,
                meshVersion = era.Data.MeshVersion,
                scenarioHash = era.Data.ScenarioHash.ToString(),
                seed = era.Data.Seed.ToString(),
                lastReport = sequence,
                closed,
                voidThrough,
            });
            return (int)ExitCode.Ok;
        }

        run.Screen.Facts(
        [
            ("era", $"{era.Data.Era}, since block {era.Place.BlockNumber}"),
            ("mesh version", $"{era.Data.MeshVersion}"),
            ("scenario", era.Data.ScenarioHash.ToString()),
            ("seed", $"{era.Data.Seed}"),
            ("last report", $"{sequence}"),
            ("state", !closed ? "open" : voidThrough == 0
                ? "closed by void reports; a new era can begin"
                : $"closed; void reports up to {voidThrough} must be reopened before a new era"),
            ("as of", $"block {now.Block}, chain time {now.TimeSeconds}"),
        ]);
        return (int)ExitCode.Ok;
    }

    private static async Task<int> StartAsync(Invocation run)
    {
        var path = ProjectFolders.Resolve(run.BaseFolder, run.Settings[SettingTable.Scenario]);
        var scenario = ScenarioFile.Read(path);
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var call = access.Hub.StartEra(
            MeshVersion.Current, scenario.Hash, run.Get(Seed) ?? scenario.Scenario.Seed, Bytes32.Zero);
        var code = await access.SendAsync(call);
        run.Screen.Say($"oracles need {path} as their --scenario from now on; "
            + "'pqms deploy' registers what it holds more than the ledger");
        return code;
    }
}
