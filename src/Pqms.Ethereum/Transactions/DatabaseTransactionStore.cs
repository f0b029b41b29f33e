using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Pqms.Ethereum.Transactions;

/// <summary>A store in one table of a database that speaks SQL: tested with SQLite.</summary>
/// <remarks>
/// This library references no database: the caller brings ADO.NET's connection. With SQLite, open it with
/// <c>PRAGMA synchronous = FULL</c>, so that a commit survives a loss of power, and
/// <c>PRAGMA locking_mode = EXCLUSIVE</c>, so that no second process shares the account. Numbers, hashes and bytes are
/// kept as text, which every database has. What is closed stays in the table with its fate, for people; delete old rows
/// as you like.
/// </remarks>
public sealed class DatabaseTransactionStore : ITransactionStore, IDisposable
{
    private const string Create =
        """
        CREATE TABLE IF NOT EXISTS ethereum_transactions (
            scope TEXT NOT NULL,
            hash TEXT NOT NULL,
            nonce TEXT NOT NULL,
            raw TEXT NOT NULL,
            description TEXT NOT NULL,
            fate TEXT NULL,
            PRIMARY KEY (scope, hash))
        """;

    private const string Delete = "DELETE FROM ethereum_transactions WHERE scope = @scope AND hash = @hash";

    private const string Insert =
        """
        INSERT INTO ethereum_transactions (scope, hash, nonce, raw, description, fate)
        VALUES (@scope, @hash, @nonce, @raw, @description, NULL)
        """;

    private const string Close =
        """
        UPDATE ethereum_transactions SET fate = @fate
        WHERE scope = @scope AND hash = @hash AND fate IS NULL
        """;

    private const string Load =
        """
        SELECT nonce, hash, raw, description FROM ethereum_transactions
        WHERE scope = @scope AND fate IS NULL ORDER BY nonce, hash
        """;

    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly DbConnection _connection;

    /// <summary>Opens the connection and makes the table if it isn't there.</summary>
    /// <param name="connect">Gives a connection of this store's own, open or not; disposed with the store.</param>
    /// <exception cref="DbException">The database can't be opened or written.</exception>
    public DatabaseTransactionStore(Func<DbConnection> connect)
    {
        ArgumentNullException.ThrowIfNull(connect);
        _connection = connect();
        try
        {
            if (_connection.State != ConnectionState.Open)
            {
                _connection.Open();
            }

            using var command = Command(Create, null);
            command.ExecuteNonQuery();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="FormatException">A row holds no transaction.</exception>
    public async Task<IReadOnlyList<StoredTransaction>> LoadOpenAsync(
        AccountScope scope, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(Load, null, ("@scope", Text(scope)));
            using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var open = new List<StoredTransaction>();
            while (await reader.ReadAsync(cancellationToken))
            {
                open.Add(new StoredTransaction(
                    scope,
                    ulong.Parse(reader.GetString(0), CultureInfo.InvariantCulture),
                    Bytes32.Parse(reader.GetString(1)),
                    Hex.Decode(reader.GetString(2)),
                    reader.GetString(3)));
            }

            return open;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task SaveAsync(StoredTransaction transaction, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var scope = ("@scope", Text(transaction.Scope));
        var hash = ("@hash", transaction.Hash.ToString());
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var change = _connection.BeginTransaction();
            using var delete = Command(Delete, change, scope, hash);
            await delete.ExecuteNonQueryAsync(cancellationToken);
            using var insert = Command(
                Insert, change, scope, hash,
                ("@nonce", transaction.Nonce.ToString("D20", CultureInfo.InvariantCulture)),
                ("@raw", Hex.Encode(transaction.Raw)),
                ("@description", transaction.Description));
            await insert.ExecuteNonQueryAsync(cancellationToken);
            await change.CommitAsync(CancellationToken.None);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync(
        AccountScope scope, Bytes32 hash, TransactionFate fate, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        await _gate.WaitAsync(cancellationToken);
        try
        {
            using var command = Command(
                Close, null, ("@scope", Text(scope)), ("@hash", hash.ToString()), ("@fate", fate.ToString()));
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _connection.Dispose();
        _gate.Dispose();
    }

    private static string Text(AccountScope scope) =>
        string.Create(CultureInfo.InvariantCulture, $"{scope.ChainId}/{scope.GenesisHash}/{scope.Account}");

    private DbCommand Command(string sql, DbTransaction? change, params (string Name, string Value)[] values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = change;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
