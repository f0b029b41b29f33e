using Money = Pqms.Sdk.Contracts.TreasuryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>Money came in.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record Received(LogPlace Place, Money.ReceivedEvent Data)
    : LedgerEvent(Place);

/// <summary>An account's credit and escrow have new absolute values.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AccountChanged(LogPlace Place, Money.AccountChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>An account took its credit out.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record Withdrawn(LogPlace Place, Money.WithdrawnEvent Data)
    : LedgerEvent(Place);

/// <summary>A payer allowed a client to use its credit.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AllowanceChanged(LogPlace Place, Money.AllowanceChangedEvent Data)
    : LedgerEvent(Place);

/// <summary>A provider's collateral has new absolute values.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record BondChanged(LogPlace Place, Money.BondChangedEvent Data)
    : LedgerEvent(Place);
