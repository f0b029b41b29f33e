using Microsoft.Data.Sqlite;
using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>The statements of one journal transaction.</summary>
internal static class JournalStatements
{
    /// <summary>Adds logs that are new, and drops those of an orphaned block with the same number.</summary>
    public static int InsertLogs(SqliteConnection connection, SqliteTransaction transaction, List<JournaledLog> logs)
    {
        using SqliteCommand orphan = connection.Prepare(
            transaction, "DELETE FROM logs WHERE block_number = $number AND block_hash <> $hash");
        using SqliteCommand insert = connection.Prepare(
            transaction,
            "INSERT OR IGNORE INTO logs (block_number, log_index, block_hash, transaction_hash, address, topics, data) "
            + "VALUES ($number, $index, $hash, $transaction, $address, $topics, $data)");
        int added = 0;
        Bytes32 last = Bytes32.Zero;
        foreach (JournaledLog log in logs)
        {
            if (log.BlockHash != last)
            {
                orphan.Bind("$number", log.BlockNumber).Bind("$hash", log.BlockHash).ExecuteNonQuery();
                last = log.BlockHash;
            }

            added += insert.Bind("$number", log.BlockNumber).Bind("$index", log.LogIndex).Bind("$hash", log.BlockHash)
                .Bind("$transaction", log.TransactionHash).Bind("$address", log.Address)
                .Bind("$topics", log.Topics).Bind("$data", log.Data).ExecuteNonQuery();
        }

        return added;
    }

    /// <summary>Adds reports; one that is known starts again as computed.</summary>
    public static void InsertReports(
        SqliteConnection connection, SqliteTransaction transaction, List<JournaledReport> reports)
    {
        using SqliteCommand insert = connection.Prepare(
            transaction,
            "INSERT OR REPLACE INTO reports "
            + "(hash, era, sequence, to_block, to_block_hash, data_hash, encoded, state, accepted_at) "
            + "VALUES ($hash, $era, $sequence, $toBlock, $toBlockHash, $dataHash, $encoded, $state, $acceptedAt)");
        foreach (JournaledReport report in reports)
        {
            insert.Bind("$hash", report.Hash).Bind("$era", report.Era).Bind("$sequence", report.Sequence)
                .Bind("$toBlock", report.ToBlock).Bind("$toBlockHash", report.ToBlockHash)
                .Bind("$dataHash", report.DataHash).Bind("$encoded", report.Encoded)
                .Bind("$state", (ulong)report.State).Bind("$acceptedAt", report.AcceptedAt).ExecuteNonQuery();
        }
    }

    /// <summary>Adds batch files that are new.</summary>
    public static void InsertBatches(
        SqliteConnection connection, SqliteTransaction transaction, List<(Bytes32 Hash, byte[] Bytes)> batches)
    {
        using SqliteCommand insert = connection.Prepare(
            transaction, "INSERT OR IGNORE INTO batches (hash, bytes) VALUES ($hash, $bytes)");
        foreach ((Bytes32 hash, byte[] bytes) in batches)
        {
            insert.Bind("$hash", hash).Bind("$bytes", bytes).ExecuteNonQuery();
        }
    }

    /// <summary>Records what the chain shows of reports.</summary>
    public static void Mark(
        SqliteConnection connection, SqliteTransaction transaction, List<AcceptanceMark> accepted, List<ulong> settled)
    {
        using SqliteCommand accept = connection.Prepare(
            transaction, "UPDATE reports SET state = $state, accepted_at = $acceptedAt WHERE hash = $hash");
        foreach (AcceptanceMark mark in accepted)
        {
            accept.Bind("$state", (ulong)ReportState.Accepted).Bind("$acceptedAt", mark.AcceptedAt)
                .Bind("$hash", mark.Hash).ExecuteNonQuery();
        }

        using SqliteCommand settle = connection.Prepare(
            transaction, "UPDATE reports SET state = $state WHERE sequence = $sequence AND state = $accepted");
        foreach (ulong sequence in settled)
        {
            settle.Bind("$state", (ulong)ReportState.Settled).Bind("$sequence", sequence)
                .Bind("$accepted", (ulong)ReportState.Accepted).ExecuteNonQuery();
        }
    }

    /// <summary>Adds a signed hash that is new.</summary>
    public static void InsertSignature(SqliteConnection connection, SqliteTransaction transaction, SignedReport signed)
    {
        using SqliteCommand insert = connection.Prepare(
            transaction,
            "INSERT OR IGNORE INTO signatures (sequence, era, hash, to_block, to_block_hash, checked) "
            + "VALUES ($sequence, $era, $hash, $toBlock, $toBlockHash, $checked)");
        insert.Bind("$sequence", signed.Sequence).Bind("$era", signed.Era).Bind("$hash", signed.Hash)
            .Bind("$toBlock", signed.ToBlock).Bind("$toBlockHash", signed.ToBlockHash)
            .Bind("$checked", signed.Check()).ExecuteNonQuery();
    }

    /// <summary>Gives signatures of version 1 their check.</summary>
    public static void FillChecks(SqliteConnection connection, SqliteTransaction transaction)
    {
        var known = new List<(ulong Position, SignedReport Signed)>();
        using (SqliteCommand select = connection.Prepare(
            transaction, "SELECT era, sequence, hash, to_block, to_block_hash, position FROM signatures"))
        {
            using SqliteDataReader reader = select.ExecuteReader();
            while (reader.Read())
            {
                known.Add((reader.Number(5), reader.Signed()));
            }
        }

        using SqliteCommand update = connection.Prepare(
            transaction, "UPDATE signatures SET checked = $checked WHERE position = $position");
        foreach ((ulong position, SignedReport signed) in known)
        {
            update.Bind("$checked", signed.Check()).Bind("$position", position).ExecuteNonQuery();
        }
    }

    /// <summary>Adds a snapshot and drops the oldest.</summary>
    public static void PutSnapshot(
        SqliteConnection connection, SqliteTransaction transaction, JournalSnapshot snapshot)
    {
        using SqliteCommand put = connection.Prepare(
            transaction,
            "INSERT OR REPLACE INTO snapshots (block_number, block_hash, era, scenario_hash, mesh_version, state) "
            + "VALUES ($number, $hash, $era, $scenario, $version, $state)");
        put.Bind("$number", snapshot.BlockNumber).Bind("$hash", snapshot.BlockHash).Bind("$era", snapshot.Era)
            .Bind("$scenario", snapshot.ScenarioHash).Bind("$version", (ulong)snapshot.MeshVersion)
            .Bind("$state", snapshot.State).ExecuteNonQuery();
        using SqliteCommand drop = connection.Prepare(
            transaction,
            "DELETE FROM snapshots WHERE block_number NOT IN "
            + "(SELECT block_number FROM snapshots ORDER BY block_number DESC LIMIT $kept)");
        drop.Bind("$kept", (ulong)JournalOptions.SnapshotsKept).ExecuteNonQuery();
    }

    /// <summary>Moves the cursor.</summary>
    public static void PutCursor(SqliteConnection connection, SqliteTransaction transaction, JournalCursor cursor)
    {
        using SqliteCommand put = connection.Prepare(
            transaction, "INSERT OR REPLACE INTO meta (key, number, hash) VALUES ('cursor', $number, $hash)");
        put.Bind("$number", cursor.Number).Bind("$hash", cursor.Hash).ExecuteNonQuery();
    }

    /// <summary>Sets a parameter; numbers are stored as signed 64-bit values.</summary>
    public static SqliteCommand Bind(this SqliteCommand command, string name, ulong value) =>
        command.Put(name, checked((long)value), SqliteType.Integer);

    /// <summary>Sets a parameter to a hash.</summary>
    public static SqliteCommand Bind(this SqliteCommand command, string name, Bytes32 value)
    {
        byte[] bytes = new byte[Bytes32.Size];
        value.CopyTo(bytes);
        return command.Put(name, bytes, SqliteType.Blob);
    }

    /// <summary>Sets a parameter to an address.</summary>
    public static SqliteCommand Bind(this SqliteCommand command, string name, Address value)
    {
        byte[] bytes = new byte[Address.Size];
        value.CopyTo(bytes);
        return command.Put(name, bytes, SqliteType.Blob);
    }

    /// <summary>Sets a parameter to bytes.</summary>
    public static SqliteCommand Bind(this SqliteCommand command, string name, byte[] value) =>
        command.Put(name, value, SqliteType.Blob);

    /// <summary>Reads a non-negative number.</summary>
    public static ulong Number(this SqliteDataReader reader, int column) => checked((ulong)reader.GetInt64(column));

    /// <summary>Reads a hash.</summary>
    public static Bytes32 Hash(this SqliteDataReader reader, int column) => Bytes32.FromBytes(reader.Bytes(column));

    /// <summary>Reads bytes.</summary>
    public static byte[] Bytes(this SqliteDataReader reader, int column) => (byte[])reader.GetValue(column);

    /// <summary>Reads a signature from the columns era, sequence, hash, to_block, to_block_hash.</summary>
    public static SignedReport Signed(this SqliteDataReader reader) => new(
        reader.Number(0), reader.Number(1), reader.Hash(2), reader.Number(3), reader.Hash(4));

    /// <summary>Reads a snapshot, the columns block_number, block_hash, era, scenario_hash, mesh_version,
    /// state.</summary>
    public static JournalSnapshot Snapshot(this SqliteDataReader reader) => new(
        reader.Number(0), reader.Hash(1), reader.Number(2), reader.Hash(3), checked((uint)reader.Number(4)),
        reader.Bytes(5));

    private static SqliteCommand Put(this SqliteCommand command, string name, object value, SqliteType type)
    {
        if (command.Parameters.Contains(name))
        {
            command.Parameters[name].Value = value;
        }
        else
        {
            command.Parameters.Add(new SqliteParameter(name, type) { Value = value });
        }

        return command;
    }

    private static SqliteCommand Prepare(this SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }
}
