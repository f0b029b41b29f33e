using Microsoft.Data.Sqlite;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Oracle.Journal;

/// <summary>The journal in one SQLite file: write-ahead log, full synchronisation, one writer.</summary>
/// <remarks>This part opens and writes; the queries are in the other.</remarks>
internal sealed partial class SqliteJournal : IJournal
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

    /// <summary>Opens or creates the file, and brings an older one to this version.</summary>
    /// <param name="path">The file; its folder must exist.</param>
    /// <param name="durable">False only in simulations: without waiting for the disk.</param>
    /// <exception cref="JournalException">SQLite is missing, or the file is damaged, newer, or not
    /// writable.</exception>
    public static SqliteJournal Open(string path, bool durable = true)
    {
        SqliteConnection connection = SqliteFile.Connect(path, SqliteOpenMode.ReadWriteCreate, BusyTimeoutSeconds);
        try
        {
            connection.Open();
            Prepare(connection, path, durable);
            var journal = new SqliteJournal(connection, path);
            journal._cursor = journal.ReadCursor();
            return journal;
        }
        catch (Exception failure) when (SqliteFile.IsOfTheFile(failure))
        {
            connection.Dispose();
            throw SqliteFile.Explain(path, failure);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Append(JournalBatch batch) => Write(transaction =>
    {
        int added = JournalStatements.InsertLogs(_connection, transaction, batch.Logs);
        JournalStatements.InsertReports(_connection, transaction, batch.Reports);
        JournalStatements.InsertBatches(_connection, transaction, batch.Batches);
        JournalStatements.Mark(_connection, transaction, batch.Accepted, batch.Settled);
        if (batch.Snapshot is { } snapshot)
        {
            JournalStatements.PutSnapshot(_connection, transaction, snapshot);
        }

        if (batch.Cursor is { } cursor)
        {
            JournalStatements.PutCursor(_connection, transaction, cursor);
        }

        return added;
    }, batch.Cursor);

    /// <inheritdoc/>
    public void RecordSignature(SignedReport signed) => Write(transaction =>
    {
        JournalStatements.InsertSignature(_connection, transaction, signed);
        return 0;
    });

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash)
    {
        byte[]? bytes = Read(() =>
        {
            using SqliteCommand command = Command("SELECT bytes FROM batches WHERE hash = $hash");
            command.Bind("$hash", dataHash);
            return command.ExecuteScalar() as byte[];
        });
        if (bytes is not null && Keccak256.Hash(bytes) != dataHash)
        {
            Delete("DELETE FROM batches WHERE hash = $hash", command => command.Bind("$hash", dataHash));
            return null;
        }

        return bytes;
    }

    /// <inheritdoc/>
    public void ForgetFrom(ulong blockNumber) => Delete(
        "DELETE FROM logs WHERE block_number >= $number; DELETE FROM snapshots WHERE block_number >= $number",
        command => command.Bind("$number", blockNumber));

    /// <inheritdoc/>
    public void DropSnapshots() => Delete("DELETE FROM snapshots", command => command);

    /// <inheritdoc/>
    public int Prune(ulong logsBefore, ulong batchesBefore) => Delete(
        """
        DELETE FROM logs WHERE (block_number, log_index, block_hash) IN (
            SELECT block_number, log_index, block_hash FROM logs WHERE block_number < $logs LIMIT $limit);
        DELETE FROM batches WHERE hash IN (
            SELECT r.data_hash FROM reports r JOIN batches b ON b.hash = r.data_hash
            WHERE r.to_block < $batches AND r.state <> 0 LIMIT $limit)
        AND hash NOT IN (SELECT data_hash FROM reports WHERE to_block >= $batches);
        """,
        command => command.Bind("$logs", logsBefore).Bind("$batches", batchesBefore)
            .Bind("$limit", (ulong)JournalOptions.PruneRows));

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    /// <summary>Lets the file grow no further, as a full disk does.</summary>
    /// <param name="most">Pages in all; those in use are kept in any case.</param>
    internal void LimitPages(int most) => Read(() =>
    {
        using SqliteCommand limit = Command($"PRAGMA max_page_count = {most}");
        return limit.ExecuteScalar();
    });

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

        if (version == JournalSchema.Version)
        {
            return;
        }

        using SqliteTransaction transaction = connection.BeginTransaction();
        Execute(connection, (version == 0 ? JournalSchema.Create : string.Empty) + JournalSchema.AddSnapshots);
        JournalStatements.FillChecks(connection, transaction);
        Execute(connection, $"PRAGMA user_version = {JournalSchema.Version};");
        transaction.Commit();
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

    private int Delete(string sql, Func<SqliteCommand, SqliteCommand> bind) => Write(transaction =>
    {
        using SqliteCommand command = Command(sql);
        command.Transaction = transaction;
        return bind(command).ExecuteNonQuery();
    });

    private T Write<T>(Func<SqliteTransaction, T> work, JournalCursor? cursor = null)
    {
        lock (_gate)
        {
            try
            {
                using SqliteTransaction transaction = _connection.BeginTransaction();
                T result = work(transaction);
                transaction.Commit();
                _cursor = cursor ?? _cursor;
                return result;
            }
            catch (SqliteException failure)
            {
                throw SqliteFile.Explain(Location, failure);
            }
        }
    }

    private T Read<T>(Func<T> work)
    {
        lock (_gate)
        {
            try
            {
                return work();
            }
            catch (Exception failure) when (SqliteFile.IsOfTheFile(failure))
            {
                throw SqliteFile.Explain(Location, failure);
            }
        }
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
