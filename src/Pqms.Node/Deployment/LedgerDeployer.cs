using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Running;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>Brings the ledger onto a chain: the six contracts in a fixed order, at addresses known
/// beforehand.</summary>
/// <remarks>
/// Every step looks at the chain first and does only what is missing, so a deployment that was interrupted anywhere
/// goes on where it stopped, and one that is complete is only verified.
/// </remarks>
public sealed class LedgerDeployer
{
    /// <summary>Entries of one registration: 50 sites cost about 6M gas, well below a transaction's 16.7M.</summary>
    private const int EntriesPerTransaction = 50;

    /// <summary>PAUSER, UNPAUSER, OPERATOR, GUARDIAN.</summary>
    private const ulong AllRoles = 15;

    private readonly IEthereumRpc _rpc;
    private readonly TransactionSender _admin;
    private readonly TransactionSender? _provider;
    private readonly LedgerSettings _settings;
    private readonly Action<string> _say;

    /// <summary>Prepares a deployment.</summary>
    /// <param name="rpc">The chain.</param>
    /// <param name="admin">Signs every transaction; becomes admin of the registry and holder of all roles.</param>
    /// <param name="settings">What is fixed for good.</param>
    /// <param name="say">Told what is done.</param>
    /// <param name="provider">Signs the provider's bond and registration; null leaves both to the provider.</param>
    public LedgerDeployer(
        IEthereumRpc rpc, TransactionSender admin, LedgerSettings settings, Action<string> say,
        TransactionSender? provider = null)
    {
        _provider = provider;
        _rpc = rpc;
        _admin = admin;
        _settings = settings;
        _say = say;
    }

    /// <summary>Deploys, or verifies, the ledger of a chain.</summary>
    /// <param name="recordPath">Where the record of this chain is kept; see
    /// <see cref="DeploymentRecord.PathOf"/>.</param>
    /// <param name="chainId">The chain's id.</param>
    /// <param name="genesis">Hash of block 0.</param>
    /// <param name="plan">What the realm holds.</param>
    /// <param name="era">How the first era starts.</param>
    /// <param name="cancel">Ends the work between two steps; it can be taken up again.</param>
    /// <returns>Where the contracts stand.</returns>
    /// <exception cref="RefusedException">What is on the chain is something else.</exception>
    public async Task<LedgerAddresses> DeployAsync(
        string recordPath, ulong chainId, Bytes32 genesis, RealmPlan plan, EraPlan era, CancellationToken cancel)
    {
        var record = await RecordAsync(recordPath, chainId, genesis, cancel);
        var addresses = record.Addresses.Parse();
        await CreateAsync(record, addresses, cancel);
        await new LedgerVerifier(_rpc, addresses)
            .RequireWiringAsync(Address.Parse(record.Admin), _settings, cancel);
        await ConfigureAsync(addresses, plan, era, cancel);
        if (!record.Complete)
        {
            (record with { Complete = true }).Write(recordPath);
        }

        return addresses;
    }

    private static LedgerAddresses Predict(Address admin, ulong firstNonce, ulong block)
    {
        Address At(ulong i) => TransactionSender.PredictContractAddress(admin, firstNonce + i);
        return new LedgerAddresses(
            RealmRegistry: At(0), Treasury: At(1), EntanglementNetwork: At(2), ReportHub: At(3),
            ParticleInventory: At(4), ParticleAllocation: At(5), DeployedAtBlock: block);
    }

    private async Task<DeploymentRecord> RecordAsync(
        string path, ulong chainId, Bytes32 genesis, CancellationToken cancel)
    {
        var nonce = await _rpc.GetTransactionCountAsync(_admin.Address, BlockTag.Latest, cancel);
        var known = DeploymentRecord.Read(path);
        if (known is not null && known.Genesis == genesis.ToString())
        {
            var present = await PresentAsync(known.Addresses.Parse(), cancel);
            var canContinue = known.Admin == _admin.Address.ToString() && nonce == known.FirstNonce + (ulong)present;
            if (present == CreationOrder.Count || canContinue)
            {
                return known;
            }

            _say("the recorded deployment cannot be continued: a new one is made");
        }

        var block = await _rpc.BlockNumberAsync(cancel);
        var addresses = Predict(_admin.Address, nonce, block);
        var record = new DeploymentRecord(
            chainId, genesis.ToString(), _admin.Address.ToString(), nonce, RunAddresses.Of(addresses), Complete: false);
        record.Write(path);
        return record;
    }

    // How many of the six stand, counted from the first; creation goes in order, so there are no gaps.
    private async Task<int> PresentAsync(LedgerAddresses addresses, CancellationToken cancel)
    {
        var present = 0;
        foreach (var address in CreationOrder.Places(addresses))
        {
            if ((await _rpc.GetCodeAsync(address, BlockTag.Latest, cancel)).Length == 0)
            {
                break;
            }

            present++;
        }

        return present;
    }

    private async Task CreateAsync(DeploymentRecord record, LedgerAddresses addresses, CancellationToken cancel)
    {
        var present = await PresentAsync(addresses, cancel);
        var creations = CreationOrder.Of(addresses, Address.Parse(record.Admin), _settings).Skip(present).ToList();
        if (creations.Count == 0)
        {
            return;
        }

        _say($"creating {creations.Count} contracts");
        var pending = new List<PendingTransaction>();
        foreach (var creation in creations)
        {
            pending.Add(await _admin.SendAsync(creation, null, cancel));
        }

        var expected = CreationOrder.Places(addresses).Skip(present).ToArray();
        for (var i = 0; i < pending.Count; i++)
        {
            var receipt = await _admin.ConfirmAsync(pending[i], cancel);
            if (receipt.ContractAddress != expected[i])
            {
                throw new RefusedException(
                    ExitCode.Refused, $"{creations[i].ContractName} stands at {receipt.ContractAddress}",
                    $"{expected[i]}",
                    "somebody else uses the admin's key at the same time: start again when it rests");
            }
        }
    }

    private async Task ConfigureAsync(
        LedgerAddresses addresses, RealmPlan plan, EraPlan era, CancellationToken cancel)
    {
        var calls = new List<ContractCall>();
        await AddRegistryCallsAsync(calls, addresses, cancel);
        await AddRealmCallsAsync(calls, addresses, plan, cancel);
        await AddEraCallAsync(calls, addresses, era, cancel);
        var enrolment = new ProviderEnrolment(_rpc, addresses, _settings);
        var providerCalls = _provider is null ? [] : await enrolment.MissingAsync(_provider.Address, cancel);
        if (calls.Count + providerCalls.Count == 0)
        {
            return;
        }

        _say($"registering {plan.Sites.Count} sites, {plan.Links.Count} links, {plan.Pools.Count} pools, and the era");
        var pending = new List<(TransactionSender Sender, PendingTransaction Transaction)>();
        foreach (var call in calls)
        {
            pending.Add((_admin, await _admin.SendAsync(call, default, null, cancel)));
        }

        foreach (var (call, value) in providerCalls)
        {
            pending.Add((_provider!, await _provider!.SendAsync(call, value, null, cancel)));
        }

        foreach (var (sender, transaction) in pending)
        {
            await sender.ConfirmAsync(transaction, cancel);
        }
    }

    private async Task AddRegistryCallsAsync(
        List<ContractCall> calls, LedgerAddresses addresses, CancellationToken cancel)
    {
        var registry = new RealmRegistryContract(addresses.RealmRegistry);
        foreach (var (id, address) in RegistryIds.Of(addresses))
        {
            if (await registry.AddressOf(id).CallAsync(_rpc, cancellationToken: cancel) != address)
            {
                calls.Add(registry.SetAddress(id, address));
            }
        }

        if (await registry.RolesOf(_admin.Address).CallAsync(_rpc, cancellationToken: cancel) != (UInt256)AllRoles)
        {
            calls.Add(registry.SetRoles(_admin.Address, AllRoles));
        }
    }

    private async Task AddRealmCallsAsync(
        List<ContractCall> calls, LedgerAddresses addresses, RealmPlan plan, CancellationToken cancel)
    {
        var network = new EntanglementNetworkContract(addresses.EntanglementNetwork);
        var inventory = new ParticleInventoryContract(addresses.ParticleInventory);
        var kinds = Missing(
            "kinds", plan.Kinds, await inventory.KindCount().CallAsync(_rpc, cancellationToken: cancel));
        var sites = Missing("sites", plan.Sites, await network.SiteCount().CallAsync(_rpc, cancellationToken: cancel));
        var links = Missing("links", plan.Links, await network.LinkCount().CallAsync(_rpc, cancellationToken: cancel));
        var pools = Missing("pools", plan.Pools, await network.PoolCount().CallAsync(_rpc, cancellationToken: cancel));
        calls.AddRange(kinds.Chunk(EntriesPerTransaction).Select(inventory.RegisterKinds));
        calls.AddRange(sites.Chunk(EntriesPerTransaction).Select(network.RegisterSites));
        calls.AddRange(links.Chunk(EntriesPerTransaction).Select(network.RegisterLinks));
        calls.AddRange(pools.Chunk(EntriesPerTransaction).Select(network.RegisterPools));
    }

    private static IEnumerable<T> Missing<T>(string what, IReadOnlyList<T> planned, uint registered)
    {
        if (registered <= planned.Count)
        {
            return planned.Skip((int)registered);
        }

        throw new RefusedException(
            ExitCode.Refused, $"the ledger holds {registered} {what}, the scenario only {planned.Count}",
            "the scenario that the ledger was deployed with", "name it with --scenario, or use another chain");
    }

    private async Task AddEraCallAsync(
        List<ContractCall> calls, LedgerAddresses addresses, EraPlan era, CancellationToken cancel)
    {
        var hub = new ReportHubContract(addresses.ReportHub);
        if (await hub.Era().CallAsync(_rpc, cancellationToken: cancel) == 0)
        {
            calls.Add(hub.StartEra(era.MeshVersion, era.ScenarioHash, era.Seed, Bytes32.Zero));
            return;
        }

        var running = await new LedgerVerifier(_rpc, addresses).CurrentEraAsync(cancel);
        if (running.ScenarioHash != era.ScenarioHash)
        {
            throw new RefusedException(
                ExitCode.Refused,
                $"era {running.Era} runs with the scenario {running.ScenarioHash}, not {era.ScenarioHash}",
                "the file that the era was started with, byte for byte",
                "name it with --scenario, or use another chain");
        }
    }
}
