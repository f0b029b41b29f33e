using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Client;

/// <summary>Typed calls of the six contracts of one ledger, for whatever <see cref="LedgerClient"/> does not
/// wrap.</summary>
/// <param name="addresses">Where they stand.</param>
public sealed class LedgerContracts(LedgerAddresses addresses)
{
    /// <summary>Roles, pause bits, discovery.</summary>
    public RealmRegistryContract Registry { get; } = new(addresses.RealmRegistry);

    /// <summary>Escrow and credits.</summary>
    public TreasuryContract Treasury { get; } = new(addresses.Treasury);

    /// <summary>Sites, links, pools.</summary>
    public EntanglementNetworkContract Network { get; } = new(addresses.EntanglementNetwork);

    /// <summary>Eras and reports.</summary>
    public ReportHubContract Hub { get; } = new(addresses.ReportHub);

    /// <summary>Kinds, lots, orders, reservoirs.</summary>
    public ParticleInventoryContract Inventory { get; } = new(addresses.ParticleInventory);

    /// <summary>Reservations.</summary>
    public ParticleAllocationContract Allocation { get; } = new(addresses.ParticleAllocation);
}
