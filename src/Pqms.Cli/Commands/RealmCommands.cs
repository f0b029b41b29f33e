using System.CommandLine;
using System.Net;
using Pqms.Node;
using Pqms.Node.Chain;
using Pqms.Node.Demo;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Node.Settings;
using Pqms.Node.Telemetry;

namespace Pqms.Cli.Commands;

/// <summary>What runs a realm: <c>up</c>, <c>oracle run</c>, beside <c>demo</c> and <c>deploy</c>.</summary>
internal static class RealmCommands
{
    private static readonly Option<bool> WithDemo = new("--demo")
    {
        Description = "make the first reservation and audit it"
    };

    private static readonly Option<bool> Once = new("--once")
    {
        Description = "end when it is done instead of serving on"
    };

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "up", "start chain, ledger, mesh, oracle, page and HTTP API; serve until Ctrl-C", "up --demo --once --json",
            [WithDemo, Once], UpAsync),
        DemoCommands.Create(host),
        DeployCommand.Create(host),
        CommandHost.Group(
            "oracle", "run an oracle on its own, and say whose signatures count",
            [host.Make(
                "run", "follow a chain, run the mesh, hand in signed reports, serve the batches; until Ctrl-C",
                "oracle run --chain-url http://127.0.0.1:8545 --keystore oracle.json", [], OracleAsync),
            .. SignerCommands.Create(host)]),
    ];

    private static async Task<int> UpAsync(Invocation run)
    {
        var steps = new Steps(run.Screen.Say, TimeProvider.System);
        await using var realm = await RealmHost.StartAsync(Options(run), steps, run.Cancel);
        if (run.Get(WithDemo))
        {
            using var key = KeyRing.Development(DevelopmentAccount.Client);
            var place = new DemoPlace(realm.Session, realm.Addresses, realm.ApiUrl, run.DataFolder, realm.Scenario);
            try
            {
                var result = await realm.WhileServingAsync(
                    cancel => DemoRun.RunAsync(place, key, steps, cancel), run.Cancel);
                DemoReport.Print(run, result);
                if (run.Get(Once) || !result.Audit.Passed)
                {
                    return (int)(result.Audit.Passed ? ExitCode.Ok : ExitCode.Refused);
                }
            }
            catch (OperationCanceledException) when (run.Cancel.IsCancellationRequested)
            {
                steps.Say("stopped before the reservation was settled");
                return (int)ExitCode.Refused;
            }
        }
        else if (run.Get(Once))
        {
            return (int)ExitCode.Ok;
        }

        steps.Say($"serving: open {realm.ApiUrl} in a browser; a second terminal can use 'pqms'; Ctrl-C stops");
        if (await realm.ServeAsync(run.Cancel) is { } failure)
        {
            run.Screen.Problem(failure);
            return (int)failure.Code;
        }

        steps.Say("stopping");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> OracleAsync(Invocation run)
    {
        ProjectFolders.RequireWritable(run.DataFolder);
        RunFile.RequireNobodyElse(run.DataFolder);
        var scenario = ScenarioFile.Read(ScenarioPath(run));
        var url = LedgerLocator.FindChain(run.Settings[SettingTable.ChainUrl], run.DataFolder);
        using var session = await ChainSession.ConnectAsync(url, patient: true, run.Screen.Say, run.Cancel);
        var addresses = await LedgerLocator.FindLedgerAsync(
            session, run.Settings[SettingTable.Registry], run.DataFolder, run.Cancel);
        using var key = !run.Settings.IsSet(SettingTable.Account) && !run.Settings.IsSet(SettingTable.Keystore)
            && session.ChainId == KeyRing.DevelopmentChainId
                && run.Environment(KeyRing.KeyVariable) is not { Length: > 0 }
                ? KeyRing.Development(DevelopmentAccount.Oracle)
                : Signer.Open(run, session.ChainId);
        var log = new LineLogger(
            run.Screen.Say, Enum.Parse<LogFormat>(run.Settings[SettingTable.LogFormat], ignoreCase: true),
            TimeProvider.System);
        log.Say($"oracle {key.Address} on chain {session.ChainId}, data folder {run.DataFolder}");
        await using var oracle = await OracleHost.StartAsync(
            session, addresses, scenario, key, Options(run), new OracleLog(log, quiet: false), log.Say, run.Cancel);
        RunFile.OfThisProcess(session, addresses, scenario.Hash, oracle.ApiUrl, run.DataFolder).Write(run.DataFolder);

        // Said last: whoever reads it may look for the run file at once.
        log.Say($"page and HTTP API at {oracle.ApiUrl}; Ctrl-C stops");
        try
        {
            var failure = await oracle.Ended.WaitAsync(run.Cancel);
            run.Screen.Problem(failure ?? new Refusal("the oracle ended", "", ""));
            return (int)(failure?.Code ?? ExitCode.Refused);
        }
        catch (OperationCanceledException) when (run.Cancel.IsCancellationRequested)
        {
            log.Say("stopping");
            return (int)ExitCode.Ok;
        }
        finally
        {
            RunFile.Remove(run.DataFolder);
        }
    }

    private static RealmOptions Options(Invocation run)
    {
        var url = run.Settings[SettingTable.ChainUrl];
        return new RealmOptions
        {
            ChainUrl = url.Length == 0 ? null : new Uri(url),
            Launch = url.Length == 0 ? () =>
                ChainLaunch.Hardhat(run.BaseFolder, run.Settings.Number(SettingTable.ChainPort)) : null,
            BlockMilliseconds = run.Settings.Number(SettingTable.BlockMilliseconds),
            ApiPort = run.Settings.Number(SettingTable.ApiPort),
            DataFolder = run.DataFolder,
            ScenarioPath = ScenarioPath(run),
            Confirmations = Confirmations(run.Settings[SettingTable.Confirmations]),
            ApiAddress = IPAddress.Parse(run.Settings[SettingTable.ApiAddress]),
            Peers = [.. run.Settings[SettingTable.Peers].Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(address => new Uri(address))],
            TakeoverSeconds = (uint)run.Settings.Number(SettingTable.TakeoverSeconds),
            TelemetryEndpoint = NodeTelemetry.EndpointOf(run.Environment),
            Journal = JournalSettings.Read(run.Settings, run.Environment),
        };
    }

    // Settings are checked when they are read.
    private static ConfirmationRule Confirmations(string text) =>
        ConfirmationRule.TryParse(text, out var rule) ? rule : ConfirmationRule.ByChain;

    internal static string ScenarioPath(Invocation run) =>
        ProjectFolders.Resolve(run.BaseFolder, run.Settings[SettingTable.Scenario]);
}
