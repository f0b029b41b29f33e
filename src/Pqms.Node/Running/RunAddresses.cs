namespace Pqms.Node.Running;

/// <summary>The ledger's five contracts as text, for the files that other programs read.</summary>
/// <param name="RealmRegistry">EIP-55 address.</param>
/// <param name="Treasury">EIP-55 address.</param>
/// <param name="EntanglementNetwork">EIP-55 address.</param>
/// <param name="ReportHub">EIP-55 address.</param>
/// <param name="ParticleAllocation">EIP-55 address.</param>
/// <param name="DeployedAtBlock">The first block that can hold one of their logs.</param>
public sealed record RunAddresses(
    string RealmRegistry,
    string Treasury,
    string EntanglementNetwork,
    string ReportHub,
    string ParticleAllocation,
    ulong DeployedAtBlock);
