using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Transactions;

/// <summary>What every store promises; each store's tests are made of these and of its own.</summary>
public abstract class TransactionStoreContract : IDisposable
{
    protected static readonly AccountScope Scope = new(31337, Bytes32.Zero, Address.Zero);

    /// <summary>Whether what is saved outlives the store object.</summary>
    protected virtual bool IsDurable => true;

    [Fact]
    public async Task LoadOpenAsync_GivenNothing_givesNothing()
    {
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task LoadOpenAsync_GivenSavedOnes_givesThemByNonceUnchanged()
    {
        await SaveAsync(Transaction(10), Transaction(9), Transaction(ulong.MaxValue));
        var open = await OpenAsync();
        Assert.Equal([9UL, 10UL, ulong.MaxValue], open.Select(transaction => transaction.Nonce));
        AssertSame(Transaction(9), open[0]);
        AssertSame(Transaction(ulong.MaxValue), open[2]);
    }

    [Fact]
    public async Task SaveAsync_GivenReplacements_keepsAllOfANonce()
    {
        await SaveAsync(Transaction(1), Transaction(1, "dearer"), Transaction(2));
        var open = await OpenAsync();
        Assert.Equal([1UL, 1UL, 2UL], open.Select(transaction => transaction.Nonce));
        Assert.NotEqual(open[0].Hash, open[1].Hash);
    }

    [Fact]
    public async Task SaveAsync_GivenTheSameTwice_keepsItOnce()
    {
        await SaveAsync(Transaction(1), Transaction(1));
        Assert.Single(await OpenAsync());
    }

    [Theory]
    [InlineData(TransactionFate.Mined)]
    [InlineData(TransactionFate.Rejected)]
    [InlineData(TransactionFate.Superseded)]
    public async Task CloseAsync_GivenAFate_givesTheTransactionNoMore(TransactionFate fate)
    {
        await SaveAsync(Transaction(1), Transaction(2));
        await Store.CloseAsync(Scope, Transaction(1).Hash, fate, CancellationToken.None);
        Assert.Equal(2UL, Assert.Single(await OpenAsync()).Nonce);
    }

    [Fact]
    public async Task CloseAsync_GivenAnUnknownOrClosedOne_doesNothing()
    {
        await SaveAsync(Transaction(1), Transaction(2));
        for (var i = 0; i < 2; i++)
        {
            await Store.CloseAsync(Scope, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
            await Store.CloseAsync(Scope, Transaction(7).Hash, TransactionFate.Mined, CancellationToken.None);
        }

        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task SaveAsync_GivenAClosedOne_opensItAgain()
    {
        await SaveAsync(Transaction(1));
        await Store.CloseAsync(Scope, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
        await SaveAsync(Transaction(1));
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task LoadOpenAsync_GivenOtherAccountsAndChains_keepsThemApart()
    {
        await SaveAsync(Transaction(1));
        AccountScope[] others =
        [
            Scope with { ChainId = 1 },
            Scope with { GenesisHash = Keccak256.Hash([1]) },
            Scope with { Account = Address.Parse("0x00000000000000000000000000000000000000aa") },
        ];
        foreach (var other in others)
        {
            Assert.Empty(await Store.LoadOpenAsync(other, CancellationToken.None));
            await Store.CloseAsync(other, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
        }

        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task SaveAsync_GivenManyAtOnce_keepsAll()
    {
        await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            await SaveAsync(Transaction((ulong)i));
            if (i % 2 == 0)
            {
                await Store.CloseAsync(
                    Scope, Transaction((ulong)i).Hash, TransactionFate.Mined, CancellationToken.None);
            }
        })));
        Assert.Equal(50, (await OpenAsync()).Count);
    }

    [Fact]
    public async Task LoadOpenAsync_GivenAnotherRun_givesWhatIsOpen()
    {
        await SaveAsync(Transaction(2), Transaction(1), Transaction(3));
        await Store.CloseAsync(Scope, Transaction(1).Hash, TransactionFate.Mined, CancellationToken.None);
        if (IsDurable)
        {
            Reopen();
        }

        Assert.Equal([2UL, 3UL], (await OpenAsync()).Select(transaction => transaction.Nonce));
        AssertSame(Transaction(2), (await OpenAsync())[0]);
    }

    [Fact]
    public async Task AllMethods_GivenNull_throw()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => Store.SaveAsync(null!, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentNullException>(() => Store.LoadOpenAsync(null!, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentNullException>(
            () => Store.CloseAsync(null!, Bytes32.Zero, TransactionFate.Mined, CancellationToken.None));
    }

    public abstract void Dispose();

    protected abstract ITransactionStore Store { get; }

    /// <summary>Closes the store and opens it again, as another run does.</summary>
    protected abstract void Reopen();

    protected static StoredTransaction Transaction(ulong nonce, string description = "test") => new(
        Scope, nonce, Keccak256.Hash([(byte)(nonce & 0xff), (byte)description.Length]),
        [2, (byte)(nonce & 0xff)], description);

    protected async Task SaveAsync(params StoredTransaction[] transactions)
    {
        foreach (var transaction in transactions)
        {
            await Store.SaveAsync(transaction, CancellationToken.None);
        }
    }

    protected Task<IReadOnlyList<StoredTransaction>> OpenAsync() =>
        Store.LoadOpenAsync(Scope, CancellationToken.None);

    private static void AssertSame(StoredTransaction expected, StoredTransaction actual)
    {
        Assert.Equal(
            (expected.Scope, expected.Nonce, expected.Hash, expected.Description),
            (actual.Scope, actual.Nonce, actual.Hash, actual.Description));
        Assert.Equal(expected.Raw, actual.Raw);
    }
}
