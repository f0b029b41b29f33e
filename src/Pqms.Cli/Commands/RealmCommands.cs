using System.CommandLine;
using Pqms.Ethereum;
using Pqms.Node;
using Pqms.Node.Audit;
using Pqms.Node.Chain;
using Pqms.Node.Demo;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary>What runs a realm: <c>up</c>, <c>demo</c>, <c>deploy</c>, <c>oracle run</c>.</summary>
internal static class RealmCommands
{
    /// <summary>Seconds in which clients can leave before signers or parameters change, elsewhere than here.</summary>
    private const uint TwoDays = 172_800;

    private static readonly Option<bool> WithDemo = new("--demo")
    {
        Description = "make the first reservation and audit it"
    };

    private static readonly Option<bool> Once = new("--once")
    {
        Description = "end when it is done instead of serving on"
    };

    private static readonly Option<string?> OracleAddress = new("--oracle-address")
    {
        Description = "whose signature counts; the development oracle on chain 31337",
        HelpName = "0x...",
    };

    private static readonly Option<string?> ProviderAddress = new("--provider-address")
    {
        Description = "who is paid for the pools; the development provider on chain 31337",
        HelpName = "0x...",
    };

    public static IEnumerable<Command> Create(CommandHost host) =>
    [
        host.Make(
            "up", "start chain, ledger, mesh, oracle and HTTP API; serve until Ctrl-C", "up --demo --once --json",
            [WithDemo, Once], UpAsync),
        host.Make("demo", "make the first reservation on the running node and audit it", "demo --json", [], DemoAsync),
        host.Make(
            "deploy", "deploy the ledger to a chain, or verify what stands there",
            "deploy --chain-url http://127.0.0.1:8545",
            [OracleAddress, ProviderAddress], DeployAsync),
        CommandHost.Group(
            "oracle", "run an oracle on its own",
            host.Make(
                "run", "follow a chain, run the mesh, hand in signed reports, serve the batches; until Ctrl-C",
                "oracle run --chain-url http://127.0.0.1:8545 --keystore oracle.json", [], OracleAsync)),
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

        steps.Say("serving; a second terminal can use 'pqms'; Ctrl-C stops");
        if (await realm.ServeAsync(run.Cancel) is { } failure)
        {
            run.Screen.Problem(failure);
            return (int)failure.Code;
        }

        steps.Say("stopping");
        return (int)ExitCode.Ok;
    }

    private static async Task<int> DemoAsync(Invocation run)
    {
        using var access = await LedgerAccess.OpenAsync(run, signing: true);
        var steps = new Steps(run.Screen.Say, TimeProvider.System);
        var scenario = await ServedScenarioAsync(run, access);
        var place = new DemoPlace(access.Session, access.Addresses, access.ApiUrl(), run.DataFolder, scenario);
        var result = await DemoRun.RunAsync(place, access.Key!, steps, run.Cancel);
        DemoReport.Print(run, result);
        return (int)(result.Audit.Passed ? ExitCode.Ok : ExitCode.Refused);
    }

    // The era's scenario is the one that the node serves, whatever this command's own setting says.
    private static async Task<ScenarioFile> ServedScenarioAsync(Invocation run, LedgerAccess access)
    {
        using var files = new ContentClient(access.ApiUrl());
        var hash = Bytes32.Parse(RunFile.Read(run.DataFolder)!.ScenarioHash);
        var bytes = await files.ScenarioAsync(hash, run.Cancel);
        return bytes is { } file
            ? ScenarioFile.Parse($"{access.ApiUrl()}scenarios/{hash}", file.ToArray())
            : throw new RefusedException(
                ExitCode.Refused, $"the node does not serve its scenario {hash}", "", "start it again");
    }

    private static async Task<int> DeployAsync(Invocation run)
    {
        ProjectFolders.RequireWritable(run.DataFolder);
        var scenario = ScenarioFile.Read(ScenarioPath(run));
        var url = LedgerLocator.FindChain(run.Settings[SettingTable.ChainUrl], run.DataFolder);
        using var session = await ChainSession.ConnectAsync(url, patient: true, run.Screen.Say, run.Cancel);
        using var admin = run.Settings.IsSet(SettingTable.Account) || session.ChainId != KeyRing.DevelopmentChainId
            || run.Settings.IsSet(SettingTable.Keystore) || run.Environment(KeyRing.KeyVariable) is { Length: > 0 }
                ? Signer.Open(run, session.ChainId)
                : KeyRing.Development(DevelopmentAccount.Admin);
        var isDevelopment = session.ChainId == KeyRing.DevelopmentChainId;
        var settings = new LedgerSettings(
            [Given(run, OracleAddress, session.ChainId, DevelopmentAccount.Oracle)], 1,
            Given(run, ProviderAddress, session.ChainId, DevelopmentAccount.Provider))
        {
            ChallengeSeconds = isDevelopment ? 0U : 3600U,
            ParameterDelaySeconds = isDevelopment ? 60U : TwoDays,
            RotationDelaySeconds = isDevelopment ? 60U : TwoDays,
        };
        using var provider = isDevelopment && !run.Has(ProviderAddress)
            ? KeyRing.Development(DevelopmentAccount.Provider)
            : null;
        var addresses = await Deploying.RunAsync(
            session, admin, settings, scenario, provider, run.DataFolder, run.Screen.Say, run.Cancel);
        if (run.Json)
        {
            run.Screen.Document(new
            {
                chainId = session.ChainId,
                genesis = session.Genesis.ToString(),
                addresses = RunAddresses.Of(addresses)
            });
        }
        else
        {
            run.Screen.Facts(addresses.Named());
        }

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
        run.Screen.Say($"oracle {key.Address} on chain {session.ChainId}, data folder {run.DataFolder}");
        await using var oracle = await OracleHost.StartAsync(
            session, addresses, scenario, key, Options(run), new OracleNotes(run.Screen.Say, quiet: false),
            run.Screen.Say,
            run.Cancel);
        RunFile.OfThisProcess(session, addresses, scenario.Hash, oracle.ApiUrl, run.DataFolder).Write(run.DataFolder);

        // Said last: whoever reads it may look for the run file at once.
        run.Screen.Say($"HTTP API at {oracle.ApiUrl}; Ctrl-C stops");
        try
        {
            var failure = await oracle.Ended.WaitAsync(run.Cancel);
            run.Screen.Problem(failure ?? new Refusal("the oracle ended", "", ""));
            return (int)(failure?.Code ?? ExitCode.Refused);
        }
        catch (OperationCanceledException) when (run.Cancel.IsCancellationRequested)
        {
            run.Screen.Say("stopping");
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
            Confirmations = run.Settings.Number(SettingTable.Confirmations),
            Journal = JournalSettings.Read(run.Settings, run.Environment),
        };
    }

    private static string ScenarioPath(Invocation run) =>
        ProjectFolders.Resolve(run.BaseFolder, run.Settings[SettingTable.Scenario]);

    private static Address Given(
        Invocation run, Option<string?> option, ulong chainId, DevelopmentAccount development)
    {
        if (run.Get(option) is { } text)
        {
            return Address.TryParse(text, out var address)
                ? address
                : throw new RefusedException(
                    ExitCode.Usage, $"'{text}' is no address", "0x and 40 hexadecimal digits",
                    $"correct {option.Name}");
        }

        if (chainId != KeyRing.DevelopmentChainId)
        {
            throw new RefusedException(
                ExitCode.Usage, $"{option.Name} is needed on chain {chainId}", "an address", "name it");
        }

        using var key = KeyRing.Development(development);
        return key.Address;
    }
}
