using System.Data.Common;
using Microsoft.Data.Sqlite;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Transactions;

public sealed class DatabaseTransactionStoreTests : TransactionStoreContract
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private DatabaseTransactionStore _store;

    public DatabaseTransactionStoreTests() => _store = Open();

    protected override ITransactionStore Store => _store;

    public override void Dispose()
    {
        _store.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Constructor_WhenAnotherProcessHasTheDatabase_throws()
    {
        await SaveAsync(Transaction(1));
        Assert.ThrowsAny<DbException>(Open);
    }

    [Fact]
    public async Task CloseAsync_GivenAFate_keepsTheRowForPeople()
    {
        await SaveAsync(Transaction(1));
        await _store.CloseAsync(Scope, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
        _store.Dispose();
        using (var connection = SystemSqlite.Open(_path))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT fate FROM ethereum_transactions";
            Assert.Equal("Mined", command.ExecuteScalar());
        }

        _store = Open();
    }

    [Fact]
    public async Task LoadOpenAsync_WhenARowHoldsNoTransaction_throws()
    {
        await SaveAsync(Transaction(1));
        _store.Dispose();
        using (var connection = SystemSqlite.Open(_path))
        {
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE ethereum_transactions SET raw = 'hello'";
            command.ExecuteNonQuery();
        }

        _store = Open();
        await Assert.ThrowsAsync<FormatException>(OpenAsync);
    }

    [Fact]
    public void Constructor_WhenTheFileIsNoDatabase_throws()
    {
        _store.Dispose();
        File.WriteAllText(_path, new string('x', 4096));
        Assert.ThrowsAny<DbException>(() => new DatabaseTransactionStore(
            () => new SqliteConnection($"Data Source={_path};Pooling=False")));
    }

    [Fact]
    public void Constructor_WhenNoConnectionIsGiven_throws()
    {
        Assert.Throws<ArgumentNullException>(() => new DatabaseTransactionStore(null!));
    }

    protected override void Reopen()
    {
        _store.Dispose();
        _store = Open();
    }

    private DatabaseTransactionStore Open() => new(() => SystemSqlite.Open(_path));
}
