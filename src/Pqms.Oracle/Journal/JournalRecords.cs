using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>The last block that the journal knows.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
public readonly record struct JournalCursor(ulong Number, Bytes32 Hash);

/// <summary>One log that carried a command, as the chain gave it.</summary>
/// <param name="BlockNumber">Block that holds it.</param>
/// <param name="BlockHash">Hash of that block; with <paramref name="LogIndex"/> the log's identity.</param>
/// <param name="LogIndex">Position within the block.</param>
/// <param name="TransactionHash">The transaction that made it.</param>
/// <param name="Address">The contract.</param>
/// <param name="Topics">The topics, 32 bytes each, concatenated.</param>
/// <param name="Data">The data.</param>
public sealed record JournaledLog(
    ulong BlockNumber,
    Bytes32 BlockHash,
    uint LogIndex,
    Bytes32 TransactionHash,
    Address Address,
    byte[] Topics,
    byte[] Data);

/// <summary>How far one report has come; each may follow only the one before it, except after a rebuild.</summary>
public enum ReportState
{
    /// <summary>Computed from the chain, not on it.</summary>
    Computed = 0,

    /// <summary>The hub accepted it.</summary>
    Accepted = 1,

    /// <summary>Its settlement lines were executed.</summary>
    Settled = 2,
}

/// <summary>One report that this oracle computed.</summary>
/// <param name="Era">Its era.</param>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Hash">keccak256 of its ABI encoding.</param>
/// <param name="ToBlock">The last block it covers.</param>
/// <param name="ToBlockHash">That block's hash.</param>
/// <param name="DataHash">Names the batch file.</param>
/// <param name="Encoded">The report's ABI encoding.</param>
/// <param name="State">How far it has come.</param>
/// <param name="AcceptedAt">Chain time of acceptance, seconds; 0 before.</param>
public sealed record JournaledReport(
    ulong Era,
    ulong Sequence,
    Bytes32 Hash,
    ulong ToBlock,
    Bytes32 ToBlockHash,
    Bytes32 DataHash,
    byte[] Encoded,
    ReportState State,
    ulong AcceptedAt);

/// <summary>A report hash that this oracle has put its name under.</summary>
/// <param name="Era">The report's era.</param>
/// <param name="Sequence">The report's sequence.</param>
/// <param name="Hash">The report's hash.</param>
/// <param name="ToBlock">Its last block.</param>
/// <param name="ToBlockHash">That block's hash: another report of this sequence may be signed only once it is
/// orphaned.</param>
public readonly record struct SignedReport(ulong Era, ulong Sequence, Bytes32 Hash, ulong ToBlock, Bytes32 ToBlockHash);

/// <summary>A report that the chain accepted.</summary>
/// <param name="Hash">The report.</param>
/// <param name="AcceptedAt">Chain time of acceptance, seconds.</param>
public readonly record struct AcceptanceMark(Bytes32 Hash, ulong AcceptedAt);

/// <summary>What one run of blocks adds to the journal; written in one transaction.</summary>
public sealed class JournalBatch
{
    /// <summary>The last block of the run; null leaves the cursor.</summary>
    public JournalCursor? Cursor { get; set; }

    /// <summary>Commands, in block and log order.</summary>
    public List<JournaledLog> Logs { get; } = [];

    /// <summary>Reports computed, in sequence; one that is known starts again as computed.</summary>
    public List<JournaledReport> Reports { get; } = [];

    /// <summary>Batch files by their hash.</summary>
    public List<(Bytes32 Hash, byte[] Bytes)> Batches { get; } = [];

    /// <summary>Reports that the chain accepted; unknown hashes are passed over.</summary>
    public List<AcceptanceMark> Accepted { get; } = [];

    /// <summary>Sequences of accepted reports whose lines were executed.</summary>
    public List<ulong> Settled { get; } = [];
}
