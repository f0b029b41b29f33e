namespace Pqms.Oracle.Journal;

/// <summary>The tables of the SQLite journal and their version.</summary>
internal static class JournalSchema
{
    /// <summary>Raised with every change of the tables; a newer file is refused, an older one is migrated.</summary>
    public const int Version = 2;

    /// <summary>Creates version 1. Integers hold block numbers and times; hashes and addresses are blobs.</summary>
    public const string Create =
        """
        CREATE TABLE meta (
            key TEXT PRIMARY KEY,
            number INTEGER NOT NULL,
            hash BLOB NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE logs (
            block_number INTEGER NOT NULL,
            log_index INTEGER NOT NULL,
            block_hash BLOB NOT NULL,
            transaction_hash BLOB NOT NULL,
            address BLOB NOT NULL,
            topics BLOB NOT NULL,
            data BLOB NOT NULL,
            PRIMARY KEY (block_number, log_index, block_hash)
        ) WITHOUT ROWID;
        CREATE TABLE reports (
            hash BLOB PRIMARY KEY,
            era INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            to_block INTEGER NOT NULL,
            to_block_hash BLOB NOT NULL,
            data_hash BLOB NOT NULL,
            encoded BLOB NOT NULL,
            state INTEGER NOT NULL,
            accepted_at INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX reports_by_sequence ON reports (sequence);
        CREATE TABLE batches (
            hash BLOB PRIMARY KEY,
            bytes BLOB NOT NULL
        );
        CREATE TABLE signatures (
            position INTEGER PRIMARY KEY,
            sequence INTEGER NOT NULL,
            era INTEGER NOT NULL,
            hash BLOB NOT NULL UNIQUE,
            to_block INTEGER NOT NULL,
            to_block_hash BLOB NOT NULL
        );
        CREATE INDEX signatures_by_sequence ON signatures (sequence);
        """;

    /// <summary>From version 1 to 2: snapshots, a check for every signature, pruning by block. The checks of entries
    /// that are there already are filled in afterwards.</summary>
    public const string AddSnapshots =
        """
        CREATE TABLE snapshots (
            block_number INTEGER PRIMARY KEY,
            block_hash BLOB NOT NULL,
            era INTEGER NOT NULL,
            scenario_hash BLOB NOT NULL,
            mesh_version INTEGER NOT NULL,
            state BLOB NOT NULL
        );
        ALTER TABLE signatures ADD COLUMN checked BLOB NOT NULL DEFAULT x'';
        CREATE INDEX reports_by_block ON reports (to_block);
        CREATE INDEX reports_by_data ON reports (data_hash);
        """;
}
