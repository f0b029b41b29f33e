namespace Pqms.Oracle.Tests.Chaos;

/// <summary>What chaos does to an oracle, to the chain, or to what lies between.</summary>
internal enum Trouble
{
    /// <summary>An oracle dies between two steps.</summary>
    Killed,

    /// <summary>An oracle dies in the middle: before or after a write or a call.</summary>
    KilledInside,

    /// <summary>An oracle's journal is cut short while it is down.</summary>
    JournalTorn,

    /// <summary>All that an oracle has written is lost.</summary>
    DataLost,

    /// <summary>Nothing more fits on an oracle's disk for a while.</summary>
    DiskFull,

    /// <summary>An oracle is cut off from its peers.</summary>
    CutOff,

    /// <summary>A peer answers with signatures that are none.</summary>
    GarbageSigned,

    /// <summary>A peer says that it computed something else.</summary>
    FalseDifference,

    /// <summary>An oracle's node answers nothing for a while.</summary>
    NodeDown,

    /// <summary>A call is lost before the node has it.</summary>
    LostBefore,

    /// <summary>A transaction is accepted, its answer lost.</summary>
    LostAfter,

    /// <summary>The node forgets what waits.</summary>
    PoolLost,

    /// <summary>Blocks take transactions in any order.</summary>
    OutOfOrder,

    /// <summary>Up to 20 blocks are replaced.</summary>
    Reorganised,

    /// <summary>The chain's clock jumps by four hours.</summary>
    ClockJumped,
}
