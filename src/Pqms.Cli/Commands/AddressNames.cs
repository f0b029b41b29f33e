using Pqms.Sdk;

namespace Pqms.Cli.Commands;

/// <summary>The ledger's contracts with their names, for lists.</summary>
internal static class AddressNames
{
    public static IEnumerable<(string Name, string Value)> Named(this LedgerAddresses addresses) =>
    [
        (nameof(addresses.RealmRegistry), addresses.RealmRegistry.ToString()),
        (nameof(addresses.Treasury), addresses.Treasury.ToString()),
        (nameof(addresses.EntanglementNetwork), addresses.EntanglementNetwork.ToString()),
        (nameof(addresses.ReportHub), addresses.ReportHub.ToString()),
        (nameof(addresses.ParticleInventory), addresses.ParticleInventory.ToString()),
        (nameof(addresses.ParticleAllocation), addresses.ParticleAllocation.ToString()),
    ];
}
