namespace Pqms.Mesh;

/// <summary>The answer to a request; numbers are those of the ledger's enum.</summary>
public enum GrantOutcome
{
    /// <summary>Not decided.</summary>
    None = 0,

    /// <summary>The places are kept filled for the window.</summary>
    Granted = 1,

    /// <summary>A fresh pair of this route does not exceed the fidelity asked for.</summary>
    FidelityOutOfReach = 2,

    /// <summary>A fresh pair does not stay above the fidelity asked for long enough.</summary>
    CoherenceTooShort = 3,

    /// <summary>
    /// With the reservations already granted, the slots would not stand filled with probability 0.99.
    /// </summary>
    PoolExhausted = 4,

    /// <summary>The pool is isolated.</summary>
    PoolIsolated = 5,

    /// <summary>The scenario has no such pool.</summary>
    UnknownPool = 6,

    /// <summary>The window has ended already, or is empty.</summary>
    WindowPassed = 7,

    /// <summary>This one could be granted, but another of its group could not.</summary>
    GroupRefused = 8,
}

/// <summary>What became of one take.</summary>
public enum TakeOutcome
{
    /// <summary>A standing pair was used up.</summary>
    Delivered = 0,

    /// <summary>The pool held no pair that meets the reservation's fidelity.</summary>
    PoolEmpty = 1,

    /// <summary>The reservation is not granted, not begun, or over.</summary>
    NotActive = 2,
}
