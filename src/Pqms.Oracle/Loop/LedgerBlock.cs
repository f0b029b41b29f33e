using Pqms.Ethereum;
using Pqms.Mesh;
using Pqms.Oracle.Journal;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Loop;

/// <summary>One log of a block that means something to the oracle.</summary>
internal abstract record LedgerEntry;

/// <summary>A command to the mesh.</summary>
internal sealed record CommandEntry(MeshCommand Command) : LedgerEntry;

/// <summary>A new era began; commands later in the same block belong to it.</summary>
internal sealed record EraStartedEntry(
    ulong Era,
    uint MeshVersion,
    Bytes32 ScenarioHash,
    ulong Seed,
    Bytes32 SnapshotHash,
    Bytes32 Head) : LedgerEntry;

/// <summary>The hub accepted a report.</summary>
internal sealed record AcceptedEntry(ulong Sequence, Bytes32 ReportHash, ulong AcceptedAt, Report Report) : LedgerEntry;

/// <summary>The settlement lines of a report were executed.</summary>
internal sealed record SettledEntry(ulong Sequence) : LedgerEntry;

/// <summary>A block in the oracle's words.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Timestamp">Chain time, seconds.</param>
/// <param name="Entries">Commands and facts of the hub, in log order.</param>
/// <param name="Logs">The command logs as the chain gave them, for the journal.</param>
internal sealed record LedgerBlock(
    ulong Number,
    Bytes32 Hash,
    ulong Timestamp,
    IReadOnlyList<LedgerEntry> Entries,
    IReadOnlyList<JournaledLog> Logs);
