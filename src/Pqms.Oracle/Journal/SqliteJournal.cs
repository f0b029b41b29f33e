using Microsoft.Data.Sqlite;
using Pqms.Ethereum;

namespace Pqms.Oracle.Journal;

/// <summary>The journal in one SQLite file: write-ahead log, full synchronisation, one writer.</summary>
internal sealed class SqliteJournal : IJournal
{
    private const int BusyTimeoutSeconds = 5;
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;
    private JournalCursor? _cursor;

    private SqliteJournal(SqliteConnection connection, string path)
    {
        _connection = connection;
        Location = path;
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public JournalCursor? Cursor
    {
        get
        {
            lock (_gate)
            {
                return _cursor;
            }
        }
    }

    /// <summary>Opens or creates the file.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="durable">False only in simulations: without waiting for the disk.</param>
    /// <exception cref="JournalException">SQLite is missing, or the file is damaged, newer, or not
    /// writable.</exception>
    public static SqliteJournal Open(string path, bool durable = true)
    {
        SqliteLibrary.Load();
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
            DefaultTimeout = BusyTimeoutSeconds,
        };
        var connection = new SqliteConnection(builder.ConnectionString);
        try
        {
            connection.Open();
            Prepare(connection, path, durable);
            var journal = new SqliteJournal(connection, path);
            journal._cursor = journal.ReadCursor();
            return journal;
        }
        catch (SqliteException failure)
        {
            connection.Dispose();
            throw new JournalException(
                $"The journal {path} cannot be opened: {failure.Message}. "
                + "If the file is damaged, move it away: it is rebuilt from the chain.",
                failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Append(JournalBatch batch)
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            int added = JournalStatements.InsertLogs(_connection, transaction, batch.Logs);
            JournalStatements.InsertReports(_connection, transaction, batch.Reports);
            JournalStatements.InsertBatches(_connection, transaction, batch.Batches);
            JournalStatements.Mark(_connection, transaction, batch.Accepted, batch.Settled);
            if (batch.Cursor is { } cursor)
            {
                JournalStatements.PutCursor(_connection, transaction, cursor);
            }

            transaction.Commit();
            _cursor = batch.Cursor ?? _cursor;
            return added;
        }
    }

    /// <inheritdoc/>
    public void RecordSignature(SignedReport signed)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(
                "INSERT OR IGNORE INTO signatures (sequence, era, hash, to_block, to_block_hash) "
                + "VALUES ($sequence, $era, $hash, $toBlock, $toBlockHash)");
            command.Bind("$sequence", signed.Sequence).Bind("$era", signed.Era).Bind("$hash", signed.Hash)
                .Bind("$toBlock", signed.ToBlock).Bind("$toBlockHash", signed.ToBlockHash);
            command.ExecuteNonQuery();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> SignaturesOf(ulong sequence)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(
                "SELECT era, sequence, hash, to_block, to_block_hash FROM signatures "
                + "WHERE sequence = $sequence ORDER BY position");
            command.Bind("$sequence", sequence);
            using SqliteDataReader reader = command.ExecuteReader();
            var found = new List<SignedReport>();
            while (reader.Read())
            {
                found.Add(new SignedReport(
                    reader.Number(0), reader.Number(1), reader.Hash(2), reader.Number(3), reader.Hash(4)));
            }

            return found;
        }
    }

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command("SELECT bytes FROM batches WHERE hash = $hash");
            command.Bind("$hash", dataHash);
            return command.ExecuteScalar() as byte[];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        lock (_gate)
        {
            using SqliteCommand command = Command(
                "SELECT era, sequence, hash, to_block, to_block_hash, data_hash, encoded, state, accepted_at "
                + "FROM reports WHERE sequence >= $from ORDER BY sequence, hash LIMIT $limit");
            command.Bind("$from", fromSequence).Bind("$limit", (ulong)limit);
            using SqliteDataReader reader = command.ExecuteReader();
            var found = new List<JournaledReport>();
            while (reader.Read())
            {
                found.Add(new JournaledReport(
                    reader.Number(0), reader.Number(1), reader.Hash(2), reader.Number(3), reader.Hash(4),
                    reader.Hash(5), reader.Bytes(6), (ReportState)reader.GetInt32(7), reader.Number(8)));
            }

            return found;
        }
    }

    /// <inheritdoc/>
    public long CountLogs()
    {
        lock (_gate)
        {
            using SqliteCommand command = Command("SELECT COUNT(*) FROM logs");
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <inheritdoc/>
    public void ForgetFrom(ulong blockNumber)
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            using SqliteCommand command = Command("DELETE FROM logs WHERE block_number >= $number");
            command.Transaction = transaction;
            command.Bind("$number", blockNumber).ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private static void Prepare(SqliteConnection connection, string path, bool durable)
    {
        // FULL: a signed hash must survive a power cut, or the oracle could sign a second truth afterwards.
        Execute(connection, $"PRAGMA journal_mode = WAL; PRAGMA synchronous = {(durable ? "FULL" : "OFF")};");
        int version = ReadVersion(connection);
        if (version > JournalSchema.Version)
        {
            throw new JournalException(
                $"The journal {path} has schema version {version}; this program knows up to {JournalSchema.Version}. "
                + "Use the newer program, or another --data-folder.");
        }

        if (version == 0)
        {
            string setVersion = $"PRAGMA user_version = {JournalSchema.Version};";
            Execute(connection, $"BEGIN; {JournalSchema.Create} {setVersion} COMMIT;");
        }
    }

    private static int ReadVersion(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar());
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private JournalCursor? ReadCursor()
    {
        using SqliteCommand command = Command("SELECT number, hash FROM meta WHERE key = 'cursor'");
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? new JournalCursor(reader.Number(0), reader.Hash(1)) : null;
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
