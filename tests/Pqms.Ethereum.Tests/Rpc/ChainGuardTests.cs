using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Tests.Simulation;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Tests.Rpc;

public sealed class ChainGuardTests
{
    private readonly FakeNode _node = new();

    [Fact]
    public async Task EnsureAsync_WhenTheChainIsRight_asksOnlyInDoubt()
    {
        var asked = 0;
        _node.Before = method =>
        {
            asked += method == "eth_chainId" ? 1 : 0;
            return null;
        };
        var guard = new ChainGuard(_node, FakeNode.ChainId);
        Assert.True(guard.IsInDoubt);
        Assert.Equal(_node.Chain[0].Hash, await guard.EnsureAsync());
        await guard.EnsureAsync();
        Assert.Equal(1, asked);
        _node.Before = _ => FakeNode.Unreachable(RpcFailure.Broken);
        await Assert.ThrowsAsync<RpcUnreachableException>(() => guard.BlockNumberAsync());
        Assert.True(guard.IsInDoubt);
        await Assert.ThrowsAsync<RpcUnreachableException>(() => guard.EnsureAsync());
        Assert.True(guard.IsInDoubt);
        _node.Before = _ => null;
        await guard.EnsureAsync();
        Assert.False(guard.IsInDoubt);
    }

    [Fact]
    public async Task EnsureAsync_WhenTheIdIsAnother_throwsWithBoth()
    {
        var exception = await Assert.ThrowsAsync<ChainMismatchException>(() => new ChainGuard(_node, 1).EnsureAsync());
        Assert.Contains("31337", exception.Message, StringComparison.Ordinal);
        Assert.Contains("only chain 1 is", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EnsureAsync_WhenAChainOfTheSameIdTookThePlace_throws()
    {
        var guard = new ChainGuard(_node, FakeNode.ChainId);
        await guard.EnsureAsync();
        _node.Before = _ => FakeNode.Unreachable(RpcFailure.Refused);
        await Assert.ThrowsAsync<RpcUnreachableException>(
            () => guard.SendBatchAsync([new("eth_blockNumber")], CancellationToken.None));
        _node.Before = _ => null;
        _node.Chain.Clear();
        _node.Chain.AddRange(new FakeNode(genesisSalt: 3).Chain);
        await Assert.ThrowsAsync<ChainMismatchException>(() => guard.EnsureAsync());
        await Assert.ThrowsAsync<ChainMismatchException>(() => guard.EnsureAsync());
    }

    [Fact]
    public void Constructor_WhenArgumentsAreBad_throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChainGuard(_node, 0));
        Assert.Throws<ArgumentNullException>(() => new ChainGuard(null!, 1));
    }
}
