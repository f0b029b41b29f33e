using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Simulation;

public sealed class TransactionSenderTests : IDisposable
{
    private static readonly Address Contract = Address.Parse("0x00000000000000000000000000000000000000aa");

    private readonly EthereumKey _key = EthereumKey.FromMnemonic(Mnemonic.Development, 0);
    private readonly FakeNode _node = new();
    private readonly MemoryTransactionStore _store = new();

    public void Dispose() => _key.Dispose();

    [Fact]
    public async Task SendAsync_GivenManyAtOnce_fillsOneBlockInOrder()
    {
        var sender = Sender();
        var pending = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => sender.SendAsync(Call((byte)i))));
        _node.Mine();
        Assert.Equal(50, _node.Chain[1].Transactions.Count);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => (ulong)i), pending.Select(p => p.Nonce).Order());
        var receipts = await Task.WhenAll(pending.Select(p => sender.ConfirmAsync(p)));
        Assert.All(receipts, receipt => Assert.Equal(1UL, receipt.BlockNumber));
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task SendAsync_WhenNodeTimesOutAfterAccepting_sendsTheSameBytesAgain()
    {
        var timeouts = 1;
        _node.After = method => method == "eth_sendRawTransaction" && timeouts-- > 0
            ? FakeNode.Unreachable(RpcFailure.TimedOut) : null;
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        Assert.Equal([pending.Hash, pending.Hash], _node.Sent.Select(sent => sent.Hash));
        _node.MineEvery = 3;
        await sender.ConfirmAsync(pending);
        Assert.Single(_node.Mined);
        Assert.Equal(1UL, (await sender.SendAsync(Call(2))).Nonce);
    }

    [Fact]
    public async Task ConfirmAsync_WhenTransactionGotLost_sendsTheSameBytesUntilMined()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        _node.LosePool();
        _node.MineEvery = 5;
        var receipt = await sender.ConfirmAsync(pending);
        Assert.Equal(pending.Hash, receipt.TransactionHash);
        Assert.All(_node.Sent, sent => Assert.Equal(pending.Hash, sent.Hash));
    }

    [Fact]
    public async Task SendAsync_WhenRefusedDefinitely_givesTheNonceToTheNextOne()
    {
        var refusals = 1;
        _node.Before = method => method == "eth_sendRawTransaction" && refusals-- > 0
            ? new RpcException(method, -32000, "insufficient funds for gas * price + value") : null;
        var sender = Sender();
        await Assert.ThrowsAsync<RpcException>(() => sender.SendAsync(Call(1)));
        Assert.Empty(await OpenAsync());
        Assert.Equal(0UL, (await sender.SendAsync(Call(2))).Nonce);
    }

    [Fact]
    public async Task SendAsync_WhenNobodyListens_throwsAndKeepsNoNonce()
    {
        var sender = Sender();
        await sender.StartAsync();
        _node.Before = method => method == "eth_sendRawTransaction" ? FakeNode.Unreachable(RpcFailure.Refused) : null;
        await Assert.ThrowsAsync<RpcUnreachableException>(() => sender.SendAsync(Call(1)));
        _node.Before = _ => null;
        Assert.Equal(0UL, (await sender.SendAsync(Call(2))).Nonce);
    }

    [Fact]
    public async Task SendAsync_WhenContractWouldRevert_throwsItsErrorBeforeAnyNonce()
    {
        _node.Reverting = Contract;
        _node.RevertData = [0xab, 0xcd, 0xef, 0x01];
        var sender = Sender(data => data[0] == 0xab ? new ContractError("Own", "Own(5)") : null);
        var exception = await Assert.ThrowsAsync<RevertException>(() => sender.SendAsync(Call(1)));
        Assert.Equal("Own(5)", exception.Decoded!.Text);
        Assert.Contains("test(uint8)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(0UL, await sender.NextNonceAsync());
        Assert.Empty(_node.Sent);
    }

    [Fact]
    public async Task ConfirmAsync_WhenMinedReverted_throwsTheErrorWithReceipt()
    {
        _node.Reverting = Contract;
        _node.RevertData = [0xab, 0xcd, 0xef, 0x01];
        var sender = Sender(data => data[0] == 0xab ? new ContractError("Own", "Own(5)") : null);
        var pending = await sender.SendAsync(Call(1), gasLimit: 100_000);
        _node.Mine();
        var exception = await Assert.ThrowsAsync<RevertException>(() => sender.ConfirmAsync(pending));
        Assert.Equal("Own(5)", exception.Decoded!.Text);
        Assert.Equal(pending.Hash, exception.Receipt!.TransactionHash);
        Assert.Empty(await OpenAsync());
        Assert.Equal(1UL, await sender.NextNonceAsync());
    }

    [Fact]
    public async Task SendAsync_WhenAnotherWriterTookTheNonce_signsAnew()
    {
        var sender = Sender();
        await sender.StartAsync();
        var other = new TransactionSender(_node, _key, FakeNode.ChainId, new MemoryTransactionStore());
        await other.SendAsync(Call(7));
        await other.SendAsync(Call(8));
        _node.Mine();
        await other.SendAsync(Call(9));
        var pending = await sender.SendAsync(Call(1));
        Assert.Equal(3UL, pending.Nonce);
        _node.Mine();
        Assert.Equal(4, _node.Mined.Count);
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task ConfirmAsync_WhenAnotherTransactionTookTheNonce_says()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        _node.LosePool();
        var other = new TransactionSender(_node, _key, FakeNode.ChainId, new MemoryTransactionStore());
        await other.SendAsync(Call(7));
        _node.Mine();
        await Assert.ThrowsAsync<TransactionSupersededException>(() => sender.ConfirmAsync(pending));
        Assert.Empty(await OpenAsync());
        Assert.Equal(1UL, (await sender.SendAsync(Call(2))).Nonce);
    }

    [Fact]
    public async Task StartAsync_GivenOpenTransactionsOfAnEarlierRun_sendsTheSameBytes()
    {
        _node.Before = method => method == "eth_sendRawTransaction" ? FakeNode.Unreachable(RpcFailure.TimedOut) : null;
        var first = await Sender().SendAsync(Call(1));
        Assert.Empty(_node.Sent);
        _node.Before = _ => null;

        var sender = Sender();
        var recovered = Assert.Single(await sender.StartAsync());
        Assert.Equal(first.Hash, recovered.Hash);
        Assert.Equal(1UL, (await sender.SendAsync(Call(2))).Nonce);
        _node.Mine();
        Assert.Equal(first.Hash, (await sender.ConfirmAsync(recovered)).TransactionHash);
        Assert.Equal(2, _node.Mined.Count);
    }

    [Fact]
    public async Task StartAsync_GivenAnotherGenesis_sendsNothingOfTheOldChain()
    {
        _node.Before = method => method == "eth_sendRawTransaction" ? FakeNode.Unreachable(RpcFailure.TimedOut) : null;
        await Sender().SendAsync(Call(1));
        var restarted = new FakeNode(genesisSalt: 99);
        var sender = new TransactionSender(restarted, _key, FakeNode.ChainId, _store);
        Assert.Empty(await sender.StartAsync());
        Assert.Empty(restarted.Sent);
    }

    [Fact]
    public async Task SendAsync_WhenChainIsAnother_signsNothing()
    {
        var sender = new TransactionSender(_node, _key, 1, _store);
        var exception = await Assert.ThrowsAsync<ChainMismatchException>(() => sender.SendAsync(Call(1)));
        Assert.Contains("31337", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task SendAsync_WhenAnythingIsSent_wasKeptBefore()
    {
        var kept = 0;
        _node.Before = method =>
        {
            kept = method == "eth_sendRawTransaction" ? OpenAsync().Result.Count : kept;
            return null;
        };
        await Sender().SendAsync(Call(1));
        Assert.Equal(1, kept);
    }

    [Fact]
    public async Task ConfirmAsync_WhenNodeStaysAway_tellsAfterABoundedTime()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        _node.Before = _ => FakeNode.Unreachable(RpcFailure.Refused);
        await Assert.ThrowsAsync<RpcUnreachableException>(() => sender.ConfirmAsync(pending));
        Assert.Single(await OpenAsync());
        _node.Before = _ => null;
        _node.Mine();
        await sender.ConfirmAsync(pending);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task ConfirmAsync_WhenCancelled_leavesTheTransactionKept()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        using var source = new CancellationTokenSource();
        var waiting = sender.ConfirmAsync(pending, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Single(await OpenAsync());
    }

    private static ContractCall Call(byte argument) => new(Contract, [1, 2, 3, 4, argument], "test(uint8)");

    private TransactionSender Sender(ErrorDecoder? errors = null) =>
        new(_node, _key, FakeNode.ChainId, _store, clock: new ManualTime { JumpToTimers = true }) { Errors = errors };

    private Task<IReadOnlyList<StoredTransaction>> OpenAsync() =>
        _store.LoadOpenAsync(new AccountScope(FakeNode.ChainId, _node.Chain[0].Hash, _key.Address),
            CancellationToken.None);
}
