namespace Pqms.Mesh;

/// <summary>What Bell tests say of a pool.</summary>
public enum HealthState
{
    /// <summary>Tests agree with the estimates.</summary>
    Healthy = 0,

    /// <summary>Errors pile up; the pool serves, spans are looked at.</summary>
    Suspect = 1,

    /// <summary>The pool is bad: it serves nobody, and what it makes is used up by tests.</summary>
    Isolated = 2,

    /// <summary>The stricter test was passed: the pool serves again, and is not yet trusted.</summary>
    Probation = 3,
}
