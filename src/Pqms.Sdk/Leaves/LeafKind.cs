namespace Pqms.Sdk.Leaves;

/// <summary>The first byte of a leaf's payload. Numbers are final: they are hashed into every report.</summary>
public enum LeafKind : byte
{
    /// <summary>None; never in a payload.</summary>
    None = 0,

    /// <summary>A request was decided: <see cref="DecisionLeaf"/>.</summary>
    Decision = 1,

    /// <summary>A take was answered: <see cref="TakeLeaf"/>.</summary>
    Take = 2,

    /// <summary>A reservation's score is final: <see cref="SettlementLeaf"/>.</summary>
    Settlement = 3,

    /// <summary>Running totals of a pool that changed: <see cref="PoolCountersLeaf"/>.</summary>
    PoolCounters = 4,

    /// <summary>A production order is collected: <see cref="ProductionLeaf"/>.</summary>
    Production = 5,
}
