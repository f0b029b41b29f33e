namespace Pqms.Sdk;

/// <summary>The mesh's answer to a request; numbers are those of the ledger's enum GrantOutcome.</summary>
public enum DecisionOutcome : byte
{
    /// <summary>Not decided; never in a report.</summary>
    None = 0,

    /// <summary>The places are kept filled for the window.</summary>
    Granted = 1,

    /// <summary>A fresh pair of this route does not exceed the fidelity asked for.</summary>
    FidelityOutOfReach = 2,

    /// <summary>A fresh pair does not stay above the floor long enough.</summary>
    CoherenceTooShort = 3,

    /// <summary>The slots would not stand filled with probability 0.99.</summary>
    PoolExhausted = 4,

    /// <summary>The pool is isolated.</summary>
    PoolIsolated = 5,

    /// <summary>The scenario has no such pool.</summary>
    UnknownPool = 6,

    /// <summary>The window was over when the mesh heard of it.</summary>
    WindowPassed = 7,

    /// <summary>This one could be granted, but another of its group could not.</summary>
    GroupRefused = 8,
}
