namespace Pqms.Sdk.Leaves;

/// <summary>What became of one take, as its leaf says it.</summary>
public enum TakeResult : byte
{
    /// <summary>A standing pair was used up.</summary>
    Delivered = 0,

    /// <summary>The pool held no pair that meets the reservation's fidelity.</summary>
    PoolEmpty = 1,

    /// <summary>The reservation was not granted, not begun, or over.</summary>
    NotActive = 2,
}
