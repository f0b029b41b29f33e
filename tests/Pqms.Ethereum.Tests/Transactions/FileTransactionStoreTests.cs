using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Transactions;

public sealed class FileTransactionStoreTests : TransactionStoreContract
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
    private FileTransactionStore _store;

    public FileTransactionStoreTests() => _store = new FileTransactionStore(_path);

    protected override ITransactionStore Store => _store;

    public override void Dispose()
    {
        _store.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public async Task Constructor_WhenLastLineIsTorn_dropsIt()
    {
        await SaveAsync(Transaction(1), Transaction(2));
        _store.Dispose();
        var bytes = await File.ReadAllBytesAsync(_path);
        await File.WriteAllBytesAsync(_path, bytes[..^20]);
        _store = new FileTransactionStore(_path);
        Assert.Single(await OpenAsync());
        await SaveAsync(Transaction(3));
        Reopen();
        Assert.Equal([1UL, 3UL], (await OpenAsync()).Select(transaction => transaction.Nonce));
    }

    [Fact]
    public async Task Constructor_WhenNothingIsOpen_emptiesTheFile()
    {
        await SaveAsync(Transaction(1));
        await CloseAsync(1);
        Reopen();
        Assert.Equal(0, new FileInfo(_path).Length);
    }

    // A service that runs for months must not fill the disk.
    [Fact]
    public async Task CloseAsync_WhenTheFileIsLargeAndNothingIsOpen_emptiesIt()
    {
        for (ulong nonce = 0; nonce < 3; nonce++)
        {
            await SaveAsync(Transaction(nonce) with { Raw = new byte[600_000] });
        }

        await CloseAsync(0);
        await CloseAsync(1);
        Assert.True(new FileInfo(_path).Length > 2_000_000);
        await CloseAsync(2);
        Assert.Equal(0, new FileInfo(_path).Length);
        await SaveAsync(Transaction(4));
        Reopen();
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public void Constructor_WhenFileIsOpenElsewhere_throws()
    {
        Assert.Throws<IOException>(() => new FileTransactionStore(_path));
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{}\n")]
    [InlineData("null\n")]
    public void Constructor_WhenFileIsAnotherKind_throwsAndKeepsIt(string content)
    {
        _store.Dispose();
        File.WriteAllText(_path, content);
        var exception = Assert.Throws<FormatException>(() => new FileTransactionStore(_path));
        Assert.Contains("line 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_path));
    }

    [Fact]
    public void Constructor_WhenPathIsEmpty_throws()
    {
        Assert.Throws<ArgumentException>(() => new FileTransactionStore(string.Empty));
    }

    protected override void Reopen()
    {
        _store.Dispose();
        _store = new FileTransactionStore(_path);
    }

    private Task CloseAsync(ulong nonce) =>
        _store.CloseAsync(Scope, Transaction(nonce).Hash, TransactionFate.Mined, CancellationToken.None);
}
