using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Node.Deployment;
using Pqms.Node.Hosting;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Running;

/// <summary>Finds the chain and the ledger that a command means.</summary>
public static class LedgerLocator
{
    /// <summary>The chain's address: the setting, else the run file's.</summary>
    /// <param name="setting">The setting chainUrl; empty when not set.</param>
    /// <param name="dataFolder">Where <c>up</c> keeps its run file.</param>
    /// <exception cref="RefusedException">Neither is there, or the run file is stale.</exception>
    public static Uri FindChain(string setting, string dataFolder)
    {
        if (setting.Length > 0)
        {
            return new Uri(setting);
        }

        var run = RunFile.Read(dataFolder);
        if (run is not null && run.IsAlive())
        {
            return new Uri(run.ChainUrl);
        }

        throw new RefusedException(
            ExitCode.ChainUnreachable,
            run is null
                ? $"no node runs here: there is no run file in {dataFolder}"
                : $"the run file in {dataFolder} is stale: process {run.ProcessId} has ended",
            "a running node, or the address of a chain", "start one with 'pqms up', or name a chain with --chain-url");
    }

    /// <summary>The ledger on a chain: the registry named, else the run file's, else the recorded deployment.</summary>
    /// <param name="session">The chain.</param>
    /// <param name="registry">The setting registry; empty when not set.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="cancel">Ends the look-up.</param>
    /// <exception cref="RefusedException">No ledger is known on this chain.</exception>
    public static async Task<LedgerAddresses> FindLedgerAsync(
        ChainSession session, string registry, string dataFolder, CancellationToken cancel)
    {
        if (registry.Length > 0)
        {
            return await FromRegistryAsync(session.Rpc, Address.Parse(registry), cancel);
        }

        var genesis = session.Genesis.ToString();
        if (RunFile.Read(dataFolder) is { } run && run.ChainId == session.ChainId && run.Genesis == genesis)
        {
            return run.Addresses.Parse();
        }

        var record = DeploymentRecord.Read(DeploymentRecord.PathOf(dataFolder, session.ChainId, session.Genesis));
        if (record is { Complete: true } && record.Genesis == genesis)
        {
            return record.Addresses.Parse();
        }

        throw new RefusedException(
            ExitCode.Refused, $"no ledger is known on chain {session.ChainId} with genesis {genesis}",
            "a ledger deployed from this data folder, or a registry's address",
            "deploy with 'pqms deploy', or name the registry with --registry");
    }

    private static async Task<LedgerAddresses> FromRegistryAsync(
        IEthereumRpc rpc, Address registry, CancellationToken cancel)
    {
        var contract = new RealmRegistryContract(registry);
        if ((await rpc.GetCodeAsync(registry, BlockTag.Latest, cancel)).Length == 0)
        {
            throw new RefusedException(
                ExitCode.Refused, $"no contract stands at {registry}", "the address of a RealmRegistry",
                "check --registry and --chain-url");
        }

        async Task<Address> At(string name) =>
            await contract.AddressOf(RegistryIds.Of(name)).CallAsync(rpc, cancellationToken: cancel);

        return new LedgerAddresses(
            RealmRegistry: registry, Treasury: await At("Treasury"),
            EntanglementNetwork: await At("EntanglementNetwork"),
            ReportHub: await At("ReportHub"), ParticleInventory: await At("ParticleInventory"),
            ParticleAllocation: await At("ParticleAllocation"), DeployedAtBlock: 0);
    }
}
