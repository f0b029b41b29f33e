using Registry = Pqms.Sdk.Contracts.RealmRegistryContract;

namespace Pqms.Sdk.Ledger;

/// <summary>An address was recorded for discovery.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AddressSet(LogPlace Place, Registry.AddressSetEvent Data)
    : LedgerEvent(Place);

/// <summary>An account's roles changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record RolesSet(LogPlace Place, Registry.RolesSetEvent Data)
    : LedgerEvent(Place);

/// <summary>The pause bits changed.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record PausedSet(LogPlace Place, Registry.PausedSetEvent Data)
    : LedgerEvent(Place);

/// <summary>A new administrator was named.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AdminTransferStarted(LogPlace Place, Registry.AdminTransferStartedEvent Data)
    : LedgerEvent(Place);

/// <summary>The new administrator accepted.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record AdminTransferred(LogPlace Place, Registry.AdminTransferredEvent Data)
    : LedgerEvent(Place);

/// <summary>A parameter's change was announced or withdrawn.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ParameterScheduled(LogPlace Place, Registry.ParameterScheduledEvent Data)
    : LedgerEvent(Place);

/// <summary>A parameter has a new value.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Data">The event's values.</param>
public sealed record ParameterSet(LogPlace Place, Registry.ParameterSetEvent Data)
    : LedgerEvent(Place);
