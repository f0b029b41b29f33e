using System.Text.Json;
using Pqms.Node.Chain;
using Pqms.Node.Deployment;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Node.Settings;
using Pqms.Node.Telemetry;
using Pqms.Sdk;

namespace Pqms.Node.Hosting;

/// <summary>A whole realm in one process: chain child, ledger, mesh, oracle, HTTP API, run file.</summary>
public sealed class RealmHost : IAsyncDisposable
{
    private readonly ChainSupervisor? _chain;
    private readonly OracleHost _oracle;
    private readonly string _dataFolder;

    private RealmHost(
        ChainSupervisor? chain, ChainSession session, LedgerAddresses addresses, ScenarioFile scenario,
        OracleHost oracle, string dataFolder)
    {
        _chain = chain;
        _oracle = oracle;
        _dataFolder = dataFolder;
        Session = session;
        Addresses = addresses;
        Scenario = scenario;
    }

    /// <summary>The chain.</summary>
    public ChainSession Session { get; }

    /// <summary>The ledger.</summary>
    public LedgerAddresses Addresses { get; }

    /// <summary>The era's scenario.</summary>
    public ScenarioFile Scenario { get; }

    /// <summary>Where the HTTP API listens.</summary>
    public Uri ApiUrl => _oracle.ApiUrl;

    /// <summary>Starts everything in order; what was started is ended again when a later step fails.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="steps">Measures and says the steps "chain", "deploy" and "oracle".</param>
    /// <param name="cancel">Ends the start.</param>
    /// <exception cref="RefusedException">Something is missing or refused.</exception>
    public static async Task<RealmHost> StartAsync(RealmOptions options, Steps steps, CancellationToken cancel)
    {
        ProjectFolders.RequireWritable(options.DataFolder);
        RunFile.RequireNobodyElse(options.DataFolder);
        var scenario = ScenarioFile.Read(options.ScenarioPath);
        steps.Say($"scenario {scenario.Scenario.Name}, hardware profile {Profile(scenario)}");
        steps.Say($"data folder {options.DataFolder}");

        ChainSupervisor? chain = null;
        ChainSession? session = null;
        try
        {
            (chain, session) = await steps.RunAsync(
                "chain", "waiting for the chain", () => StartChainAsync(options, steps, cancel));
            var addresses = await steps.RunAsync(
                "deploy", "deploying the ledger", () => DeployAsync(options, session, scenario, steps, cancel));
            var oracle = await steps.RunAsync("oracle", "starting the oracle", () => OracleHost.StartAsync(
                session, addresses, scenario, KeyRing.Development(DevelopmentAccount.Oracle), options,
                new OracleLog(new LineLogger(steps.Say, LogFormat.Text, TimeProvider.System), quiet: true),
                steps.Say, cancel));
            var host = new RealmHost(chain, session, addresses, scenario, oracle, options.DataFolder);
            host.WriteRunFile();
            steps.Say($"oracle and mesh run; page and HTTP API at {host.ApiUrl}");
            return host;
        }
        catch
        {
            session?.Dispose();
            if (chain is not null)
            {
                await chain.DisposeAsync();
            }

            throw;
        }
    }

    /// <summary>Waits until a service fails or somebody wants to stop.</summary>
    /// <param name="cancel">The wish to stop.</param>
    /// <returns>Null after a wish to stop, else what failed.</returns>
    public async Task<Refusal?> ServeAsync(CancellationToken cancel)
    {
        var failures = _chain is null ? new[] { _oracle.Ended } : [_oracle.Ended, _chain.Ended];
        try
        {
            return await (await Task.WhenAny(failures).WaitAsync(cancel));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Runs work that needs the services; if one fails first, that failure is thrown.</summary>
    /// <param name="work">The work; its token is cancelled when a service fails.</param>
    /// <param name="cancel">The wish to stop.</param>
    /// <exception cref="RefusedException">A service failed.</exception>
    public async Task<T> WhileServingAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var done = new CancellationTokenSource();
        var failing = ServeAsync(done.Token);
        var task = work(stop.Token);
        if (await Task.WhenAny(task, failing) == failing && await failing is { } failure)
        {
            await stop.CancelAsync();
            await task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None,
                TaskScheduler.Default);
            throw new RefusedException(failure);
        }

        await done.CancelAsync();
        return await task;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        RunFile.Remove(_dataFolder);
        await _oracle.DisposeAsync();
        Session.Dispose();
        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }
    }

    /// <summary>Profile and provenance of a scenario's hardware figures, as shown to users.</summary>
    /// <param name="scenario">A scenario.</param>
    public static string Profile(ScenarioFile scenario) =>
        $"{scenario.Scenario.ProfileName} [{scenario.Scenario.Profile.Provenance}]";

    private static async Task<(ChainSupervisor? Chain, ChainSession Session)> StartChainAsync(
        RealmOptions options, Steps steps, CancellationToken cancel)
    {
        if (options.ChainUrl is not null)
        {
            var session = await ChainSession.ConnectAsync(options.ChainUrl, patient: true, steps.Say, cancel);
            return session.ChainId == KeyRing.DevelopmentChainId
                ? (null, session)
                : throw new RefusedException(
                    ExitCode.Usage, $"chain {session.ChainId} is no development chain",
                    $"chain id {KeyRing.DevelopmentChainId}",
                    "use 'pqms deploy' and 'pqms oracle run' with keys of your own");
        }

        var chain = await ChainSupervisor.StartAsync(options.Launch!(), steps.Say, cancel);
        try
        {
            var session = await ChainSession.ConnectAsync(chain.Url, patient: true, steps.Say, cancel);
            // The node's log of every call costs half its throughput, and nobody reads it.
            await session.Rpc.SendAsync("hardhat_setLoggingEnabled", [false], cancel);
            if (options.BlockMilliseconds != 1000)
            {
                await session.Rpc.SendAsync(
                    "evm_setIntervalMining", [JsonSerializer.SerializeToElement(options.BlockMilliseconds)], cancel);
            }

            steps.Say($"chain {session.ChainId} at {session.Url}, a block every {options.BlockMilliseconds} ms");
            return (chain, session);
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    private static async Task<LedgerAddresses> DeployAsync(
        RealmOptions options, ChainSession session, ScenarioFile scenario, Steps steps, CancellationToken cancel)
    {
        using var admin = KeyRing.Development(DevelopmentAccount.Admin);
        using var oracle = KeyRing.Development(DevelopmentAccount.Oracle);
        using var provider = KeyRing.Development(DevelopmentAccount.Provider);
        var settings = new LedgerSettings([oracle.Address], 1, provider.Address);
        return await Deploying.RunAsync(
            session, admin, settings, scenario, provider, options.DataFolder, steps.Say, cancel);
    }

    private void WriteRunFile() =>
        RunFile.OfThisProcess(Session, Addresses, Scenario.Hash, ApiUrl, _dataFolder).Write(_dataFolder);
}
