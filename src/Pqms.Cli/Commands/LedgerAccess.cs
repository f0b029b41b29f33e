using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Running;
using Pqms.Node.Settings;
using Pqms.Sdk;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Cli.Commands;

/// <summary>One command's connection to chain and ledger, with a signing key when it writes.</summary>
internal sealed class LedgerAccess : IDisposable
{
    private readonly Invocation _run;
    private readonly TransactionSender? _sender;

    private LedgerAccess(Invocation run, ChainSession session, LedgerAddresses addresses, EthereumKey? key)
    {
        _run = run;
        Session = session;
        Addresses = addresses;
        Key = key;
        _sender = key is null
            ? null
            : new TransactionSender(
                session.Rpc, key, session.ChainId, new MemoryTransactionStore(), new SenderOptions(),
                TimeProvider.System);
        Client = new LedgerClient(session.Rpc, addresses, _sender);
        Inventory = new ParticleInventoryContract(addresses.ParticleInventory);
        Treasury = new TreasuryContract(addresses.Treasury);
        Network = new EntanglementNetworkContract(addresses.EntanglementNetwork);
        Allocation = new ParticleAllocationContract(addresses.ParticleAllocation);
        Hub = new ReportHubContract(addresses.ReportHub);
        Registry = new RealmRegistryContract(addresses.RealmRegistry);
    }

    /// <summary>The chain.</summary>
    public ChainSession Session { get; }

    /// <summary>The ledger.</summary>
    public LedgerAddresses Addresses { get; }

    /// <summary>Reads and, with a key, writes.</summary>
    public LedgerClient Client { get; }

    /// <summary>The signing key; null for reads.</summary>
    public EthereumKey? Key { get; }

    /// <summary>Kinds, providers, lots, orders.</summary>
    public ParticleInventoryContract Inventory { get; }

    /// <summary>Credits and bonds.</summary>
    public TreasuryContract Treasury { get; }

    /// <summary>Pools, prices, quotas.</summary>
    public EntanglementNetworkContract Network { get; }

    /// <summary>Reservations.</summary>
    public ParticleAllocationContract Allocation { get; }

    /// <summary>Eras, reports, signers.</summary>
    public ReportHubContract Hub { get; }

    /// <summary>Roles, pause bits, parameters.</summary>
    public RealmRegistryContract Registry { get; }

    /// <summary>The ids drawn for this chain.</summary>
    public DrawnIds DrawnIds =>
        new(DeploymentRecord.ChainFolder(_run.DataFolder, Session.ChainId, Session.Genesis));

    /// <summary>Connects to the chain and finds the ledger.</summary>
    /// <param name="run">The command.</param>
    /// <param name="signing">Whether a key is opened.</param>
    public static async Task<LedgerAccess> OpenAsync(Invocation run, bool signing)
    {
        var url = LedgerLocator.FindChain(run.Settings[SettingTable.ChainUrl], run.DataFolder);
        var session = await ChainSession.ConnectAsync(url, patient: false, run.Screen.Say, run.Cancel);
        try
        {
            var addresses = await LedgerLocator.FindLedgerAsync(
                session, run.Settings[SettingTable.Registry], run.DataFolder, run.Cancel);
            return new LedgerAccess(run, session, addresses, signing ? Signer.Open(run, session.ChainId) : null);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Reads from the ledger.</summary>
    /// <param name="call">The call.</param>
    /// <param name="block">The block after which it runs; the latest unless given.</param>
    public Task<T> ReadAsync<T>(ContractCall<T> call, ulong? block = null) =>
        call.CallAsync(Session.Rpc, block is { } at ? (BlockTag)at : null, null, _run.Cancel);

    /// <summary>Sends a transaction, waits for its receipt and prints it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="valueWei">Wei to send along.</param>
    /// <param name="id">The reservation concerned, if one is.</param>
    public async Task<int> SendAsync(ContractCall call, UInt128 valueWei = default, UInt128? id = null)
    {
        var receipt = await _sender!.SendAndConfirmAsync(call, valueWei, null, _run.Cancel);
        var events = receipt.Logs.Select(log => LedgerLogs.Decode(log, Addresses)).OfType<LedgerEvent>();
        return Receipts.Print(_run, this, new LedgerReceipt(receipt, [.. events]), id);
    }

    /// <summary>The running node's HTTP API, which serves batch files.</summary>
    /// <exception cref="RefusedException">No node runs for this data folder.</exception>
    public Uri ApiUrl()
    {
        if (RunFile.Read(_run.DataFolder) is { } file && file.IsAlive())
        {
            return new Uri(file.ApiUrl);
        }

        throw new RefusedException(
            ExitCode.Refused, $"no node runs for {_run.DataFolder}, so nobody serves the reports' batch files",
            "a node started with 'pqms up' or 'pqms oracle run' in this data folder",
            "start one, or use 'pqms audit verify'");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Key?.Dispose();
        Session.Dispose();
    }
}
