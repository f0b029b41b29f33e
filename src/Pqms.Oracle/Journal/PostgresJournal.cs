using Npgsql;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;

namespace Pqms.Oracle.Journal;

/// <summary>The journal in a schema of a PostgreSQL database.</summary>
/// <remarks>
/// A run of blocks is one transaction in which every table is written by one statement over arrays; the driver prepares
/// statements after a few uses. Durable as the server is: with <c>synchronous_commit = off</c> its crash may lose
/// transactions that were reported as done; the chain and the second copy of the list of signed hashes make that good.
/// </remarks>
internal sealed class PostgresJournal : IJournal
{
    private const string SignatureColumns = "era, sequence, hash, to_block, to_block_hash, checked";
    private readonly Lock _gate = new();
    private readonly PostgresSession _session;
    private JournalCursor? _cursor;

    private PostgresJournal(PostgresSession session) => _session = session;

    /// <inheritdoc/>
    public string Location => _session.Location;

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

    /// <summary>Opens or creates the journal.</summary>
    /// <param name="options">Connection and name.</param>
    /// <param name="ledger">Chain and ledger, as <see cref="DataFolder.Ledger"/>.</param>
    /// <exception cref="JournalException">Not reachable, held by another process, or newer.</exception>
    public static PostgresJournal Open(JournalOptions options, string ledger)
    {
        PostgresSession session = PostgresSession.Open(options.Connection, $"pqms_{options.Name}_{ledger}");
        try
        {
            var journal = new PostgresJournal(session);
            journal._cursor = journal.ReadCursor();
            return journal;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public int Append(JournalBatch batch)
    {
        lock (_gate)
        {
            int added = _session.Run(connection => PostgresStatements.Append(connection, batch));
            _cursor = batch.Cursor ?? _cursor;
            return added;
        }
    }

    /// <inheritdoc/>
    public void RecordSignature(SignedReport signed) =>
        _session.Run(connection => PostgresStatements.InsertSignature(connection, signed));

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> SignaturesOf(ulong sequence) => ReadSignatures(
        $"SELECT {SignatureColumns} FROM signatures WHERE sequence = $1 ORDER BY position", (long)sequence);

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> Signatures() =>
        ReadSignatures($"SELECT {SignatureColumns} FROM signatures ORDER BY position");

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash)
    {
        byte[] name = dataHash.ToArray();
        byte[]? bytes = Scalar("SELECT bytes FROM batches WHERE hash = $1", name) as byte[];
        if (bytes is not null && Keccak256.Hash(bytes) != dataHash)
        {
            Execute("DELETE FROM batches WHERE hash = $1", name);
            return null;
        }

        return bytes;
    }

    /// <inheritdoc/>
    public IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return ReadAll(
            "SELECT era, sequence, hash, to_block, to_block_hash, data_hash, encoded, state, accepted_at "
            + "FROM reports WHERE sequence >= $1 ORDER BY sequence, hash LIMIT $2",
            reader => new JournaledReport(
                reader.Number(0), reader.Number(1), reader.Hash(2), reader.Number(3), reader.Hash(4), reader.Hash(5),
                reader.GetFieldValue<byte[]>(6), (ReportState)reader.GetInt16(7), reader.Number(8)),
            (long)fromSequence,
            (long)limit);
    }

    /// <inheritdoc/>
    public long CountLogs() => (long)Scalar("SELECT count(*) FROM logs")!;

    /// <inheritdoc/>
    public void ForgetFrom(ulong blockNumber) => Execute(
        "WITH forgotten AS (DELETE FROM snapshots WHERE block_number >= $1) DELETE FROM logs WHERE block_number >= $1",
        (long)blockNumber);

    /// <inheritdoc/>
    public IReadOnlyList<JournalSnapshot> Snapshots() => ReadAll(
        "SELECT block_number, block_hash, era, scenario_hash, mesh_version, state FROM snapshots "
        + "ORDER BY block_number DESC",
        reader => new JournalSnapshot(
            reader.Number(0), reader.Hash(1), reader.Number(2), reader.Hash(3), (uint)reader.Number(4),
            reader.GetFieldValue<byte[]>(5)));

    /// <inheritdoc/>
    public void DropSnapshots() => Execute("DELETE FROM snapshots");

    /// <inheritdoc/>
    public bool LacksBatches(ulong era, ulong fromBlock) => Scalar(
        "SELECT EXISTS (SELECT FROM reports r WHERE era = $1 AND to_block >= $2 "
        + "AND NOT EXISTS (SELECT FROM batches b WHERE b.hash = r.data_hash))",
        (long)era,
        (long)fromBlock) is true;

    /// <inheritdoc/>
    public int Prune(ulong logsBefore, ulong batchesBefore) =>
        Execute(
            "DELETE FROM logs WHERE ctid IN (SELECT ctid FROM logs WHERE block_number < $1 LIMIT $2)",
            (long)logsBefore,
            (long)JournalOptions.PruneRows)
        + Execute(
            "DELETE FROM batches WHERE hash IN (SELECT r.data_hash FROM reports r JOIN batches b "
            + "ON b.hash = r.data_hash WHERE r.to_block < $1 AND r.state <> 0 LIMIT $2) "
            + "AND hash NOT IN (SELECT data_hash FROM reports WHERE to_block >= $1)",
            (long)batchesBefore,
            (long)JournalOptions.PruneRows);

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private JournalCursor? ReadCursor() => ReadAll(
        "SELECT number, hash FROM meta WHERE key = 'cursor'",
        reader => (JournalCursor?)new JournalCursor(reader.Number(0), reader.Hash(1))).FirstOrDefault();

    private List<SignedReport> ReadSignatures(string sql, params object[] values) => ReadAll(
        sql,
        reader =>
        {
            var signed = new SignedReport(
                reader.Number(0), reader.Number(1), reader.Hash(2), reader.Number(3), reader.Hash(4));
            return signed.Check().AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(5))
                ? signed
                : throw new JournalException(
                    $"The journal {Location} holds a changed signature of report {signed.Sequence}. Restore the "
                    + "database from a backup, or drop the schema: it is made anew from the chain.");
        },
        values);

    private List<T> ReadAll<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] values) =>
        _session.Run(connection =>
        {
            using NpgsqlCommand command = connection.Command(sql, values);
            using NpgsqlDataReader reader = command.ExecuteReader();
            var found = new List<T>();
            while (reader.Read())
            {
                found.Add(read(reader));
            }

            return found;
        });

    private object? Scalar(string sql, params object[] values) => _session.Run(connection =>
    {
        using NpgsqlCommand command = connection.Command(sql, values);
        return command.ExecuteScalar();
    });

    private int Execute(string sql, params object[] values) => _session.Run(connection =>
    {
        using NpgsqlCommand command = connection.Command(sql, values);
        return command.ExecuteNonQuery();
    });
}
