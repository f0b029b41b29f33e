using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Simulation;

/// <summary>What the sender does about transactions that stay away: dearer replacements, gaps, reorganisations,
/// cancellations.</summary>
public sealed class TransactionRepairTests : SenderFixture
{
    private static readonly UInt256 Gwei = Ether.WeiPerGwei;

    [Fact]
    public async Task ConfirmAsync_WhenTheBaseFeeJumps_replacesBothFeesByATenthOrMore()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        Node.BaseFee = 50 * Gwei;
        Node.MineEvery = 10;
        var receipt = await sender.ConfirmAsync(pending);
        var mined = Assert.Single(Node.Mined);
        Assert.Equal(receipt.TransactionHash, mined.Hash);
        Assert.NotEqual(pending.Hash, mined.Hash);
        Assert.Equal(pending.Transaction.Data, mined.Data);
        Assert.True(mined.MaxFee >= 50 * Gwei);
        Assert.True(mined.MaxPriority * 10 >= pending.Transaction.MaxPriorityFeePerGas * 11);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task ConfirmAsync_WhenTheNodeRefusesTheFee_replacesAtOnce()
    {
        var sender = Sender(new SenderOptions { ReplaceAfter = TimeSpan.FromDays(1) });
        var pending = await sender.SendAsync(Call(1));
        Node.BaseFee = 50 * Gwei;
        Node.RefusesBelowBaseFee = true;
        Node.LosePool();
        Node.MineEvery = 10;
        await sender.ConfirmAsync(pending);
        Assert.Single(Node.Mined);
    }

    [Fact]
    public async Task SendAsync_WhenTheFeeRoseSinceItWasAsked_asksAgainAndSignsAnew()
    {
        var sender = Sender();
        await sender.SendAsync(Call(1));
        Node.BaseFee = 50 * Gwei;
        Node.RefusesBelowBaseFee = true;
        var pending = await sender.SendAsync(Call(2));
        Assert.Equal(1UL, pending.Nonce);
        Assert.True(pending.Transaction.MaxFeePerGas >= 100 * Gwei);
        Assert.Equal(2, (await OpenAsync()).Count);
    }

    [Fact]
    public async Task ConfirmAsync_WhenTheLimitForbidsAReplacement_waitsForTheFeeToFall()
    {
        var sender = Sender(new SenderOptions { MaxFeePerGasLimit = 2 * Gwei });
        var pending = await sender.SendAsync(Call(1));
        Node.BaseFee = 500 * Gwei;
        Node.MineEvery = 10;
        var looks = 0;
        Node.Before = method =>
        {
            Node.BaseFee = method == "eth_blockNumber" && ++looks == 2_000 ? 7 : Node.BaseFee;
            return null;
        };
        await sender.ConfirmAsync(pending);
        Assert.True(looks >= 2_000);
        Assert.All(Node.Sent, sent => Assert.Equal(pending.Hash, sent.Hash));
    }

    [Fact]
    public async Task SendAsync_WhenTheNetworkIsDearerThanAllowed_signsNothing()
    {
        Node.BaseFee = 500 * Gwei;
        var sender = Sender(new SenderOptions { MaxFeePerGasLimit = 100 * Gwei });
        var exception = await Assert.ThrowsAsync<FeeLimitException>(() => sender.SendAsync(Call(1)));
        Assert.Equal(100 * Gwei, exception.Limit);
        Assert.Empty(await OpenAsync());
        Assert.Equal(0UL, await sender.NextNonceAsync());
    }

    [Fact]
    public async Task ConfirmAsync_WhenAnEarlierOneGotLost_sendsThatAgainThoughNobodyWaitsForIt()
    {
        var sender = Sender();
        await sender.SendAsync(Call(1));
        var second = await sender.SendAsync(Call(2));
        Node.LosePool(transaction => transaction.Nonce == 0);
        Node.MineEvery = 10;
        await sender.ConfirmAsync(second);
        Assert.Equal([(byte)1, (byte)2], Node.Mined.Select(transaction => transaction.Data[^1]));
        Assert.Empty(await OpenAsync());
    }

    // Nonce 0 was refused after nonce 1 was kept: without the filling, nonce 1 would wait for ever.
    [Fact]
    public async Task ConfirmAsync_GivenAGapInTheNonces_fillsItWithAnEmptyTransfer()
    {
        var sender = Sender();
        await sender.SendAsync(Call(1));
        var second = await sender.SendAsync(Call(2));
        var scope = new AccountScope(FakeNode.ChainId, Node.Chain[0].Hash, Key.Address);
        await Store.CloseAsync(scope, (await OpenAsync())[0].Hash, TransactionFate.Rejected, CancellationToken.None);
        Node.LosePool();
        Node.MineEvery = 10;
        var restarted = Sender();
        var recovered = Assert.Single(await restarted.StartAsync());
        Assert.Equal(second.Hash, recovered.Hash);
        await restarted.ConfirmAsync(recovered);
        Assert.Equal(2, Node.Mined.Count);
        Assert.Equal(Key.Address, Node.Mined[0].To);
        Assert.Empty(Node.Mined[0].Data);
        Assert.Equal(2UL, await restarted.NextNonceAsync());
    }

    [Fact]
    public async Task ConfirmAsync_WhenAReorganisationTakesMinedOnesBack_sendsThemAgain()
    {
        var sender = Sender();
        foreach (byte i in new byte[] { 1, 2, 3 })
        {
            var pending = await sender.SendAsync(Call(i));
            Node.Mine();
            await sender.ConfirmAsync(pending);
        }

        Node.Reorganise(2, newBlocks: 0);
        Node.LosePool();
        Node.Mine(3);
        Assert.Single(Node.Mined);
        var last = await sender.SendAsync(Call(4));
        Node.MineEvery = 10;
        await sender.ConfirmAsync(last);
        Assert.Equal(4, Node.Mined.Count);
        Assert.Equal([1, 2, 3, 4], Node.Mined.Select(transaction => (int)transaction.Data[^1]).Order());
    }

    [Fact]
    public async Task ConfirmAsync_GivenConfirmations_waitsAndSurvivesAReorganisation()
    {
        var sender = Sender(new SenderOptions { Confirmations = 3 });
        var pending = await sender.SendAsync(Call(1));
        Node.Mine(2);
        var waiting = sender.ConfirmAsync(pending);
        Node.Reorganise(2, 1);
        Node.LosePool();
        Assert.Single(await OpenAsync());
        Node.MineEvery = 10;
        var receipt = await waiting;
        Assert.True(Node.Chain.Count - 1 >= (int)receipt.BlockNumber + 3);
        Assert.Contains(Node.Chain[(int)receipt.BlockNumber].Transactions, mined => mined.Hash == pending.Hash);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task CancelAsync_GivenAPendingTransaction_minesAnEmptyTransferInstead()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        var waiting = sender.ConfirmAsync(pending);
        Node.BlockSize = () => 0;
        Node.MineEvery = 10;
        var cancelling = sender.CancelAsync(pending);
        Node.BlockSize = () => int.MaxValue;
        var result = await cancelling;
        Assert.True(result.IsCancelled);
        var mined = Assert.Single(Node.Mined);
        Assert.Equal(mined.Hash, result.Receipt.TransactionHash);
        Assert.Equal(Key.Address, mined.To);
        var exception = await Assert.ThrowsAsync<TransactionCancelledException>(() => waiting);
        Assert.Equal(mined.Hash, exception.Receipt.TransactionHash);
        Assert.Empty(await OpenAsync());
        Assert.Equal(1UL, await sender.NextNonceAsync());
    }

    [Fact]
    public async Task CancelAsync_WhenItWasMinedBefore_says()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        Node.Mine();
        var result = await sender.CancelAsync(pending);
        Assert.False(result.IsCancelled);
        Assert.Equal(pending.Hash, result.Receipt.TransactionHash);
        Assert.Single(Node.Sent);
    }

    [Fact]
    public async Task CancelAsync_WhenTheFeesWouldPassTheLimit_throws()
    {
        var sender = Sender(new SenderOptions { MaxFeePerGasLimit = Gwei + 14 });
        var pending = await sender.SendAsync(Call(1));
        await Assert.ThrowsAsync<FeeLimitException>(() => sender.CancelAsync(pending));
        Assert.Single(await OpenAsync());
    }

    [Fact]
    public async Task StartAsync_GivenAReplacementOfAnEarlierRun_takesBothAsOne()
    {
        var first = await Sender().SendAsync(Call(1));
        Node.LosePool();
        Node.BaseFee = 50 * Gwei;
        var sender = Sender();
        Assert.Single(await sender.StartAsync());
        using var source = new CancellationTokenSource();
        var sends = Node.Sent.Count;
        Node.Before = _ =>
        {
            if (Node.Sent.Select(sent => sent.Hash).Distinct().Count() == 2)
            {
                source.Cancel();
            }

            return null;
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.ConfirmAsync(first, source.Token));
        Node.Before = _ => null;
        Assert.Equal(2, (await OpenAsync()).Count);

        var third = Sender();
        var recovered = Assert.Single(await third.StartAsync());
        Assert.Equal(first.Hash, recovered.Hash);
        Assert.Equal(1UL, await third.NextNonceAsync());
        Node.MineEvery = 10;
        var receipt = await third.ConfirmAsync(recovered);
        Assert.NotEqual(first.Hash, receipt.TransactionHash);
        Assert.Single(Node.Mined);
        Assert.Empty(await OpenAsync());
        Assert.True(Node.Sent.Count > sends);
    }

    [Fact]
    public async Task ConfirmAsync_WhenAskedTwiceAfterAReplacement_givesTheReplacementsReceipt()
    {
        var sender = Sender();
        var pending = await sender.SendAsync(Call(1));
        Node.BaseFee = 50 * Gwei;
        Node.MineEvery = 10;
        var first = await sender.ConfirmAsync(pending);
        var second = await sender.ConfirmAsync(pending);
        Assert.Equal(first.TransactionHash, second.TransactionHash);
    }

    // A development node that restarts has the same id: what is kept for the old chain must not reach the new one.
    [Fact]
    public async Task ConfirmAsync_WhenAnotherChainTakesThePlace_sendsNothingThere()
    {
        var node = Node;
        var switching = new SwitchingRpc(() => node);
        var sender = new TransactionSender(
            switching, Key, FakeNode.ChainId, Store, clock: new ManualTime { JumpToTimers = true });
        var pending = await sender.SendAsync(Call(1));
        node.LosePool();
        var restarted = new FakeNode(genesisSalt: 9);
        node.Before = _ =>
        {
            node = restarted;
            return FakeNode.Unreachable(RpcFailure.Broken);
        };
        await Assert.ThrowsAsync<ChainMismatchException>(() => sender.ConfirmAsync(pending));
        Assert.Empty(restarted.Sent);
        Assert.Single(await OpenAsync());
        await Assert.ThrowsAsync<ChainMismatchException>(() => sender.SendAsync(Call(2)));
        Assert.Single(await OpenAsync());
    }

    private sealed class SwitchingRpc(Func<IEthereumRpc> current) : IEthereumRpc
    {
        public Task<System.Text.Json.JsonElement> SendAsync(
            string method, object?[] parameters, CancellationToken cancellationToken) =>
            current().SendAsync(method, parameters, cancellationToken);

        public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
            IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) =>
            current().SendBatchAsync(calls, cancellationToken);
    }
}
