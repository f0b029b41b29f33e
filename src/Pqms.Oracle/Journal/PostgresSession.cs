using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Pqms.Oracle.Journal;

/// <summary>One connection that holds the lock of one journal, and what is done when it breaks.</summary>
/// <remarks>
/// The lock is the server's advisory lock of this session: it ends with the connection, so whatever is written over a
/// connection that lives was written under the lock. A broken connection is opened anew, up to 30 times a second apart,
/// which is longer than the server needs to notice that the old one is dead. If somebody else opened the journal
/// meanwhile, which the owner's mark shows, this oracle stops. The work that broke is done again: every statement of
/// the journal may be repeated.
/// </remarks>
internal sealed class PostgresSession : IDisposable
{
    private const int Attempts = 30;
    private const int AutoPrepare = 32;
    private const int CommandSeconds = 60;
    private const int FirstServer = 13;
    private static readonly TimeSpan AttemptPause = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _closing = new(initialState: false);
    private readonly NpgsqlConnection _connection;
    private readonly string _schema;
    private readonly long _owner = BinaryPrimitives.ReadInt64BigEndian(RandomNumberGenerator.GetBytes(sizeof(long)));

    private PostgresSession(NpgsqlConnection connection, string schema, string location)
    {
        _connection = connection;
        _schema = schema;
        Location = location;
    }

    /// <summary>Server, database and schema; never user or password.</summary>
    public string Location { get; }

    /// <summary>Connects, takes the lock, and brings the schema to this version.</summary>
    /// <param name="connection">Npgsql's connection string.</param>
    /// <param name="schema">The journal's schema; made if it is not there.</param>
    /// <exception cref="JournalException">Not reachable, not allowed, held by another process, or newer.</exception>
    public static PostgresSession Open(string connection, string schema)
    {
        NpgsqlConnectionStringBuilder builder = Parse(connection) ?? throw new JournalException(
            "The journal's connection string is not understood. "
            + "Give it as Host=…;Port=…;Database=…;Username=…; words as in Npgsql's documentation.");
        builder.SearchPath = schema;
        builder.Pooling = false;
        builder.MaxAutoPrepare = AutoPrepare;
        builder.CommandTimeout = CommandSeconds;
        builder.ApplicationName = "pqms";
        builder.PersistSecurityInfo = false;
        string location = $"postgresql://{builder.Host}:{builder.Port}/{builder.Database} schema {schema}";
        var session = new PostgresSession(new NpgsqlConnection(builder.ConnectionString), schema, location);
        try
        {
            return session.Connect(first: true) ? session : throw session.Held();
        }
        catch (NpgsqlException failure)
        {
            session.Dispose();
            throw session.Explain(failure);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Does something in one transaction.</summary>
    /// <param name="work">What; done again if the connection broke, even if the server had committed it.</param>
    /// <exception cref="JournalException">The server stays away, refuses, or its disk is full.</exception>
    public T Run<T>(Func<NpgsqlConnection, T> work)
    {
        lock (_gate)
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    if (_connection.State != System.Data.ConnectionState.Open && !Connect(first: false))
                    {
                        Pause(attempt, Held());
                        continue;
                    }

                    using NpgsqlTransaction transaction = _connection.BeginTransaction();
                    T result = work(_connection);
                    transaction.Commit();
                    return result;
                }
                catch (NpgsqlException failure) when (IsBroken(failure))
                {
                    Pause(attempt, Explain(failure));
                }
                catch (NpgsqlException failure)
                {
                    throw Explain(failure);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closing.Set();
        lock (_gate)
        {
            Unlock();
            _connection.Dispose();
        }
    }

    // Neither the text nor the cause of a refusal is shown: both may hold the password.
    private static NpgsqlConnectionStringBuilder? Parse(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    // A server that restarts refuses with one of class 57 or is not there at all.
    private static bool IsBroken(NpgsqlException failure) => failure is not PostgresException refused
        || refused.SqlState.StartsWith("57P", StringComparison.Ordinal)
        || refused.SqlState.StartsWith("08", StringComparison.Ordinal);

    private JournalException Explain(NpgsqlException failure) => new(
        failure is PostgresException refused
            ? refused.SqlState == PostgresErrorCodes.DiskFull
                ? $"The disk of the journal {Location} is full. Nothing was half written: make room and start again."
                : $"The journal {Location} was refused: {refused.MessageText} ({refused.SqlState})."
            : $"The journal {Location} is out of reach: {failure.Message}. Start the server, or correct its address.",
        failure);

    private void Pause(int attempt, JournalException failure)
    {
        _connection.Close();
        if (attempt >= Attempts || _closing.Wait(AttemptPause))
        {
            throw failure;
        }
    }

    /// <returns>False if another session holds the lock.</returns>
    private bool Connect(bool first)
    {
        _connection.Open();
        if (_connection.PostgreSqlVersion.Major < FirstServer)
        {
            throw new JournalException(
                $"The journal {Location} is on PostgreSQL {_connection.PostgreSqlVersion}; {FirstServer} is needed.");
        }

        if (!Lock())
        {
            return false;
        }

        using NpgsqlTransaction transaction = _connection.BeginTransaction();
        if (first)
        {
            Migrate();
            Execute($"INSERT INTO owner (one, mark) VALUES (true, {_owner}) "
                + "ON CONFLICT (one) DO UPDATE SET mark = excluded.mark");
        }
        else if (Convert.ToInt64(Scalar("SELECT mark FROM owner")) != _owner)
        {
            throw Held();
        }

        transaction.Commit();
        return true;
    }

    // A connection that was closed a moment ago may still hold the lock: the server is asked to wait a second for it,
    // and to notice within half a minute when the other end of a connection is gone.
    private bool Lock()
    {
        Execute("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3");
        byte[] name = SHA256.HashData(Encoding.UTF8.GetBytes("pqms journal " + _schema));
        long key = BinaryPrimitives.ReadInt64BigEndian(name);
        try
        {
            using NpgsqlTransaction transaction = _connection.BeginTransaction();
            Execute($"SET LOCAL lock_timeout = '1s'; SELECT pg_advisory_lock({key})");
            transaction.Commit();
            return true;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private void Unlock()
    {
        try
        {
            if (_connection.State == System.Data.ConnectionState.Open)
            {
                Execute("SELECT pg_advisory_unlock_all()");
            }
        }
        catch (NpgsqlException)
        {
            // The lock ends with the connection in any case.
        }
    }

    private JournalException Held() => new(
        $"Another process holds the journal {Location}. Stop the other oracle, or give this one its own journal name.");

    private void Migrate()
    {
        Execute($"CREATE SCHEMA IF NOT EXISTS {_schema}");
        Execute("CREATE TABLE IF NOT EXISTS version (number integer NOT NULL)");
        Execute("CREATE TABLE IF NOT EXISTS owner (one boolean PRIMARY KEY, mark bigint NOT NULL)");
        int version = Convert.ToInt32(Scalar("SELECT coalesce(max(number), 0) FROM version"));
        if (version > PostgresSchema.Version)
        {
            throw new JournalException(
                $"The journal {Location} has schema version {version}; this program knows up to "
                + $"{PostgresSchema.Version}. Use the newer program, or another journal name.");
        }

        foreach (string step in PostgresSchema.Steps.Skip(version))
        {
            Execute(step);
        }

        Execute($"DELETE FROM version; INSERT INTO version (number) VALUES ({PostgresSchema.Version})");
    }

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar();
    }
}
