using System.Buffers.Binary;
using Microsoft.Data.Sqlite;

namespace Pqms.Oracle.Journal;

/// <summary>The journal's file from outside: is it whole, what can still be read of it, what does an error
/// mean.</summary>
/// <remarks>
/// Looked at once, at opening: the marks of file and log, SQLite's quick check of every page and tree, the check of
/// every signature, and that cursor and snapshots can be read. What a page holds is not covered by that, and need not
/// be: batch files and snapshots carry their hash and are compared when read, reports and logs can be made anew and
/// nothing is decided by them.
/// </remarks>
internal static class SqliteFile
{
    private const int Full = 13;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;
    private const int WalHeaderBytes = 32;
    private const uint WalMark = 0x377f0682;

    private static ReadOnlySpan<byte> Mark => "SQLite format 3\0"u8;

    /// <summary>A connection that is not open yet.</summary>
    /// <exception cref="JournalException">SQLite is missing.</exception>
    public static SqliteConnection Connect(string path, SqliteOpenMode mode, int timeoutSeconds)
    {
        SqliteLibrary.Load();
        var builder = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = timeoutSeconds,
        };
        return new SqliteConnection(builder.ConnectionString);
    }

    /// <summary>What is wrong with a file.</summary>
    /// <param name="path">The file; it may be missing.</param>
    /// <returns>The damage in words; null if there is no file or it is whole.</returns>
    /// <exception cref="JournalException">It cannot be read at all.</exception>
    public static string? FindDamage(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            return FindWrongMark(path) ?? Check(path);
        }
        catch (SqliteException failure) when (IsDamage(failure))
        {
            return failure.Message;
        }
        catch (SqliteException failure)
        {
            throw Explain(path, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"The journal {path} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the signatures that a damaged file still gives, from both ends.</summary>
    public static IReadOnlyList<SignedReport> Salvage(string path)
    {
        var found = new SortedDictionary<long, SignedReport>();
        using SqliteConnection connection = Connect(path, SqliteOpenMode.ReadOnly, timeoutSeconds: 5);
        try
        {
            connection.Open();
        }
        catch (SqliteException)
        {
            return [];
        }

        foreach (string order in (string[])["ASC", "DESC"])
        {
            Salvage(connection, order, found);
        }

        return [.. found.Values];
    }

    /// <summary>Reads a signature and its check, the columns era, sequence, hash, to_block, to_block_hash, checked.
    /// </summary>
    /// <returns>Null if it was changed.</returns>
    public static SignedReport? ReadWhole(SqliteDataReader reader)
    {
        try
        {
            SignedReport signed = reader.Signed();
            return signed.Check().AsSpan().SequenceEqual(reader.Bytes(5)) ? signed : null;
        }
        catch (Exception failure) when (IsWrongValue(failure))
        {
            return null;
        }
    }

    /// <summary>Whether an error says something of the file: SQLite's own, or a value that no journal holds.</summary>
    public static bool IsOfTheFile(Exception failure) => failure is SqliteException || IsWrongValue(failure);

    /// <summary>Turns an error into words with the next step.</summary>
    public static JournalException Explain(string path, Exception failure) => new(
        failure is SqliteException { SqliteErrorCode: Full }
            ? $"The disk of the journal {path} is full. Nothing was half written: make room and start again."
            : failure is not SqliteException error || IsDamage(error)
                ? $"The journal {path} is damaged: {failure.Message}. Start again: it is moved aside and rebuilt from "
                    + "the chain."
                : $"The journal {path} cannot be used: {failure.Message}.",
        failure);

    private static bool IsDamage(SqliteException failure) => failure.SqliteErrorCode is Corrupt or NotADatabase;

    private static string? FindWrongMark(string path)
    {
        using (FileStream file = File.OpenRead(path))
        {
            var mark = new byte[Mark.Length];
            if (file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) < mark.Length)
            {
                return "it is empty or cut off";
            }

            if (!Mark.SequenceEqual(mark))
            {
                return "it is no database";
            }
        }

        return HasWrongWal(path + "-wal") ? "its write-ahead log is something else" : null;
    }

    // SQLite would pass over a log with a wrong head in silence, and with it the newest transactions.
    private static bool HasWrongWal(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FileStream file = File.OpenRead(path);
        var head = new byte[WalHeaderBytes];
        int read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return read == head.Length && (BinaryPrimitives.ReadUInt32BigEndian(head) & ~1u) != WalMark;
    }

    private static string? Check(string path)
    {
        using SqliteConnection connection = Connect(path, SqliteOpenMode.ReadWrite, timeoutSeconds: 5);
        connection.Open();
        using SqliteCommand version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        bool hasChecks = Convert.ToInt32(version.ExecuteScalar()) == JournalSchema.Version;
        using SqliteCommand check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is not "ok" and var problem)
        {
            return problem?.ToString();
        }

        return !hasChecks ? null
            : HasChangedSignature(connection) ? "a signature was changed"
            : HasWrongValue(connection) ? "the cursor or a snapshot is not what was written" : null;
    }

    // What every start reads: a value of another kind would end every start with an error.
    private static bool HasWrongValue(SqliteConnection connection)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT number, hash, 0, hash, 0, x'' FROM meta UNION ALL "
                + "SELECT block_number, block_hash, era, scenario_hash, mesh_version, state FROM snapshots";
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                _ = reader.Snapshot();
            }

            return false;
        }
        catch (Exception failure) when (IsWrongValue(failure))
        {
            return true;
        }
    }

    private static bool HasChangedSignature(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT era, sequence, hash, to_block, to_block_hash, checked FROM signatures";
        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (ReadWhole(reader) is null)
            {
                return true;
            }
        }

        return false;
    }

    private static void Salvage(
        SqliteConnection connection, string order, SortedDictionary<long, SignedReport> found)
    {
        try
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "SELECT era, sequence, hash, to_block, to_block_hash, checked, position "
                + $"FROM signatures ORDER BY position {order}";
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                if (ReadWhole(reader) is { } signed)
                {
                    found.TryAdd(reader.GetInt64(6), signed);
                }
            }
        }
        catch (SqliteException)
        {
            // What was read before the damage counts; the other direction reads what lies behind it.
        }
    }

    private static bool IsWrongValue(Exception failure) => failure is ArgumentException or InvalidCastException
        or InvalidOperationException or OverflowException or FormatException;
}
