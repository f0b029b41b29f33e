using System.CommandLine;
using System.Diagnostics;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Node;
using Pqms.Node.Audit;
using Pqms.Node.Chain;
using Pqms.Node.Demo;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Node.Settings;

namespace Pqms.Cli.Commands;

/// <summary><c>pqms demo</c>: the first reservation; and what may go wrong, each on a chain of its own.</summary>
internal static class DemoCommands
{
    private delegate Task<TroubleResult> Trouble(
        TroubleSetup setup, EthereumKey key, Steps steps, CancellationToken cancel);

    public static Command Create(CommandHost host) => host.Make(
        "demo", "make the first reservation on the running node and audit it", "demo --json",
        [
            host.Make(
                "crash", "kill an oracle three times and count what is lost, on a chain of its own", "demo crash", [],
                run => TroubleAsync(run, TroubleRun.CrashAsync)),
            host.Make(
                "reorg", "replace blocks with takes and count what is lost, on a chain of its own", "demo reorg", [],
                run => TroubleAsync(run, TroubleRun.ReorganiseAsync)),
            host.Make(
                "tamper", "forge evidence in three ways and see who is caught, on a chain of its own", "demo tamper",
                [], run => TroubleAsync(run, TroubleRun.TamperAsync)),
        ],
        DemoAsync);

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

    private static async Task<int> TroubleAsync(Invocation run, Trouble trouble)
    {
        var folder = Directory.CreateTempSubdirectory("pqms-demo-");
        try
        {
            using var key = KeyRing.Development(DevelopmentAccount.Client);
            var setup = new TroubleSetup(
                () => ChainLaunch.Hardhat(run.BaseFolder, run.Settings.Number(SettingTable.ChainPort)), Self,
                folder.FullName, RealmCommands.ScenarioPath(run));
            var result = await trouble(setup, key, new Steps(run.Screen.Say, TimeProvider.System), run.Cancel);
            Print(run, result);
            return (int)(result.Passed ? ExitCode.Ok : ExitCode.Refused);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(Invocation run, TroubleResult result)
    {
        if (run.Json)
        {
            run.Screen.Document(result);
            return;
        }

        foreach (var done in result.Done)
        {
            run.Screen.Line(done);
        }

        run.Screen.Table(
            ["what", "found", "as it must be"],
            result.Facts.Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value, fact.Holds ? "yes" : "NO"]));
        run.Screen.Line(result.Passed
            ? result.Trouble == "tamper" ? "every forgery was caught" : "nothing was lost, nothing doubled"
            : "FAILED");
    }

    // A tool of .NET is started by its own program file, a built one by dotnet and its dll.
    private static ProcessStartInfo Self(IReadOnlyList<string> arguments)
    {
        var program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no file.");
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(
            program, isHost ? [Path.Combine(AppContext.BaseDirectory, "pqms.dll"), .. arguments] : arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
