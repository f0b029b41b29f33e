using Pqms.Ethereum;
using Pqms.Sdk;

namespace Pqms.Node.Running;

/// <summary>The ledger's six contracts as text, for the files that other programs read.</summary>
/// <param name="RealmRegistry">EIP-55 address.</param>
/// <param name="Treasury">EIP-55 address.</param>
/// <param name="EntanglementNetwork">EIP-55 address.</param>
/// <param name="ReportHub">EIP-55 address.</param>
/// <param name="ParticleInventory">EIP-55 address.</param>
/// <param name="ParticleAllocation">EIP-55 address.</param>
/// <param name="DeployedAtBlock">No log of the ledger is in an earlier block.</param>
public sealed record RunAddresses(
    string RealmRegistry,
    string Treasury,
    string EntanglementNetwork,
    string ReportHub,
    string ParticleInventory,
    string ParticleAllocation,
    ulong DeployedAtBlock)
{
    /// <summary>As text.</summary>
    /// <param name="addresses">The typed form.</param>
    public static RunAddresses Of(LedgerAddresses addresses) => new(
        addresses.RealmRegistry.ToString(), addresses.Treasury.ToString(), addresses.EntanglementNetwork.ToString(),
        addresses.ReportHub.ToString(), addresses.ParticleInventory.ToString(),
        addresses.ParticleAllocation.ToString(), addresses.DeployedAtBlock);

    /// <summary>The typed form.</summary>
    /// <exception cref="FormatException">The file holds something else than addresses.</exception>
    public LedgerAddresses Parse() => new(
        RealmRegistry: Address.Parse(RealmRegistry), Treasury: Address.Parse(Treasury),
        EntanglementNetwork: Address.Parse(EntanglementNetwork), ReportHub: Address.Parse(ReportHub),
        ParticleInventory: Address.Parse(ParticleInventory), ParticleAllocation: Address.Parse(ParticleAllocation),
        DeployedAtBlock: DeployedAtBlock);
}
