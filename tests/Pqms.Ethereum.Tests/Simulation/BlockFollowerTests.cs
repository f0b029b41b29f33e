using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Simulation;

public sealed class BlockFollowerTests
{
    private readonly FakeNode _node = new() { LogsPerBlock = 2 };

    [Fact]
    public async Task FollowAsync_GivenAChain_tellsEveryBlockWithItsLogs()
    {
        _node.Mine(250);
        var reader = new FollowerReader(_node, new FollowerOptions { StartBlock = 3, BlocksPerRange = 40 });
        await reader.CatchUpAsync();
        Assert.Equal(248, reader.View.Count);
        Assert.Equal(3UL, reader.View[0].Header.Number);
        Assert.Equal(_node.CanonicalLogs().Where(log => log.BlockNumber >= 3), reader.Logs);
        Assert.Contains(reader.View, block => block.Logs.Length == 0);
        Assert.All(reader.View, block => Assert.Equal(250UL, block.HeadNumber));
    }

    [Fact]
    public async Task FollowAsync_WhenCaughtUp_asksOnceALook()
    {
        var methods = new List<string>();
        _node.Mine(5);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Before = method =>
        {
            methods.Add(method);
            return null;
        };
        _node.Mine();
        await reader.CatchUpAsync();
        Assert.Equal(["eth_getBlockByNumber", "eth_getLogs"], methods);
    }

    // Filters that a node keeps die behind load balancers and with the node.
    [Fact]
    public async Task FollowAsync_GivenReorganisationsAndRefusals_usesNoFilterThatANodeKeeps()
    {
        var methods = new HashSet<string>(StringComparer.Ordinal);
        _node.LargestRange = 7;
        _node.Mine(50);
        _node.Before = method =>
        {
            methods.Add(method);
            return null;
        };
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Reorganise(5, 6);
        await reader.CatchUpAsync();
        Assert.Equal(["eth_getBlockByNumber", "eth_getLogs"], methods.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Depths))]
    public async Task FollowAsync_WhenReorganised_removesAndAddsExactlyTheDifference(int depth)
    {
        _node.Mine(30);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        var fork = _node.Chain[30 - depth].Hash;
        _node.Reorganise(depth, depth + 1);
        await reader.CatchUpAsync();
        var removal = Assert.IsType<BlocksRemoved>(reader.Updates[31]);
        Assert.Equal(depth, removal.Removed.Length);
        Assert.Equal((ulong)(31 - depth), removal.FirstNumber);
        Assert.Equal(30UL, removal.Removed[0].Number);
        Assert.Equal(fork, removal.Removed[^1].ParentHash);
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_WhenReorganisedToTheSameHeight_tells()
    {
        _node.Mine(10);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Reorganise(2, 2);
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_WhenReorganisedToALowerHeight_tells()
    {
        _node.Mine(10);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Reorganise(5, 2);
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_WhenANodeLagsBehind_removesNothing()
    {
        _node.Mine(20);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        var told = reader.Updates.Count;
        _node.ClaimedHead = 12;
        await reader.LookAsync(10);
        Assert.Equal(told, reader.Updates.Count);
        _node.ClaimedHead = null;
        _node.Mine();
        await reader.CatchUpAsync();
        Assert.Equal(told + 1, reader.Updates.Count);
    }

    [Fact]
    public async Task FollowAsync_WhenRangesAreRefused_usesSmallerOnes()
    {
        _node.LargestRange = 7;
        _node.Mine(200);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_GivenConfirmations_staysBehindTheHead()
    {
        _node.Mine(20);
        var reader = new FollowerReader(_node, new FollowerOptions { Confirmations = 5 });
        await reader.LookAsync(60);
        Assert.Equal(15UL, reader.View[^1].Header.Number);
        _node.Reorganise(5, 8);
        await reader.LookAsync(60);
        Assert.DoesNotContain(reader.Updates, update => update is BlocksRemoved);
        Assert.Equal(18UL, reader.View[^1].Header.Number);
    }

    [Fact]
    public async Task FollowAsync_WhenStartHashIsAnother_throws()
    {
        _node.Mine(5);
        var options = new FollowerOptions { StartBlock = 2, StartHash = Bytes32.Zero };
        await Assert.ThrowsAsync<FollowerException>(() => new FollowerReader(_node, options).CatchUpAsync());
        var reader = new FollowerReader(_node, options with { StartHash = _node.Chain[2].Hash });
        await reader.CatchUpAsync();
        Assert.Equal(4, reader.View.Count);
    }

    [Fact]
    public async Task FollowAsync_WhenChainIsStartedAnew_throws()
    {
        _node.Mine(5);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Chain.Clear();
        _node.Chain.AddRange(new FakeNode(genesisSalt: 7).Chain);
        _node.Mine(3);
        await Assert.ThrowsAsync<FollowerException>(() => reader.LookAsync(20));
    }

    [Fact]
    public async Task FollowAsync_WhenReorganisationIsTooDeep_throws()
    {
        _node.Mine(40);
        var reader = new FollowerReader(_node, new FollowerOptions { MaxReorgDepth = 8 });
        await reader.CatchUpAsync();
        _node.Reorganise(20, 21);
        var exception = await Assert.ThrowsAsync<FollowerException>(() => reader.LookAsync(20));
        Assert.Contains("at most 8", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowAsync_WhenNodeIsAwayForAWhile_goesOn()
    {
        _node.Mine(5);
        var failures = 20;
        _node.Before = _ => failures-- > 0 ? FakeNode.Unreachable(RpcFailure.Refused) : null;
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_WhenNodeStaysAway_throwsAfterItsBound()
    {
        var asked = 0;
        _node.Before = _ =>
        {
            asked++;
            return FakeNode.Unreachable(RpcFailure.Refused);
        };
        var reader = new FollowerReader(_node, new FollowerOptions { MaxFailures = 9 });
        await Assert.ThrowsAsync<RpcUnreachableException>(() => reader.LookAsync(100));
        Assert.Equal(9, asked);
    }

    [Fact]
    public async Task FollowAsync_GivenAHeadTag_tellsUpToThatBlock()
    {
        _node.Mine(20);
        _node.SafeHead = 14;
        var reader = new FollowerReader(_node, new FollowerOptions { Head = BlockTag.Safe });
        await reader.LookAsync(20);
        Assert.Equal(14UL, reader.View[^1].Header.Number);
        _node.SafeHead = 18;
        await reader.LookAsync(20);
        Assert.Equal(18UL, reader.View[^1].Header.Number);
    }

    // A member of a load balancer that lags gives no events for blocks that it doesn't have: none may be taken as told.
    [Fact]
    public async Task FollowAsync_WhenTheNodeWithTheEventsLags_losesNone()
    {
        _node.Mine(100);
        var isLagging = false;
        _node.Lag = () => isLagging ? 30 : 0;
        var batches = 0;
        var asked = 0;
        _node.Before = method =>
        {
            // The headers come from a node that is up to date, the batch with the events from one that isn't.
            isLagging = method == "eth_getBlockByNumber" && ++asked % 3 == 0 && batches++ < 3;
            return null;
        };
        _node.IsLagAskedAfterBefore = true;
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        AssertCanonical(reader);
        Assert.True(batches >= 3);
    }

    public static TheoryData<int> Depths() => [.. Enumerable.Range(1, 20)];

    private void AssertCanonical(FollowerReader reader)
    {
        Assert.Equal(_node.Chain.Select(block => block.Hash), reader.View.Select(block => block.Header.Hash));
        Assert.Equal(_node.CanonicalLogs(), reader.Logs);
    }
}
