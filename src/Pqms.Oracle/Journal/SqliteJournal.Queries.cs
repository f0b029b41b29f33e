using Microsoft.Data.Sqlite;

namespace Pqms.Oracle.Journal;

/// <summary>The queries.</summary>
internal sealed partial class SqliteJournal
{
    private const string SignatureColumns = "era, sequence, hash, to_block, to_block_hash, checked";

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> SignaturesOf(ulong sequence) => ReadSignatures(
        $"SELECT {SignatureColumns} FROM signatures WHERE sequence = $sequence ORDER BY position",
        command => command.Bind("$sequence", sequence));

    /// <inheritdoc/>
    public IReadOnlyList<SignedReport> Signatures() => ReadSignatures(
        $"SELECT {SignatureColumns} FROM signatures ORDER BY position", command => command);

    /// <inheritdoc/>
    public IReadOnlyList<JournaledReport> Reports(ulong fromSequence, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        return Read(() =>
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
        });
    }

    /// <inheritdoc/>
    public long CountLogs() => Read(() =>
    {
        using SqliteCommand command = Command("SELECT COUNT(*) FROM logs");
        return (long)command.ExecuteScalar()!;
    });

    /// <inheritdoc/>
    public IReadOnlyList<JournalSnapshot> Snapshots() => Read(() =>
    {
        using SqliteCommand command = Command(
            "SELECT block_number, block_hash, era, scenario_hash, mesh_version, state FROM snapshots "
            + "ORDER BY block_number DESC");
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<JournalSnapshot>();
        while (reader.Read())
        {
            found.Add(reader.Snapshot());
        }

        return found;
    });

    /// <inheritdoc/>
    public bool LacksBatches(ulong era, ulong fromBlock) => Read(() =>
    {
        using SqliteCommand command = Command(
            "SELECT EXISTS (SELECT 1 FROM reports WHERE era = $era AND to_block >= $from "
            + "AND data_hash NOT IN (SELECT hash FROM batches))");
        command.Bind("$era", era).Bind("$from", fromBlock);
        return (long)command.ExecuteScalar()! != 0;
    });

    private List<SignedReport> ReadSignatures(string sql, Func<SqliteCommand, SqliteCommand> bind) => Read(() =>
    {
        using SqliteCommand command = bind(Command(sql));
        using SqliteDataReader reader = command.ExecuteReader();
        var found = new List<SignedReport>();
        while (reader.Read())
        {
            found.Add(SqliteFile.ReadWhole(reader) ?? throw new JournalException(
                $"The journal {Location} is damaged: it holds a changed signature. "
                + "Start again: the file is moved aside and made anew."));
        }

        return found;
    });

    private JournalCursor? ReadCursor()
    {
        using SqliteCommand command = Command("SELECT number, hash FROM meta WHERE key = 'cursor'");
        using SqliteDataReader reader = command.ExecuteReader();
        return reader.Read() ? new JournalCursor(reader.Number(0), reader.Hash(1)) : null;
    }
}
