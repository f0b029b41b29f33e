using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;
using Pqms.Mesh;
using Pqms.Node.Hosting;
using Pqms.Sdk;

namespace Pqms.Node.Deployment;

/// <summary>From a scenario file to a ledger on a chain: what <c>up</c> and <c>deploy</c> share.</summary>
public static class Deploying
{
    /// <summary>Deploys, continues or verifies.</summary>
    /// <param name="session">The chain.</param>
    /// <param name="admin">Signs and pays.</param>
    /// <param name="settings">What is fixed for good.</param>
    /// <param name="scenario">What the realm holds.</param>
    /// <param name="provider">Signs the provider's bond and registration; null leaves both to the provider.</param>
    /// <param name="dataFolder">Where the record is kept.</param>
    /// <param name="say">Told what is done.</param>
    /// <param name="cancel">Ends the work between two steps.</param>
    public static async Task<LedgerAddresses> RunAsync(
        ChainSession session,
        EthereumKey admin,
        LedgerSettings settings,
        ScenarioFile scenario,
        EthereumKey? provider,
        string dataFolder,
        Action<string> say,
        CancellationToken cancel)
    {
        var plan = RealmPlan.Of(scenario.Scenario, settings.Provider);
        foreach (var pool in plan.OutOfReach)
        {
            say($"pool {pool}: this hardware keeps no slot of its class filled; requests for it will be refused");
        }

        TransactionSender Sender(EthereumKey key) => new(
            session.Rpc, key, session.ChainId, new MemoryTransactionStore(), new SenderOptions(),
            TimeProvider.System);
        if (provider is null)
        {
            say($"provider {settings.Provider} must bond and register itself: "
                + "'pqms bond add', 'pqms provider register'");
        }

        var deployer = new LedgerDeployer(
            session.Rpc, Sender(admin), settings, say, provider is null ? null : Sender(provider));
        var path = DeploymentRecord.PathOf(dataFolder, session.ChainId, session.Genesis);
        var era = new EraPlan(MeshVersion.Current, scenario.Hash, scenario.Scenario.Seed);
        var addresses = await deployer.DeployAsync(path, session.ChainId, session.Genesis, plan, era, cancel);
        say($"ledger on chain {session.ChainId}, recorded in {path}");
        return addresses;
    }
}
