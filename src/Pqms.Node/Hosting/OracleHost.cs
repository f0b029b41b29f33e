using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Node.Api;
using Pqms.Node.Chain;
using Pqms.Node.Live;
using Pqms.Node.Peers;
using Pqms.Node.Telemetry;
using Pqms.Oracle;
using Pqms.Oracle.Peers;
using Pqms.Sdk;

namespace Pqms.Node.Hosting;

/// <summary>One oracle with its mesh and the HTTP API, in this process.</summary>
public sealed class OracleHost : INodeView, IAsyncDisposable
{
    /// <summary>Starts tried when a port is taken between our look and our bind.</summary>
    private const int ApiStarts = 3;

    private readonly OracleService _service;
    private readonly ChainSession _session;
    private readonly LedgerAddresses _addresses;
    private readonly ScenarioFile _scenario;
    private readonly NodeMetrics _metrics;
    private readonly NodeTelemetry _telemetry;
    private readonly HttpPeer[] _peers;
    private readonly LiveDesk _live;
    private readonly CancellationTokenSource _stop = new();
    private ApiServer? _api;

    private OracleHost(
        OracleService service, ChainSession session, LedgerAddresses addresses, ScenarioFile scenario,
        NodeMetrics metrics, NodeTelemetry telemetry, HttpPeer[] peers)
    {
        _service = service;
        _metrics = metrics;
        _telemetry = telemetry;
        _peers = peers;
        _session = session;
        _addresses = addresses;
        _scenario = scenario;
        _live = new LiveDesk(
            session, addresses, scenario, () => service.Picture, service.Batch, TimeProvider.System);
        Ended = WatchAsync();
    }

    /// <summary>Completes when the oracle has ended: null if we ended it, else why it failed.</summary>
    public Task<Refusal?> Ended { get; }

    /// <summary>Where the HTTP API listens.</summary>
    public Uri ApiUrl => _api!.Url;

    /// <inheritdoc/>
    public bool IsHealthy => !Ended.IsCompleted;

    /// <inheritdoc/>
    public Readiness Readiness => Readiness.Of(_service.Status);

    /// <inheritdoc/>
    public NodeStatus Status => NodeStatus.Of(_session, _addresses, _scenario, _service.Status);

    /// <inheritdoc/>
    public IReadOnlyList<PoolStatus> Pools => _live.Pools;

    /// <inheritdoc/>
    public string Metrics => _telemetry.Collect();

    /// <summary>Starts the oracle and the API.</summary>
    /// <param name="session">The chain; stays the caller's.</param>
    /// <param name="addresses">The ledger on it.</param>
    /// <param name="scenario">The era's scenario.</param>
    /// <param name="key">Submits and signs.</param>
    /// <param name="options">Folders and ports.</param>
    /// <param name="observer">Told what the oracle does.</param>
    /// <param name="say">Told aloud what the user should know.</param>
    /// <param name="cancel">Ends the start.</param>
    public static async Task<OracleHost> StartAsync(
        ChainSession session,
        LedgerAddresses addresses,
        ScenarioFile scenario,
        EthereumKey key,
        RealmOptions options,
        IOracleObserver observer,
        Action<string> say,
        CancellationToken cancel)
    {
        HttpPeer[] peers = [.. options.Peers.Select(address => new HttpPeer(address))];
        var oracleOptions = new OracleOptions
        {
            ChainUrl = session.Url,
            Addresses = addresses,
            DataFolder = options.DataFolder,
            Scenarios = OracleOptions.ScenariosFrom(scenario.Bytes),
            Confirmations = options.Confirmations.Blocks,
            OnlySafe = options.Confirmations.IsOnlySafe(session.ChainId),
            Peers = [.. peers],
            TakeoverSeconds = options.TakeoverSeconds,
            Journal = options.Journal,
        };
        var metrics = new NodeMetrics(observer);
        var service = new OracleService(oracleOptions, key, [key], metrics, TimeProvider.System);
        metrics.Watch(() => service.Status, () => [.. service.Picture.Pools.Select(static pool => pool.View)]);
        var telemetry = new NodeTelemetry(
            metrics.Name, options.TelemetryEndpoint, scenario.Scenario.Pools.Count);
        var host = new OracleHost(service, session, addresses, scenario, metrics, telemetry, peers);
        try
        {
            host._api = await StartApiAsync(options, host, say, cancel);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Scenario(Bytes32 hash) =>
        hash == _scenario.Hash ? _scenario.Bytes : (ReadOnlyMemory<byte>?)null;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte>? Batch(Bytes32 dataHash) =>
        _service.Batch(dataHash) is { } batch ? batch : (ReadOnlyMemory<byte>?)null;

    /// <inheritdoc/>
    public async Task<PeerAnswer> AnswerAsync(SignatureQuestion question, CancellationToken cancel)
    {
        var answer = await _service.AnswerAsync(question, cancel);
        _metrics.Asked(answer.Outcome);
        return answer;
    }

    /// <inheritdoc/>
    public BlockTrace? Trace(ulong block) => _service.Trace(block);

    /// <inheritdoc/>
    public IReadOnlyList<MeshEvent>? Events(ulong block) => _service.Events(block);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Ended;
        await _live.DisposeAsync();
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }

        _telemetry.Dispose();
        _metrics.Dispose();
        foreach (var peer in _peers)
        {
            peer.Dispose();
        }

        _stop.Dispose();
    }

    private static async Task<ApiServer> StartApiAsync(
        RealmOptions options, OracleHost view, Action<string> say, CancellationToken cancel)
    {
        var wanted = options.ApiPort;
        var first = wanted;
        for (var attempt = 1; ; attempt++)
        {
            var port = Ports.FirstFree(first);
            try
            {
                var server = await ApiServer.StartAsync(options.ApiAddress, port, view, view._live, cancel);
                if (port != wanted)
                {
                    say($"port {wanted} is busy: the HTTP API uses {port}");
                }

                return server;
            }
            catch (IOException) when (attempt < ApiStarts)
            {
                first = port + 1;
            }
        }
    }

    private async Task<Refusal?> WatchAsync()
    {
        await Task.Yield();
        try
        {
            await _service.RunAsync(_stop.Token);
            return _stop.IsCancellationRequested ? null
                : new Refusal("the oracle ended by itself", "", "this is a bug", ExitCode.Bug);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        catch (JournalException error)
        {
            return new Refusal(error.Message, "", "", ExitCode.Prerequisite);
        }
        catch (OracleException error)
        {
            return new Refusal("the oracle stopped: " + error.Message, "", "");
        }
        catch (Exception error)
        {
            return new Refusal(
                $"the oracle failed: {error}", "", "please report it with the text above", ExitCode.Bug);
        }
    }
}
