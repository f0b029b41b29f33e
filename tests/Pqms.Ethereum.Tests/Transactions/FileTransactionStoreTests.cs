using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Transactions;

public sealed class FileTransactionStoreTests : IDisposable
{
    private static readonly AccountScope Scope = new(31337, Bytes32.Zero, Address.Zero);

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task LoadOpenAsync_GivenEarlierRun_givesWhatIsOpen()
    {
        using (var store = new FileTransactionStore(_path))
        {
            await store.SaveAsync(Transaction(2), CancellationToken.None);
            await store.SaveAsync(Transaction(1), CancellationToken.None);
            await store.SaveAsync(Transaction(3), CancellationToken.None);
            await store.CloseAsync(Scope, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
        }

        using var again = new FileTransactionStore(_path);
        var open = await again.LoadOpenAsync(Scope, CancellationToken.None);
        Assert.Equal([2UL, 3UL], open.Select(transaction => transaction.Nonce));
        Assert.Equal(Transaction(2).Raw, open[0].Raw);
        Assert.Equal(Transaction(2).Hash, open[0].Hash);
        Assert.Empty(await again.LoadOpenAsync(Scope with { ChainId = 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task Constructor_WhenLastLineIsTorn_dropsIt()
    {
        using (var store = new FileTransactionStore(_path))
        {
            await store.SaveAsync(Transaction(1), CancellationToken.None);
            await store.SaveAsync(Transaction(2), CancellationToken.None);
        }

        var bytes = await File.ReadAllBytesAsync(_path);
        await File.WriteAllBytesAsync(_path, bytes[..^20]);
        using (var again = new FileTransactionStore(_path))
        {
            Assert.Single(await again.LoadOpenAsync(Scope, CancellationToken.None));
            await again.SaveAsync(Transaction(3), CancellationToken.None);
        }

        using var third = new FileTransactionStore(_path);
        Assert.Equal([1UL, 3UL], (await third.LoadOpenAsync(Scope, CancellationToken.None)).Select(t => t.Nonce));
    }

    [Fact]
    public async Task Constructor_WhenNothingIsOpen_emptiesTheFile()
    {
        using (var store = new FileTransactionStore(_path))
        {
            await store.SaveAsync(Transaction(1), CancellationToken.None);
            await store.CloseAsync(Scope, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
        }

        new FileTransactionStore(_path).Dispose();
        Assert.Equal(0, new FileInfo(_path).Length);
    }

    [Fact]
    public void Constructor_WhenFileIsOpenElsewhere_throws()
    {
        using var store = new FileTransactionStore(_path);
        Assert.Throws<IOException>(() => new FileTransactionStore(_path));
    }

    [Theory]
    [InlineData("hello\n")]
    [InlineData("{}\n")]
    [InlineData("null\n")]
    public void Constructor_WhenFileIsAnotherKind_throwsAndKeepsIt(string content)
    {
        File.WriteAllText(_path, content);
        var exception = Assert.Throws<FormatException>(() => new FileTransactionStore(_path));
        Assert.Contains("line 1", exception.Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(_path));
    }

    private static StoredTransaction Transaction(ulong nonce) =>
        new(Scope, nonce, Ethereum.Crypto.Keccak256.Hash([(byte)nonce]), [2, (byte)nonce], "test");
}
