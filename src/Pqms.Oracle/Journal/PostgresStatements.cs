using Npgsql;
using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>The statements of one journal transaction: one per table, over arrays. Each may be repeated.</summary>
internal static class PostgresStatements
{
    /// <summary>Writes a run of blocks.</summary>
    /// <returns>How many logs were new.</returns>
    public static int Append(NpgsqlConnection connection, JournalBatch batch)
    {
        int added = batch.Logs.Count > 0 ? InsertLogs(connection, batch.Logs) : 0;
        InsertReports(connection, batch.Reports);
        InsertBatches(connection, batch.Batches);
        Mark(connection, batch);
        if (batch.Snapshot is { } snapshot)
        {
            PutSnapshot(connection, snapshot);
        }

        if (batch.Cursor is { } cursor)
        {
            connection.Execute(
                "INSERT INTO meta (key, number, hash) VALUES ('cursor', $1, $2) "
                + "ON CONFLICT (key) DO UPDATE SET number = excluded.number, hash = excluded.hash",
                Number(cursor.Number),
                cursor.Hash.ToArray());
        }

        return added;
    }

    /// <summary>Adds a signed hash that is new.</summary>
    public static int InsertSignature(NpgsqlConnection connection, SignedReport signed) => connection.Execute(
        "INSERT INTO signatures (sequence, era, hash, to_block, to_block_hash, checked) "
        + "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (hash) DO NOTHING",
        Number(signed.Sequence), Number(signed.Era), signed.Hash.ToArray(), Number(signed.ToBlock),
        signed.ToBlockHash.ToArray(), signed.Check());

    /// <summary>A command with its values, in the order of $1, $2 and so on.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (object value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    /// <summary>Reads a non-negative number.</summary>
    public static ulong Number(this NpgsqlDataReader reader, int column) => checked((ulong)reader.GetInt64(column));

    /// <summary>Reads a hash.</summary>
    public static Bytes32 Hash(this NpgsqlDataReader reader, int column) =>
        Bytes32.FromBytes(reader.GetFieldValue<byte[]>(column));

    private static int InsertLogs(NpgsqlConnection connection, List<JournaledLog> logs)
    {
        // The last block of a number wins, as when they came one after the other.
        (ulong Number, Bytes32 Hash)[] blocks =
            [.. logs.GroupBy(log => log.BlockNumber).Select(same => (same.Key, same.Last().BlockHash))];
        JournaledLog[] kept =
            [.. logs.Join(blocks, log => (log.BlockNumber, log.BlockHash), block => block, (log, _) => log)];
        connection.Execute(
            "DELETE FROM logs l USING unnest($1, $2) AS b(number, hash) "
            + "WHERE l.block_number = b.number AND l.block_hash <> b.hash",
            Numbers(blocks, block => block.Number),
            Hashes(blocks, block => block.Hash));
        return connection.Execute(
            "INSERT INTO logs (block_number, log_index, block_hash, transaction_hash, address, topics, data) "
            + "SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            Numbers(kept, log => log.BlockNumber),
            Numbers(kept, log => log.LogIndex),
            Hashes(kept, log => log.BlockHash),
            Hashes(kept, log => log.TransactionHash),
            kept.Select(log => Bytes(log.Address)).ToArray(),
            kept.Select(log => log.Topics).ToArray(),
            kept.Select(log => log.Data).ToArray());
    }

    private static void InsertReports(NpgsqlConnection connection, List<JournaledReport> reports)
    {
        if (reports.Count == 0)
        {
            return;
        }

        JournaledReport[] last = [.. reports.GroupBy(report => report.Hash).Select(same => same.Last())];
        connection.Execute(
            "INSERT INTO reports "
            + "(era, sequence, hash, to_block, to_block_hash, data_hash, encoded, state, accepted_at) "
            + "SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) "
            + "ON CONFLICT (hash) DO UPDATE SET state = excluded.state, accepted_at = excluded.accepted_at",
            Numbers(last, report => report.Era),
            Numbers(last, report => report.Sequence),
            Hashes(last, report => report.Hash),
            Numbers(last, report => report.ToBlock),
            Hashes(last, report => report.ToBlockHash),
            Hashes(last, report => report.DataHash),
            last.Select(report => report.Encoded).ToArray(),
            last.Select(report => (short)report.State).ToArray(),
            Numbers(last, report => report.AcceptedAt));
    }

    private static void InsertBatches(NpgsqlConnection connection, List<(Bytes32 Hash, byte[] Bytes)> batches)
    {
        if (batches.Count > 0)
        {
            connection.Execute(
                "INSERT INTO batches (hash, bytes) SELECT * FROM unnest($1, $2) ON CONFLICT DO NOTHING",
                Hashes(batches, batch => batch.Hash),
                batches.Select(batch => batch.Bytes).ToArray());
        }
    }

    private static void Mark(NpgsqlConnection connection, JournalBatch batch)
    {
        if (batch.Accepted.Count > 0)
        {
            connection.Execute(
                "UPDATE reports r SET state = $3, accepted_at = a.at FROM unnest($1, $2) AS a(hash, at) "
                + "WHERE r.hash = a.hash",
                Hashes(batch.Accepted, mark => mark.Hash),
                Numbers(batch.Accepted, mark => mark.AcceptedAt),
                (short)ReportState.Accepted);
        }

        if (batch.Settled.Count > 0)
        {
            connection.Execute(
                "UPDATE reports SET state = $2 WHERE sequence = ANY ($1) AND state = $3",
                Numbers(batch.Settled, sequence => sequence),
                (short)ReportState.Settled,
                (short)ReportState.Accepted);
        }
    }

    private static void PutSnapshot(NpgsqlConnection connection, JournalSnapshot snapshot)
    {
        connection.Execute(
            "INSERT INTO snapshots (block_number, block_hash, era, scenario_hash, mesh_version, state) "
            + "VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (block_number) DO UPDATE SET "
            + "block_hash = excluded.block_hash, era = excluded.era, scenario_hash = excluded.scenario_hash, "
            + "mesh_version = excluded.mesh_version, state = excluded.state",
            Number(snapshot.BlockNumber), snapshot.BlockHash.ToArray(), Number(snapshot.Era),
            snapshot.ScenarioHash.ToArray(), (long)snapshot.MeshVersion, snapshot.State);
        connection.Execute(
            "DELETE FROM snapshots WHERE block_number NOT IN "
            + "(SELECT block_number FROM snapshots ORDER BY block_number DESC LIMIT $1)",
            (long)JournalOptions.SnapshotsKept);
    }

    private static int Execute(this NpgsqlConnection connection, string sql, params object[] values)
    {
        using NpgsqlCommand command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    }

    private static long Number(ulong value) => checked((long)value);

    private static long[] Numbers<T>(IReadOnlyCollection<T> items, Func<T, ulong> number) =>
        [.. items.Select(item => Number(number(item)))];

    private static byte[][] Hashes<T>(IReadOnlyCollection<T> items, Func<T, Bytes32> hash) =>
        [.. items.Select(item => hash(item).ToArray())];

    private static byte[] Bytes(Address address)
    {
        var bytes = new byte[Address.Size];
        address.CopyTo(bytes);
        return bytes;
    }
}
