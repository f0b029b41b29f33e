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

/// <summary>Reports were made void, which closes the era: only a new one can go on.</summary>
/// <param name="From">The first void report.</param>
/// <param name="Through">The last one.</param>
internal sealed record EraClosedEntry(ulong From, ulong Through) : LedgerEntry;

/// <summary>What a void report granted was taken back.</summary>
/// <param name="Sequence">The report.</param>
internal sealed record ReportReopenedEntry(ulong Sequence) : LedgerEntry;

/// <summary>The hub's signers or threshold were set; nothing signed for another configuration counts.</summary>
/// <param name="ConfigCount">Number of the configuration, from 1.</param>
internal sealed record ConfigSetEntry(ulong ConfigCount) : LedgerEntry;

/// <summary>A report granted or refused a reservation.</summary>
internal sealed record DecidedEntry(UInt128 Id, bool Granted) : LedgerEntry;

/// <summary>A grant of a void report was taken back: the reservation waits for an answer again.</summary>
internal sealed record ReopenedEntry(UInt128 Id) : LedgerEntry;

/// <summary>A reservation was settled.</summary>
internal sealed record ReservationSettledEntry(UInt128 Id) : LedgerEntry;

/// <summary>An order was opened; the mesh hears of it once a provider accepts it.</summary>
/// <param name="Id">The order.</param>
/// <param name="Pool">The ledger's 1-based id of the pool whose production counts.</param>
/// <param name="Count">How many.</param>
internal sealed record OrderOpenedEntry(UInt128 Id, uint Pool, uint Count) : LedgerEntry;

/// <summary>A provider accepted an order: production begins.</summary>
internal sealed record OrderAcceptedEntry(UInt128 Id) : LedgerEntry;

/// <summary>An order was delivered, failed or withdrawn: nothing more can be delivered for it.</summary>
/// <param name="Id">The order.</param>
/// <param name="Failed">True when the mesh must stop producing for it.</param>
internal sealed record OrderClosedEntry(UInt128 Id, bool Failed) : LedgerEntry;

/// <summary>A reservoir's limits were set.</summary>
internal sealed record ReservoirSetEntry(uint Pool, uint Threshold) : LedgerEntry;

/// <summary>A reservoir's stock was proven.</summary>
internal sealed record StockProvenEntry(uint Pool, uint Stock, ulong PoolSequence) : LedgerEntry;

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
