using System.Text;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>The six creations in order; peers are constructor arguments, later ones predicted.</summary>
internal static class CreationOrder
{
    public const int Count = 6;

    /// <summary>The addresses in the order of creation.</summary>
    public static IReadOnlyList<Address> Places(LedgerAddresses at) =>
        [at.RealmRegistry, at.Treasury, at.EntanglementNetwork, at.ReportHub, at.ParticleInventory,
            at.ParticleAllocation];

    public static IReadOnlyList<ContractDeployment> Of(LedgerAddresses at, Address admin, LedgerSettings settings) =>
    [
        RealmRegistryContract.Deploy(admin, settings.ParameterDelaySeconds, settings.MaxSlotsPerClient),
        TreasuryContract.Deploy(at.ParticleAllocation, at.ParticleInventory),
        EntanglementNetworkContract.Deploy(at.RealmRegistry, at.ParticleInventory, at.ParticleAllocation),
        ReportHubContract.Deploy(
            at.RealmRegistry, at.ParticleAllocation, [.. settings.Signers], settings.Threshold,
            settings.ChallengeSeconds, settings.RotationDelaySeconds),
        ParticleInventoryContract.Deploy(
            at.RealmRegistry, at.Treasury, at.EntanglementNetwork, at.ReportHub, settings.MinBondWei,
            settings.GraceSeconds),
        ParticleAllocationContract.Deploy(
            at.Treasury, at.EntanglementNetwork, at.ReportHub, at.RealmRegistry, settings.DecisionSeconds,
            settings.GraceSeconds),
    ];
}

/// <summary>Under which names the registry lists the contracts.</summary>
public static class RegistryIds
{
    /// <summary>Id of a contract: keccak-256 of "pqms." and its name.</summary>
    /// <param name="contract">For example "Treasury".</param>
    public static Bytes32 Of(string contract) => Keccak256.Hash(Encoding.UTF8.GetBytes("pqms." + contract));

    /// <summary>Every id with its address.</summary>
    /// <param name="addresses">A deployment.</param>
    public static IReadOnlyList<(Bytes32 Id, Address Address)> Of(LedgerAddresses addresses) =>
    [
        (Of(nameof(LedgerAddresses.RealmRegistry)), addresses.RealmRegistry),
        (Of(nameof(LedgerAddresses.Treasury)), addresses.Treasury),
        (Of(nameof(LedgerAddresses.EntanglementNetwork)), addresses.EntanglementNetwork),
        (Of(nameof(LedgerAddresses.ReportHub)), addresses.ReportHub),
        (Of(nameof(LedgerAddresses.ParticleInventory)), addresses.ParticleInventory),
        (Of(nameof(LedgerAddresses.ParticleAllocation)), addresses.ParticleAllocation),
    ];
}
