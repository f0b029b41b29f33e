namespace Pqms.Sdk.Ledger;

/// <summary>One log of the ledger, decoded. The records that derive from it are the whole family.</summary>
/// <param name="Place">Where it was written.</param>
public abstract record LedgerEvent(LogPlace Place)
{
    /// <summary>The event's name as in the contract.</summary>
    public string Name => GetType().Name;

    /// <summary>What the log means to the mesh, from the one table.</summary>
    public LedgerRole Role => LedgerLogs.RoleOf(this);
}

/// <summary>A log of one reservation's life.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Id">The reservation.</param>
public abstract record ReservationEvent(LogPlace Place, UInt128 Id) : LedgerEvent(Place);

/// <summary>A log of one production order.</summary>
/// <param name="Place">Where it was written.</param>
/// <param name="Id">The order.</param>
public abstract record OrderEvent(LogPlace Place, UInt128 Id) : LedgerEvent(Place);

/// <summary>What a log means to the mesh.</summary>
public enum LedgerRole
{
    /// <summary>Evidence only: the mesh does not hear of it.</summary>
    Record,

    /// <summary>Applied to the mesh at the block's time, in log order.</summary>
    Command,

    /// <summary>Begins an era, where the mesh starts afresh, or closes one.</summary>
    EraBoundary,
}
