using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Tests.Simulation;

namespace Pqms.Ethereum.Tests.Rpc;

public sealed class RetryingRpcTests
{
    private readonly FakeNode _node = new();

    public static TheoryData<RetryOptions, string> BadOptions => new()
    {
        { new RetryOptions { MaxAttempts = 0 }, "1 to 100" },
        { new RetryOptions { MaxAttempts = 101 }, "1 to 100" },
        { new RetryOptions { FirstPause = TimeSpan.FromTicks(-1) }, "0 to 60 s" },
    };

    [Theory]
    [InlineData(RpcFailure.Refused)]
    [InlineData(RpcFailure.TimedOut)]
    [InlineData(RpcFailure.Broken)]
    [InlineData(RpcFailure.Garbled)]
    public async Task SendAsync_WhenNoAnswerComes_asksAQuestionAgain(RpcFailure failure)
    {
        var asked = 0;
        _node.Before = _ => ++asked < 4 ? FakeNode.Unreachable(failure) : null;
        Assert.Equal(FakeNode.ChainId, await Retrying().ChainIdAsync());
        Assert.Equal(4, asked);
    }

    [Fact]
    public async Task SendAsync_WhenNoAnswerComesToTheEnd_throwsTheLastFailure()
    {
        var asked = 0;
        _node.Before = _ => FakeNode.Unreachable(++asked < 4 ? RpcFailure.Broken : RpcFailure.Refused);
        var exception = await Assert.ThrowsAsync<RpcUnreachableException>(() => Retrying().ChainIdAsync());
        Assert.Equal(RpcFailure.Refused, exception.Failure);
        Assert.Equal(4, asked);
    }

    // Twice the same call of these may act twice.
    [Theory]
    [InlineData("eth_sendRawTransaction")]
    [InlineData("eth_sendTransaction")]
    [InlineData("evm_mine")]
    [InlineData("eth_subscribe")]
    [InlineData("some_unknownMethod")]
    public async Task SendAsync_WhenTheMethodMayAct_asksOnce(string method)
    {
        var asked = 0;
        _node.Before = _ =>
        {
            asked++;
            return FakeNode.Unreachable(RpcFailure.TimedOut);
        };
        await Assert.ThrowsAsync<RpcUnreachableException>(
            () => Retrying().SendAsync(method, [Array.Empty<byte>()], CancellationToken.None));
        await Assert.ThrowsAsync<RpcUnreachableException>(
            () => Retrying().SendBatchAsync([new("eth_chainId"), new(method)], CancellationToken.None));
        Assert.Equal(2, asked);
        Assert.False(RetryingRpc.MayBeAskedTwice(method));
    }

    [Fact]
    public async Task SendBatchAsync_WhenAllMayBeAskedTwice_asksAgain()
    {
        var failures = 2;
        _node.Before = _ => failures-- > 0 ? FakeNode.Unreachable(RpcFailure.Broken) : null;
        var results = await Retrying().SendBatchAsync(
            [new("eth_chainId"), new("eth_blockNumber")], CancellationToken.None);
        Assert.Equal("0x0", results[1].Value.GetString());
    }

    [Fact]
    public async Task SendAsync_WhenTheNodeSaysNo_takesItForAnAnswer()
    {
        var asked = 0;
        _node.Before = method =>
        {
            asked++;
            return new RpcException(method, 3, "execution reverted");
        };
        await Assert.ThrowsAsync<RpcException>(() => Retrying().ChainIdAsync());
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(-32005, "limit exceeded")]
    [InlineData(-32000, "Too Many Requests")]
    public async Task SendAsync_WhenTheNodeIsTooBusy_asksAgain(long code, string message)
    {
        var refusals = 2;
        _node.Before = method => refusals-- > 0 ? new RpcException(method, code, message) : null;
        Assert.Equal(FakeNode.ChainId, await Retrying().ChainIdAsync());
    }

    [Fact]
    public async Task SendAsync_WhenCancelledInAPause_throwsCancellation()
    {
        using var source = new CancellationTokenSource();
        _node.Before = _ =>
        {
            source.Cancel();
            return FakeNode.Unreachable(RpcFailure.Broken);
        };
        var rpc = new RetryingRpc(_node, clock: new ManualTime());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rpc.ChainIdAsync(source.Token));
    }

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Constructor_WhenAnOptionIsOutOfRange_namesTheRange(RetryOptions options, string range)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new RetryingRpc(_node, options));
        Assert.Contains(range, exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new RetryingRpc(null!));
    }

    private RetryingRpc Retrying() => new(_node, clock: new ManualTime { JumpToTimers = true });
}
