using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Chain;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Oracle;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Benchmarks.Cases;

/// <summary>A real Hardhat node with the default scenario's ledger, clients with credit, and on demand an
/// oracle. Lives until the process ends.</summary>
internal sealed class RingRealm
{
    /// <summary>Gas for one request; the first of a payer takes 160,000.</summary>
    public const ulong RequestGas = 300_000;

    private const int MostOpen = 1_000;
    private const int FirstPort = 22_600;

    /// <summary>Index of the first client's key; the node's own accounts come before.</summary>
    private const int FirstClient = 100;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);
    private static readonly UInt128 Credit = (UInt128)1_000 * 1_000_000_000_000_000_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("pqms-bench-").FullName;
    private readonly ChainSession _session;
    private readonly ScenarioFile _scenario;
    private int _clients = FirstClient;
    private ulong _requests;

    private RingRealm(ChainSupervisor node, ChainSession session, ScenarioFile scenario)
    {
        _session = session;
        _scenario = scenario;
        Addresses = null!;
        Reader = null!;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            node.DisposeAsync().AsTask().Wait();
            Directory.Delete(_folder, recursive: true);
        };
    }

    public HttpRpc Rpc => _session.Rpc;

    public LedgerAddresses Addresses { get; private set; }

    /// <summary>Reads the ledger.</summary>
    public LedgerClient Reader { get; private set; }

    public ReadOnlyMemory<byte> Scenario => _scenario.Bytes;

    /// <summary>The oracle, once started.</summary>
    public OracleService? Oracle { get; private set; }

    public static async Task<RingRealm> StartAsync(int blockMilliseconds)
    {
        string root = Scenarios.Root;
        ChainSupervisor node = await ChainSupervisor.StartAsync(
            ChainLaunch.Hardhat(root, FirstPort), static _ => { }, CancellationToken.None);
        ChainSession session = await ChainSession.ConnectAsync(
            node.Url, patient: true, static _ => { }, CancellationToken.None);
        await session.Rpc.SendAsync("hardhat_setLoggingEnabled", [false], CancellationToken.None);
        await session.Rpc.SendAsync(
            "evm_setIntervalMining", [(double)blockMilliseconds], CancellationToken.None);
        await session.Rpc.SendAsync("evm_setAutomine", [blockMilliseconds == 0], CancellationToken.None);
        RingRealm realm = new(
            node, session, ScenarioFile.Read(Path.Combine(root, "scenarios", "german-backbone.json")));
        await realm.DeployAsync();
        return realm;
    }

    /// <summary>Starts the one signer's oracle in this process.</summary>
    public void StartOracle()
    {
        EthereumKey key = KeyRing.Development(DevelopmentAccount.Oracle);
        Oracle = new OracleService(
            new OracleOptions
            {
                ChainUrl = _session.Url,
                Addresses = Addresses,
                DataFolder = Path.Combine(_folder, "oracle"),
                Scenarios = OracleOptions.ScenariosFrom(Scenario),
                PollInterval = Look,
            },
            key, [key], SilentObserver.Instance, TimeProvider.System);
        _ = Task.Run(() => Oracle.RunAsync(CancellationToken.None));
    }

    /// <summary>Waits until the oracle is at the newest block and owes nothing.</summary>
    public async Task UntilIdleAsync()
    {
        while (true)
        {
            ulong tip = (await Reader.MomentAsync()).Block;
            OracleStatus status = Oracle!.Status;
            if (status.Failure.Length > 0)
            {
                throw new InvalidOperationException(status.Failure);
            }

            if (status.FollowedBlock >= tip && status is { OwedReports: 0, OwedSettlements: 0 })
            {
                return;
            }

            await Task.Delay(Look);
        }
    }

    /// <summary>As many new clients as so many requests need: the ledger lets each have 1,000 open.</summary>
    public async Task<RingClient[]> NewClientsAsync(int requests)
    {
        var clients = new RingClient[(requests + MostOpen - 1) / MostOpen];
        for (int i = 0; i < clients.Length; i++)
        {
            EthereumKey key = EthereumKey.FromMnemonic(Mnemonic.Development, _clients++);
            var sender = new TransactionSender(
                Rpc, key, _session.ChainId, new MemoryTransactionStore(), new SenderOptions { PollInterval = Look })
            {
                Errors = LedgerErrors.Decode,
            };
            await Rpc.SendAsync("hardhat_setBalance", [key.Address, 2 * Credit], CancellationToken.None);
            await new LedgerClient(Rpc, Addresses, sender).DepositAsync(null, Credit);
            clients[i] = new RingClient(key, sender);
        }

        return clients;
    }

    /// <summary>The next request: one slot for ten minutes, pools and windows in turn, so that none is ever full.
    /// </summary>
    public (UInt128 Id, ContractCall Call) NextRequest(ulong nowSeconds)
    {
        const int pools = 8, perWindow = 8;
        const ulong window = 600;
        ulong number = _requests++;
        UInt128 id = ReservationIds.New();
        var terms = new ReservationTerms
        {
            PoolId = (uint)(number % pools) + 1,
            Slots = 1,
            StartSeconds = nowSeconds + 7_200 + (number / (pools * perWindow) * window),
            DurationSeconds = window,
            FidelityMin = Ppm.FromParts(800_000),
            TakesPerMinute = 1,
            MaxCostWei = UInt128.MaxValue,
        };
        return (id, Reader.Contracts.Allocation.Request(id, terms.ToTerms()));
    }

    /// <summary>Makes blocks one by one, a second apart: those that hardhat_mine makes at once don't name their
    /// parents.</summary>
    public Task MineAsync(int blocks) => Rpc.SendBatchAsync(
        [.. Enumerable.Repeat(new RpcCall("evm_mine"), blocks)], CancellationToken.None);

    private async Task DeployAsync()
    {
        using EthereumKey admin = KeyRing.Development(DevelopmentAccount.Admin);
        using EthereumKey oracle = KeyRing.Development(DevelopmentAccount.Oracle);
        using EthereumKey provider = KeyRing.Development(DevelopmentAccount.Provider);
        Addresses = await Deploying.RunAsync(
            _session, admin, new LedgerSettings([oracle.Address], 1, provider.Address), _scenario, provider, _folder,
            static _ => { }, CancellationToken.None);
        Reader = new LedgerClient(Rpc, Addresses);
    }
}

/// <summary>A client with ether and credit.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Sender">Its sender.</param>
internal sealed record RingClient(EthereumKey Key, TransactionSender Sender);
