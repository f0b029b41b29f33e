using System.Buffers.Binary;
using System.Security.Cryptography;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

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
public readonly record struct SignedReport(ulong Era, ulong Sequence, Bytes32 Hash, ulong ToBlock, Bytes32 ToBlockHash)
{
    private const int CheckBytes = 8;

    /// <summary>Both copies of the list were lost, and no chain has been seen since: nothing may be signed.</summary>
    internal static SignedReport BarOfEverything { get; } = Bar(long.MaxValue, long.MaxValue);

    /// <summary>True for the entry that stands for signatures that are lost: nothing of its era or an earlier one may
    /// be signed up to its sequence.</summary>
    internal bool IsBar => ToBlock == long.MaxValue;

    /// <summary>An entry that stands for all signatures that may have been lost.</summary>
    /// <param name="era">The era in which they were lost.</param>
    /// <param name="through">The last sequence that may have been signed.</param>
    internal static SignedReport Bar(ulong era, ulong through) =>
        new(era, through, Keccak256.Hash(Fields(era, through, default, 0, default)), long.MaxValue, Bytes32.Zero);

    /// <summary>What a store keeps beside the entry, so that a changed one is found.</summary>
    internal byte[] Check() => SHA256.HashData(Fields(Era, Sequence, Hash, ToBlock, ToBlockHash))[..CheckBytes];

    private static byte[] Fields(ulong era, ulong sequence, Bytes32 hash, ulong toBlock, Bytes32 toBlockHash)
    {
        var bytes = new byte[(3 * sizeof(ulong)) + (2 * Bytes32.Size)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, era);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(16), toBlock);
        hash.CopyTo(bytes.AsSpan(24));
        toBlockHash.CopyTo(bytes.AsSpan(24 + Bytes32.Size));
        return bytes;
    }
}

/// <summary>The oracle's whole state after a block, so that a restart need not compute the era from its
/// beginning.</summary>
/// <param name="BlockNumber">The block.</param>
/// <param name="BlockHash">Its hash: a snapshot of an orphaned block is not used.</param>
/// <param name="Era">The era.</param>
/// <param name="ScenarioHash">The era's scenario.</param>
/// <param name="MeshVersion">The version of the mesh that made it.</param>
/// <param name="State">The state; its last 32 bytes are the SHA-256 of the others.</param>
public sealed record JournalSnapshot(
    ulong BlockNumber, Bytes32 BlockHash, ulong Era, Bytes32 ScenarioHash, uint MeshVersion, byte[] State);

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

    /// <summary>The state after the last block; null for none. Only the newest few are kept.</summary>
    public JournalSnapshot? Snapshot { get; set; }
}
