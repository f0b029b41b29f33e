using Inventory = Pqms.Sdk.Contracts.ParticleInventoryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>A kind was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record KindRegistered(LogPlace Place, Inventory.KindRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A provider registered, or left.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ProviderSet(LogPlace Place, Inventory.ProviderSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A lot was registered.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LotRegistered(LogPlace Place, Inventory.LotRegisteredEvent Data)
    : LedgerEvent(Place);

/// <summary>A lot took the next step of its life.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record LotMoved(LogPlace Place, Inventory.LotMovedEvent Data)
    : LedgerEvent(Place);

/// <summary>A production order was opened and its reward locked.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record OrderOpened(LogPlace Place, Inventory.OrderOpenedEvent Data)
    : OrderEvent(Place, Data.Id);

/// <summary>A provider accepted an order and staked its bond.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record OrderAccepted(LogPlace Place, Inventory.OrderAcceptedEvent Data)
    : OrderEvent(Place, Data.Id);

/// <summary>An order was delivered, proven by a leaf.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record OrderDelivered(LogPlace Place, Inventory.OrderDeliveredEvent Data)
    : OrderEvent(Place, Data.Id);

/// <summary>An accepted order was not delivered in time.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record OrderFailed(LogPlace Place, Inventory.OrderFailedEvent Data)
    : OrderEvent(Place, Data.Id);

/// <summary>A buyer withdrew an order that nobody had accepted.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record OrderWithdrawn(LogPlace Place, Inventory.OrderWithdrawnEvent Data)
    : OrderEvent(Place, Data.Id);

/// <summary>A reservoir's limits were set.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservoirSet(LogPlace Place, Inventory.ReservoirSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A pool's stock was proven from a report.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record StockReported(LogPlace Place, Inventory.StockReportedEvent Data)
    : LedgerEvent(Place);

/// <summary>A reservoir's stock fell below its threshold.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReplenishmentNeeded(LogPlace Place, Inventory.ReplenishmentNeededEvent Data)
    : LedgerEvent(Place);

/// <summary>A reservoir's stock is at its threshold again.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ReservoirReplenished(LogPlace Place, Inventory.ReservoirReplenishedEvent Data)
    : LedgerEvent(Place);
