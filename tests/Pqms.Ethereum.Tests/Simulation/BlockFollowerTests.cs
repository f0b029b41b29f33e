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
        var reader = new Reader(_node, new FollowerOptions { StartBlock = 3, BlocksPerRange = 40 });
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
        var reader = new Reader(_node, new FollowerOptions());
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

    [Theory]
    [MemberData(nameof(Depths))]
    public async Task FollowAsync_WhenReorganised_removesAndAddsExactlyTheDifference(int depth)
    {
        _node.Mine(30);
        var reader = new Reader(_node, new FollowerOptions());
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
        var reader = new Reader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Reorganise(2, 2);
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_WhenReorganisedToALowerHeight_tells()
    {
        _node.Mine(10);
        var reader = new Reader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        _node.Reorganise(5, 2);
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_WhenANodeLagsBehind_removesNothing()
    {
        _node.Mine(20);
        var reader = new Reader(_node, new FollowerOptions());
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
        var reader = new Reader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        AssertCanonical(reader);
    }

    [Fact]
    public async Task FollowAsync_GivenConfirmations_staysBehindTheHead()
    {
        _node.Mine(20);
        var reader = new Reader(_node, new FollowerOptions { Confirmations = 5 });
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
        await Assert.ThrowsAsync<FollowerException>(() => new Reader(_node, options).CatchUpAsync());
        var reader = new Reader(_node, options with { StartHash = _node.Chain[2].Hash });
        await reader.CatchUpAsync();
        Assert.Equal(4, reader.View.Count);
    }

    [Fact]
    public async Task FollowAsync_WhenChainIsStartedAnew_throws()
    {
        _node.Mine(5);
        var reader = new Reader(_node, new FollowerOptions());
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
        var reader = new Reader(_node, new FollowerOptions { MaxReorgDepth = 8 });
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
        var reader = new Reader(_node, new FollowerOptions());
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
        var reader = new Reader(_node, new FollowerOptions { MaxFailures = 9 });
        await Assert.ThrowsAsync<RpcUnreachableException>(() => reader.LookAsync(100));
        Assert.Equal(9, asked);
    }

    // The chain changes between any two questions, questions fail, ranges are refused: what is told, removals
    // applied, is the canonical chain, and at every moment a chain of parents.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task FollowAsync_GivenHostileNode_endsAtTheCanonicalChain(int seed)
    {
        var random = new Random(seed);
        _node.Mine(30);
        _node.LargestRange = 16;
        var changes = 300;
        _node.Before = method =>
        {
            if (changes > 0 && random.Next(3) == 0)
            {
                changes--;
                var depth = random.Next(Math.Min(20, _node.Chain.Count - 1));
                if (random.Next(2) == 0)
                {
                    _node.Mine(random.Next(1, 4));
                }
                else
                {
                    _node.Reorganise(depth, random.Next(1, depth + 3));
                }
            }

            return random.Next(15) == 0 ? FakeNode.Unreachable(RpcFailure.TimedOut) : null;
        };
        var reader = new Reader(_node, new FollowerOptions());
        while (changes > 0)
        {
            await reader.LookAsync(50);
        }

        _node.Before = _ => null;
        await reader.CatchUpAsync();
        AssertCanonical(reader);
        Assert.Contains(reader.Updates, update => update is BlocksRemoved { Removed.Length: > 3 });
    }

    public static TheoryData<int> Depths() => [.. Enumerable.Range(1, 20)];

    private void AssertCanonical(Reader reader)
    {
        Assert.Equal(_node.Chain.Select(block => block.Hash), reader.View.Select(block => block.Header.Hash));
        Assert.Equal(_node.CanonicalLogs(), reader.Logs);
    }

    /// <summary>A consumer that applies updates; it stops following after so many looks of the follower.</summary>
    private sealed class Reader(FakeNode node, FollowerOptions options)
    {
        private readonly BlockFollower _follower = new(node, options, new ManualTime { JumpToTimers = true });

        public List<FollowerUpdate> Updates { get; } = [];

        public List<BlockAdded> View { get; } = [];

        public IEnumerable<LogEntry> Logs => View.SelectMany(block => block.Logs);

        private bool IsCaughtUp => View.Count > 0 && View[^1].Header.Hash == node.Chain[^1].Hash;

        public async Task CatchUpAsync()
        {
            if (IsCaughtUp)
            {
                return;
            }

            await foreach (var update in _follower.FollowAsync())
            {
                Apply(update);
                if (IsCaughtUp)
                {
                    return;
                }
            }
        }

        public async Task LookAsync(int requests)
        {
            using var source = new CancellationTokenSource();
            var before = node.Before;
            node.Before = method =>
            {
                if (requests-- == 0)
                {
                    source.Cancel();
                }

                return before(method);
            };
            try
            {
                await foreach (var update in _follower.FollowAsync(source.Token))
                {
                    Apply(update);
                }
            }
            catch (OperationCanceledException)
            {
                // The agreed number of looks is over.
            }
            finally
            {
                node.Before = before;
            }
        }

        private void Apply(FollowerUpdate update)
        {
            Updates.Add(update);
            switch (update)
            {
                case BlockAdded added:
                    if (View.Count > 0)
                    {
                        Assert.Equal(View[^1].Header.Hash, added.Header.ParentHash);
                        Assert.Equal(View[^1].Header.Number + 1, added.Header.Number);
                    }

                    Assert.Equal(node.LogCount(added.Header.Hash), added.Logs.Length);
                    View.Add(added);
                    break;
                case BlocksRemoved removed:
                    foreach (var header in removed.Removed)
                    {
                        Assert.Equal(header, View[^1].Header);
                        View.RemoveAt(View.Count - 1);
                    }

                    Assert.Equal(removed.FirstNumber, removed.Removed[^1].Number);
                    break;
            }
        }
    }
}
