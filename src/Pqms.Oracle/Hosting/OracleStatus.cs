using Pqms.Ethereum;

namespace Pqms.Oracle;

/// <summary>What an oracle is doing.</summary>
public enum OraclePhase
{
    /// <summary>Not started.</summary>
    Idle,

    /// <summary>Looking for the chain and the ledger.</summary>
    Connecting,

    /// <summary>Recomputing the era from its start; nothing is sent before the newest block is reached.</summary>
    Rebuilding,

    /// <summary>At the newest block.</summary>
    Following,

    /// <summary>Stopped on request.</summary>
    Stopped,

    /// <summary>Ended by a failure; see <see cref="OracleStatus.Failure"/>.</summary>
    Failed,
}

/// <summary>An oracle at one moment. Immutable.</summary>
public sealed record OracleStatus
{
    /// <summary>What it is doing.</summary>
    public OraclePhase Phase { get; init; }

    /// <summary>The chain's id; 0 before it is known.</summary>
    public ulong ChainId { get; init; }

    /// <summary>Hash of block 0.</summary>
    public Bytes32 Genesis { get; init; }

    /// <summary>The account that pays for reports.</summary>
    public Address Submitter { get; init; }

    /// <summary>The present era; 0 before it is found.</summary>
    public ulong Era { get; init; }

    /// <summary>keccak256 of the era's scenario.</summary>
    public Bytes32 ScenarioHash { get; init; }

    /// <summary>The last block applied.</summary>
    public ulong FollowedBlock { get; init; }

    /// <summary>Chain time of that block, seconds.</summary>
    public ulong FollowedTime { get; init; }

    /// <summary>The chain's newest block when last asked.</summary>
    public ulong LatestBlock { get; init; }

    /// <summary>Chain time of that block, seconds.</summary>
    public ulong LatestTime { get; init; }

    /// <summary>The newest block that counts, by confirmations or because it is safe; else the newest of all.</summary>
    public ulong HeadBlock { get; init; }

    /// <summary>Chain time of that block, seconds.</summary>
    public ulong HeadTime { get; init; }

    /// <summary>Blocks that count and are not applied yet.</summary>
    public ulong LagBlocks => HeadBlock > FollowedBlock ? HeadBlock - FollowedBlock : 0;

    /// <summary>Chain seconds that they span; a wall clock plays no part.</summary>
    public ulong LagSeconds => HeadTime > FollowedTime ? HeadTime - FollowedTime : 0;

    /// <summary>Sequence of the last report computed.</summary>
    public ulong ComputedSequence { get; init; }

    /// <summary>Sequence of the last report that the chain accepted.</summary>
    public ulong AcceptedSequence { get; init; }

    /// <summary>Reports computed and not accepted.</summary>
    public int OwedReports { get; init; }

    /// <summary>Accepted reports whose lines are still to be executed.</summary>
    public int OwedSettlements { get; init; }

    /// <summary>Leaves of accepted reports that the inventory waits for: deliveries and stocks.</summary>
    public int OwedProofs { get; init; }

    /// <summary>Void reports whose grants are still to be taken back; only then can a new era begin.</summary>
    public int OwedReopenings { get; init; }

    /// <summary>Why nothing is reported although the oracle runs; empty when all is well.</summary>
    public string Alarm { get; init; } = string.Empty;

    /// <summary>Rebuilds after a reorganisation, a rotation of the signers, or a lost connection.</summary>
    public int Rebuilds { get; init; }

    /// <summary>Where the journal lives; empty before it is open.</summary>
    public string Journal { get; init; } = string.Empty;

    /// <summary>Why it ended; empty unless <see cref="OraclePhase.Failed"/>.</summary>
    public string Failure { get; init; } = string.Empty;
}
