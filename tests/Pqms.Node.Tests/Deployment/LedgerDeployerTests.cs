using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Mesh;
using Pqms.Node.Chain;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Node.Tests.Support;
using Pqms.Sdk;

namespace Pqms.Node.Tests.Deployment;

public sealed class LedgerDeployerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [HardhatFact]
    public async Task Deploy_GivenInterruptionsAnywhere_endsAtTheSameAddresses()
    {
        await using var chain = await ChainSupervisor.StartAsync(
            ChainLaunch.Hardhat(Repository.Root, Ports.FirstFree(22_000)), _ => { }, default);
        using var session = await ChainSession.ConnectAsync(chain.Url, patient: true, _ => { }, default);
        await session.Rpc.SendAsync("evm_setIntervalMining", [JsonSerializer.SerializeToElement(100)], default);

        // Cut after two creations, after the sixth, amid the registrations; then to the end, then once more.
        await Assert.ThrowsAsync<RpcUnreachableException>(() => DeployAsync(session, sendsAllowed: 2));
        await Assert.ThrowsAsync<RpcUnreachableException>(() => DeployAsync(session, sendsAllowed: 4));
        await Assert.ThrowsAsync<RpcUnreachableException>(() => DeployAsync(session, sendsAllowed: 4));
        var first = await DeployAsync(session, sendsAllowed: int.MaxValue);
        var again = await DeployAsync(session, sendsAllowed: 0);

        Assert.Equal(first, again);
        using var admin = KeyRing.Development(DevelopmentAccount.Admin);
        Assert.Equal(TransactionSender.PredictContractAddress(admin.Address, 0), first.RealmRegistry);
    }

    private async Task<LedgerAddresses> DeployAsync(ChainSession session, int sendsAllowed)
    {
        var scenario = ScenarioFile.Read(Path.Combine(Repository.Root, "scenarios", "three-repeaters.json"));
        using var admin = KeyRing.Development(DevelopmentAccount.Admin);
        using var oracle = KeyRing.Development(DevelopmentAccount.Oracle);
        using var providerKey = KeyRing.Development(DevelopmentAccount.Provider);
        var rpc = new CuttingRpc(session.Rpc, sendsAllowed);
        TransactionSender Sender(EthereumKey key) => new(
            rpc, key, session.ChainId, new MemoryTransactionStore(), new SenderOptions { MaxFailures = 1 });
        var settings = new LedgerSettings([oracle.Address], 1, providerKey.Address);
        var deployer = new LedgerDeployer(rpc, Sender(admin), settings, _ => { }, Sender(providerKey));
        try
        {
            return await deployer.DeployAsync(
                DeploymentRecord.PathOf(_folder.Path, session.ChainId, session.Genesis), session.ChainId,
                session.Genesis, RealmPlan.Of(scenario.Scenario, providerKey.Address),
                new EraPlan(MeshVersion.Current, scenario.Hash, 1), default);
        }
        finally
        {
            await DrainAsync(session.Rpc, admin.Address);
            await DrainAsync(session.Rpc, providerKey.Address);
        }
    }

    // What was sent before the cut is mined before the next attempt looks.
    private static async Task DrainAsync(IEthereumRpc rpc, Address account)
    {
        while (await rpc.GetTransactionCountAsync(account, BlockTag.Pending)
            != await rpc.GetTransactionCountAsync(account, BlockTag.Latest))
        {
            await rpc.SendAsync("evm_mine", [], default);
        }
    }

    // Lets some transactions through; from then on the node is gone.
    private sealed class CuttingRpc(IEthereumRpc inner, int sendsAllowed) : IEthereumRpc
    {
        private int _sends;
        private bool _cut;

        public Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken)
        {
            _cut |= method == "eth_sendRawTransaction" && ++_sends > sendsAllowed;
            return _cut
                ? throw new RpcUnreachableException(new Uri("http://127.0.0.1:1"), RpcFailure.Broken, "cut")
                : inner.SendAsync(method, parameters, cancellationToken);
        }

        public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
            IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) => _cut
                ? throw new RpcUnreachableException(new Uri("http://127.0.0.1:1"), RpcFailure.Broken, "cut")
                : inner.SendBatchAsync(calls, cancellationToken);
    }
}
