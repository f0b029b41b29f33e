using System.Text;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;

namespace Pqms.Node.Deployment;

/// <summary>The five creations in the order of <see cref="LedgerAddresses.ToArray"/>; peers are constructor
/// arguments.</summary>
internal static class CreationOrder
{
    public const int Count = 5;

    public static IReadOnlyList<ContractDeployment> Of(LedgerAddresses at, Address admin, LedgerSettings settings) =>
    [
        RealmRegistryContract.Deploy(admin),
        TreasuryContract.Deploy(at.ParticleAllocation),
        EntanglementNetworkContract.Deploy(at.RealmRegistry),
        ReportHubContract.Deploy(
            at.RealmRegistry, at.ParticleAllocation, [.. settings.Signers], settings.Threshold,
            settings.ChallengeSeconds),
        ParticleAllocationContract.Deploy(
            at.Treasury, at.EntanglementNetwork, at.ReportHub, at.RealmRegistry, settings.DecisionSeconds,
            settings.GraceSeconds, settings.MaxSlotsPerClient),
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
        (Of(nameof(LedgerAddresses.ParticleAllocation)), addresses.ParticleAllocation),
    ];
}
