using Pqms.Ethereum;

namespace Pqms.Sdk;

/// <summary>Where one deployment of the ledger stands. Immutable: a new deployment is a new ledger.</summary>
/// <param name="RealmRegistry">Roles, pause bits, discovery.</param>
/// <param name="Treasury">Credits, escrow and bonds.</param>
/// <param name="EntanglementNetwork">Sites, links, pools, calendars, prices.</param>
/// <param name="ReportHub">Eras and reports.</param>
/// <param name="ParticleInventory">Kinds, lots, orders, reservoirs.</param>
/// <param name="ParticleAllocation">Reservations.</param>
/// <param name="DeployedAtBlock">Block of the first of the six deployments: no log of the ledger is older.</param>
public sealed record LedgerAddresses(
    Address RealmRegistry,
    Address Treasury,
    Address EntanglementNetwork,
    Address ReportHub,
    Address ParticleInventory,
    Address ParticleAllocation,
    ulong DeployedAtBlock)
{
    /// <summary>The six addresses, for log filters.</summary>
    /// <returns>A fresh array in the order of the parameters.</returns>
    public Address[] ToArray() =>
        [RealmRegistry, Treasury, EntanglementNetwork, ReportHub, ParticleInventory, ParticleAllocation];

    /// <summary>Which contract stands at an address.</summary>
    /// <param name="address">For example a log's emitter.</param>
    /// <returns>The contract, or null when it is none of the six.</returns>
    public LedgerContract? Find(Address address) =>
        address == ParticleAllocation ? LedgerContract.ParticleAllocation
        : address == ReportHub ? LedgerContract.ReportHub
        : address == Treasury ? LedgerContract.Treasury
        : address == EntanglementNetwork ? LedgerContract.EntanglementNetwork
        : address == ParticleInventory ? LedgerContract.ParticleInventory
        : address == RealmRegistry ? LedgerContract.RealmRegistry
        : null;
}

/// <summary>The ledger's contracts.</summary>
public enum LedgerContract
{
    /// <summary>Roles, pause bits, discovery.</summary>
    RealmRegistry,

    /// <summary>Escrow and credits.</summary>
    Treasury,

    /// <summary>Sites, links, pools.</summary>
    EntanglementNetwork,

    /// <summary>Eras and reports.</summary>
    ReportHub,

    /// <summary>Kinds, lots, orders, reservoirs.</summary>
    ParticleInventory,

    /// <summary>Reservations.</summary>
    ParticleAllocation,
}
