using System.Diagnostics;
using System.Text.Json;
using Pqms.Ethereum.Crypto;
using Pqms.Node.Chain;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Node.Running;
using Pqms.Sdk;

namespace Pqms.Node.Demo;

/// <summary>A realm of a demonstration's own: a chain and a ledger in a temporary folder, and an oracle as a process
/// that can be killed.</summary>
internal sealed class TroubleRealm : IAsyncDisposable
{
    /// <summary>Blocks come four times as fast as on the usual chain, so that a minute is enough.</summary>
    private const int BlockMilliseconds = 250;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly TroubleSetup _setup;
    private readonly ChainSupervisor _chain;
    private Process? _oracle;

    private TroubleRealm(
        TroubleSetup setup, ChainSupervisor chain, ChainSession session, LedgerAddresses addresses,
        ScenarioFile scenario)
    {
        _setup = setup;
        _chain = chain;
        Session = session;
        Addresses = addresses;
        Scenario = scenario;
    }

    public ChainSession Session { get; }

    public LedgerAddresses Addresses { get; }

    public ScenarioFile Scenario { get; }

    /// <summary>The realm as a client sees it; the oracle's present address is part of it.</summary>
    public DemoPlace Place => new(Session, Addresses, ApiUrl(), _setup.Folder, Scenario);

    public static async Task<TroubleRealm> StartAsync(TroubleSetup setup, Steps steps, CancellationToken cancel)
    {
        var scenario = ScenarioFile.Read(setup.ScenarioPath);
        ChainSupervisor? chain = null;
        ChainSession? session = null;
        try
        {
            chain = await ChainSupervisor.StartAsync(setup.Launch(), steps.Say, cancel);
            session = await ChainSession.ConnectAsync(chain.Url, patient: true, steps.Say, cancel);
            await session.Rpc.SendAsync("hardhat_setLoggingEnabled", [false], cancel);
            await session.Rpc.SendAsync(
                "evm_setIntervalMining", [JsonSerializer.SerializeToElement(BlockMilliseconds)], cancel);
            using var admin = KeyRing.Development(DevelopmentAccount.Admin);
            using var oracle = KeyRing.Development(DevelopmentAccount.Oracle);
            using var provider = KeyRing.Development(DevelopmentAccount.Provider);
            var settings = new LedgerSettings([oracle.Address], 1, provider.Address);
            var addresses = await Deploying.RunAsync(
                session, admin, settings, scenario, provider, setup.Folder, steps.Say, cancel);
            return new TroubleRealm(setup, chain, session, addresses, scenario);
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

    /// <summary>Starts the oracle and waits until its HTTP API answers.</summary>
    public async Task StartOracleAsync(CancellationToken cancel)
    {
        _oracle = Process.Start(_setup.Program(
        [
            "oracle", "run", "--chain-url", Session.Url.ToString(), "--data-folder", _setup.Folder, "--scenario",
            _setup.ScenarioPath,
        ])) ?? throw new InvalidOperationException("The oracle's process did not start.");
        _oracle.OutputDataReceived += static (_, _) => { };
        _oracle.ErrorDataReceived += static (_, _) => { };
        _oracle.BeginOutputReadLine();
        _oracle.BeginErrorReadLine();
        await UntilAsync("the oracle starts", () => RunFile.Read(_setup.Folder)?.ProcessId == _oracle.Id, cancel);
    }

    /// <summary>Kills the oracle, as a power cut would: nothing of it can clean up.</summary>
    public async Task KillOracleAsync(CancellationToken cancel)
    {
        _oracle!.Kill();
        await _oracle.WaitForExitAsync(cancel);
        _oracle.Dispose();
        _oracle = null;
    }

    /// <summary>Waits for something that the oracle or the chain will do.</summary>
    /// <exception cref="RefusedException">It did not happen in time.</exception>
    public static async Task UntilAsync(string what, Func<bool> reached, CancellationToken cancel)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!reached())
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
            {
                throw new RefusedException(
                    ExitCode.Refused, $"{what}: not within {Patience.TotalSeconds:0} s",
                    "a machine that is not overloaded",
                    "try again");
            }

            await Task.Delay(Look, cancel);
        }
    }

    /// <summary>A fresh client: after blocks were replaced, an earlier one would count on with nonces that are free
    /// again.</summary>
    public DemoClient NewClient(EthereumKey key, Steps steps, CancellationToken cancel) =>
        new(Place, key, steps, cancel);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_oracle is not null)
        {
            await KillOracleAsync(CancellationToken.None);
        }

        Session.Dispose();
        await _chain.DisposeAsync();
    }

    private Uri ApiUrl() => new(
        RunFile.Read(_setup.Folder)?.ApiUrl ?? throw new InvalidOperationException("The oracle was never started."));
}

/// <summary>What a demonstration of trouble needs of its host.</summary>
/// <param name="Launch">Finds the development chain.</param>
/// <param name="Program">How to start this very program with other arguments; output redirected.</param>
/// <param name="Folder">A folder of its own.</param>
/// <param name="ScenarioPath">The scenario.</param>
public sealed record TroubleSetup(
    Func<ChainLaunch> Launch, Func<IReadOnlyList<string>, ProcessStartInfo> Program, string Folder,
    string ScenarioPath);
