namespace Pqms.Oracle.Journal;

/// <summary>The tables of the PostgreSQL journal, one schema per oracle and ledger, and their version.</summary>
internal static class PostgresSchema
{
    /// <summary>What each version adds to the one before; the first makes version 1. Never changed once
    /// released.</summary>
    public static readonly IReadOnlyList<string> Steps =
    [
        """
        CREATE TABLE meta (
            key text PRIMARY KEY,
            number bigint NOT NULL,
            hash bytea NOT NULL
        );
        CREATE TABLE logs (
            block_number bigint NOT NULL,
            log_index bigint NOT NULL,
            block_hash bytea NOT NULL,
            transaction_hash bytea NOT NULL,
            address bytea NOT NULL,
            topics bytea NOT NULL,
            data bytea NOT NULL,
            PRIMARY KEY (block_number, log_index, block_hash)
        );
        CREATE TABLE reports (
            hash bytea PRIMARY KEY,
            era bigint NOT NULL,
            sequence bigint NOT NULL,
            to_block bigint NOT NULL,
            to_block_hash bytea NOT NULL,
            data_hash bytea NOT NULL,
            encoded bytea NOT NULL,
            state smallint NOT NULL,
            accepted_at bigint NOT NULL
        );
        CREATE INDEX reports_by_sequence ON reports (sequence);
        CREATE INDEX reports_by_block ON reports (to_block);
        CREATE INDEX reports_by_data ON reports (data_hash);
        CREATE TABLE batches (
            hash bytea PRIMARY KEY,
            bytes bytea NOT NULL
        );
        CREATE TABLE signatures (
            position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            sequence bigint NOT NULL,
            era bigint NOT NULL,
            hash bytea NOT NULL UNIQUE,
            to_block bigint NOT NULL,
            to_block_hash bytea NOT NULL,
            checked bytea NOT NULL
        );
        CREATE INDEX signatures_by_sequence ON signatures (sequence);
        """,
        """
        CREATE TABLE snapshots (
            block_number bigint PRIMARY KEY,
            block_hash bytea NOT NULL,
            era bigint NOT NULL,
            scenario_hash bytea NOT NULL,
            mesh_version bigint NOT NULL,
            state bytea NOT NULL
        );
        """,
    ];

    /// <summary>The present version: that of SQLite's file, so that both say the same.</summary>
    public static int Version => Steps.Count;
}
