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
    /// <param name="dataFolder">Where the record is kept.</param>
    /// <param name="say">Told what is done.</param>
    /// <param name="cancel">Ends the work between two steps.</param>
    public static async Task<LedgerAddresses> RunAsync(
        ChainSession session,
        EthereumKey admin,
        LedgerSettings settings,
        ScenarioFile scenario,
        string dataFolder,
        Action<string> say,
        CancellationToken cancel)
    {
        var plan = RealmPlan.Of(scenario.Scenario, settings.Provider);
        foreach (var pool in plan.OutOfReach)
        {
            say($"pool {pool}: this hardware keeps no slot of its class filled; requests for it will be refused");
        }

        var sender = new TransactionSender(
            session.Rpc, admin, session.ChainId, new MemoryTransactionStore(), new SenderOptions(),
            TimeProvider.System);
        var deployer = new LedgerDeployer(session.Rpc, sender, settings, say);
        var path = DeploymentRecord.PathOf(dataFolder, session.ChainId, session.Genesis);
        var era = new EraPlan(MeshVersion.Current, scenario.Hash, scenario.Scenario.Seed);
        var addresses = await deployer.DeployAsync(path, session.ChainId, session.Genesis, plan, era, cancel);
        say($"ledger on chain {session.ChainId}, recorded in {path}");
        return addresses;
    }
}
