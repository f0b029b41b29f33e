using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Chain;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Oracle;
using Pqms.Oracle.Replay;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Ring;

/// <summary>A real Hardhat node with a deployed ledger. Transactions are mined at once; the test moves the
/// time.</summary>
public sealed class RealmChain : IAsyncDisposable
{
    /// <summary>Above the ports that people use; the next free one is taken.</summary>
    private const int FirstPort = 18_600;

    // What is waited for takes milliseconds; a loaded machine has needed some seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    private readonly RealmSetup _setup;
    private readonly Dictionary<int, (EthereumKey Key, TransactionSender Sender, LedgerClient Client)> _clients = [];
    private ChainSupervisor _node;

    private RealmChain(RealmSetup setup, string folder, ScenarioFile scenario, ChainSupervisor node,
        ChainSession session)
    {
        _setup = setup;
        _node = node;
        Folder = folder;
        Scenario = scenario;
        Session = session;
        Addresses = null!;
    }

    /// <summary>A folder of this realm's own, with the deployment's record; removed at the end.</summary>
    public string Folder { get; }

    public ScenarioFile Scenario { get; }

    public ChainSession Session { get; private set; }

    public LedgerAddresses Addresses { get; private set; }

    public HttpRpc Rpc => Session.Rpc;

    /// <summary>Keys of the hub's signers.</summary>
    public IReadOnlyList<EthereumKey> Signers => [.. _setup.Signers.Select(account => Key(account))];

    public static async Task<RealmChain> StartAsync(RealmSetup setup)
    {
        var folder = Directory.CreateTempSubdirectory("pqms-ring-").FullName;
        var scenario = ScenarioFile.Read(WriteScenario(setup, folder));
        var (node, session) = await StartNodeAsync(setup, FirstPort);
        var realm = new RealmChain(setup, folder, scenario, node, session);
        try
        {
            await realm.DeployAsync();
            return realm;
        }
        catch
        {
            await realm.DisposeAsync();
            throw;
        }
    }

    /// <summary>The client of a development account; one sender each.</summary>
    public LedgerClient Client(int account = (int)DevelopmentAccount.Client)
    {
        Key(account);
        return _clients[account].Client;
    }

    /// <summary>The sender of a development account, for transactions that share a block.</summary>
    public TransactionSender Sender(int account)
    {
        Key(account);
        return _clients[account].Sender;
    }

    public Address AddressOf(int account) => Key(account).Address;

    public EthereumKey Key(int account)
    {
        if (!_clients.TryGetValue(account, out var known))
        {
            known = NewClient(EthereumKey.FromMnemonic(Mnemonic.Development, account));
            _clients[account] = known;
        }

        return known.Key;
    }

    /// <summary>Forgets all senders: after blocks were replaced, they would count on with nonces that are
    /// free again.</summary>
    public void RenewClients()
    {
        foreach (var (account, (key, _, _)) in _clients.ToArray())
        {
            _clients[account] = NewClient(key);
        }
    }

    public Task<ChainMoment> NowAsync() => new LedgerClient(Rpc, Addresses).MomentAsync();

    public async Task<JsonElement> SendAsync(string method, params object?[] parameters) =>
        await Rpc.SendAsync(method, parameters, CancellationToken.None);

    public async Task MineAsync(int blocks = 1)
    {
        for (var i = 0; i < blocks; i++)
        {
            await SendAsync("evm_mine");
        }
    }

    /// <summary>Lets chain time pass, in one block.</summary>
    public async Task JumpAsync(ulong seconds)
    {
        await SendAsync("evm_increaseTime", seconds);
        await MineAsync();
    }

    public async Task JumpToAsync(ulong timeSeconds)
    {
        await SendAsync("evm_setNextBlockTimestamp", timeSeconds);
        await MineAsync();
    }

    public async Task<string> SnapshotAsync() => (await SendAsync("evm_snapshot")).GetString()!;

    /// <summary>Drops all blocks since the snapshot and puts as many others in their place.</summary>
    public async Task ReplaceBlocksAsync(string snapshot, int blocks)
    {
        Assert.True((await SendAsync("evm_revert", snapshot)).GetBoolean());
        RenewClients();
        await SendAsync("evm_increaseTime", 1);
        await MineAsync(blocks);
    }

    /// <summary>Ends the node and starts another on the same port, with a ledger of its own.</summary>
    public async Task RestartAsync(bool deploy = true)
    {
        var port = _node.Port;
        await StopAsync();
        (_node, Session) = await StartNodeAsync(_setup, port);
        Assert.Equal(port, _node.Port);
        if (deploy)
        {
            await DeployAsync();
        }
    }

    /// <summary>Ends the node; what is read from now on comes from files.</summary>
    public async Task StopAsync()
    {
        Session.Dispose();
        await _node.DisposeAsync();
    }

    /// <summary>Looks until something has come about, for a minute at most.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> reached, Func<string>? state = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (!await reached())
        {
            if (limit.IsCancellationRequested)
            {
                throw new TimeoutException($"not within {Patience}: {what}. {state?.Invoke()}");
            }

            await Task.Delay(Look, CancellationToken.None);
        }
    }

    public async Task<ReservationInfo> UntilStatusAsync(UInt128 id, ReservationStatus status, TestOracle? oracle = null)
    {
        ReservationInfo? info = null;
        await UntilAsync(
            $"{ReservationIds.ToText(id)} becomes {status}",
            async () =>
            {
                oracle?.ThrowIfFailed();
                info = await Client().GetReservationAsync(id);
                return info?.Status == status;
            },
            () => $"It is {info?.Status} at {info?.AsOf}. {oracle?.Describe()}");
        return info!;
    }

    /// <summary>The whole ledger rebuilt from logs, without a fault.</summary>
    public async Task<LedgerHistory> HistoryAsync()
    {
        var file = await HistoryCollector.CollectAsync(Client());
        var history = LedgerHistory.Rebuild(file.Events());
        Assert.Empty(history.Faults);
        Assert.True(history.Money.Balanced, history.Money.ToString());
        return history;
    }

    /// <summary>Every report is what the chain's own commands give.</summary>
    public async Task<ReplayResult> ReplayAsync()
    {
        var source = await ChainReplaySource.OpenAsync(Rpc, Addresses);
        var result = await ReplayRunner.RunAsync(source, OracleOptions.ScenariosFrom(Scenario.Bytes));
        Assert.True(result.IsEqual, result.First?.Text);
        return result;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var (key, _, _) in _clients.Values)
        {
            key.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string WriteScenario(RealmSetup setup, string folder)
    {
        var path = Path.Combine(Repository.Root, "scenarios", setup.Scenario);
        if (setup.Profile is null)
        {
            return path;
        }

        const string before = "\"profile\": \"hypothetical-2035\"";
        var text = File.ReadAllText(path);
        Assert.Contains(before, text, StringComparison.Ordinal);
        var copy = Path.Combine(folder, setup.Scenario);
        File.WriteAllText(copy, text.Replace(before, $"\"profile\": \"{setup.Profile}\"", StringComparison.Ordinal));
        return copy;
    }

    private static async Task<(ChainSupervisor Node, ChainSession Session)> StartNodeAsync(RealmSetup setup, int port)
    {
        var node = await ChainSupervisor.StartAsync(
            ChainLaunch.Hardhat(Repository.Root, port), _ => { }, CancellationToken.None);
        try
        {
            var session = await ChainSession.ConnectAsync(node.Url, patient: true, _ => { }, CancellationToken.None);
            await session.Rpc.SendAsync("hardhat_setLoggingEnabled", [false], CancellationToken.None);
            await session.Rpc.SendAsync("evm_setIntervalMining", [(double)setup.BlockMilliseconds],
                CancellationToken.None);
            await session.Rpc.SendAsync("evm_setAutomine", [true], CancellationToken.None);
            return (node, session);
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>Deploys the ledger, or goes on with one that is there.</summary>
    public async Task DeployAsync()
    {
        using var provider = KeyRing.Development(DevelopmentAccount.Provider);
        var signers = Signers.Select(key => key.Address).Order().ToList();
        var settings = new LedgerSettings(signers, _setup.Threshold, provider.Address)
        {
            ChallengeSeconds = _setup.ChallengeSeconds,
        };
        Addresses = await Deploying.RunAsync(
            Session, Key((int)DevelopmentAccount.Admin), settings, Scenario, provider, Folder, _ => { },
            CancellationToken.None);
        RenewClients();
    }

    private (EthereumKey Key, TransactionSender Sender, LedgerClient Client) NewClient(EthereumKey key)
    {
        var options = new SenderOptions { PollInterval = Look };
        var sender = new TransactionSender(Rpc, key, Session.ChainId, new MemoryTransactionStore(), options)
        {
            Errors = LedgerErrors.Decode,
        };
        return (key, sender, new LedgerClient(Rpc, Addresses ?? NoAddresses, sender));
    }

    private static LedgerAddresses NoAddresses { get; } =
        new(Address.Zero, Address.Zero, Address.Zero, Address.Zero, Address.Zero, Address.Zero, 0);
}
