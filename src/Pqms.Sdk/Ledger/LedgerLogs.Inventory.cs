using Inventory = Pqms.Sdk.Contracts.ParticleInventoryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>The table's part of ParticleInventory.</summary>
public static partial class LedgerLogs
{
    private static Kind[] InventoryTable() =>
    [
        Row<KindRegistered, Inventory.KindRegisteredEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.KindRegisteredEvent.Topic0,
            Inventory.KindRegisteredEvent.TryDecode, static (at, e) => new KindRegistered(at, e)),
        Row<ProviderSet, Inventory.ProviderSetEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.ProviderSetEvent.Topic0,
            Inventory.ProviderSetEvent.TryDecode, static (at, e) => new ProviderSet(at, e)),
        Row<LotRegistered, Inventory.LotRegisteredEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.LotRegisteredEvent.Topic0,
            Inventory.LotRegisteredEvent.TryDecode, static (at, e) => new LotRegistered(at, e)),
        Row<LotMoved, Inventory.LotMovedEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.LotMovedEvent.Topic0,
            Inventory.LotMovedEvent.TryDecode, static (at, e) => new LotMoved(at, e)),
        Row<OrderOpened, Inventory.OrderOpenedEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.OrderOpenedEvent.Topic0,
            Inventory.OrderOpenedEvent.TryDecode, static (at, e) => new OrderOpened(at, e)),
        Row<OrderAccepted, Inventory.OrderAcceptedEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Command, Inventory.OrderAcceptedEvent.Topic0,
            Inventory.OrderAcceptedEvent.TryDecode, static (at, e) => new OrderAccepted(at, e)),
        Row<OrderDelivered, Inventory.OrderDeliveredEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.OrderDeliveredEvent.Topic0,
            Inventory.OrderDeliveredEvent.TryDecode, static (at, e) => new OrderDelivered(at, e)),
        Row<OrderFailed, Inventory.OrderFailedEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Command, Inventory.OrderFailedEvent.Topic0,
            Inventory.OrderFailedEvent.TryDecode, static (at, e) => new OrderFailed(at, e)),
        Row<OrderWithdrawn, Inventory.OrderWithdrawnEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.OrderWithdrawnEvent.Topic0,
            Inventory.OrderWithdrawnEvent.TryDecode, static (at, e) => new OrderWithdrawn(at, e)),
        Row<ReservoirSet, Inventory.ReservoirSetEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.ReservoirSetEvent.Topic0,
            Inventory.ReservoirSetEvent.TryDecode, static (at, e) => new ReservoirSet(at, e)),
        Row<StockReported, Inventory.StockReportedEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.StockReportedEvent.Topic0,
            Inventory.StockReportedEvent.TryDecode, static (at, e) => new StockReported(at, e)),
        Row<ReplenishmentNeeded, Inventory.ReplenishmentNeededEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.ReplenishmentNeededEvent.Topic0,
            Inventory.ReplenishmentNeededEvent.TryDecode, static (at, e) => new ReplenishmentNeeded(at, e)),
        Row<ReservoirReplenished, Inventory.ReservoirReplenishedEvent>(
            LedgerContract.ParticleInventory, LedgerRole.Record, Inventory.ReservoirReplenishedEvent.Topic0,
            Inventory.ReservoirReplenishedEvent.TryDecode, static (at, e) => new ReservoirReplenished(at, e)),
    ];
}
