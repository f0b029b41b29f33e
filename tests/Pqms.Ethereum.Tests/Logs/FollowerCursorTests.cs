using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Tests.Simulation;

namespace Pqms.Ethereum.Tests.Logs;

public sealed class FollowerCursorTests : IDisposable
{
    private readonly FakeNode _node = new() { LogsPerBlock = 2 };
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static TheoryData<int> Depths => [.. Enumerable.Range(1, 20)];

    public void Dispose() => File.Delete(_path);

    [Theory]
    [MemberData(nameof(Depths))]
    public async Task FollowAsync_WhenReorganisedWhileNobodyFollowed_tellsTheRemovalFirst(int depth)
    {
        _node.Mine(30);
        var reader = new FollowerReader(_node, new FollowerOptions());
        await reader.CatchUpAsync();
        var told = reader.Updates.Count;
        _node.Reorganise(depth, depth + 2);
        reader.Restart();
        await reader.CatchUpAsync();
        var removal = Assert.IsType<BlocksRemoved>(reader.Updates[told]);
        Assert.Equal(depth, removal.Removed.Length);
        Assert.Equal(_node.Chain.Select(block => block.Hash), reader.View.Select(block => block.Header.Hash));
        Assert.Equal(_node.CanonicalLogs(), reader.Logs);
    }

    [Fact]
    public async Task FollowAsync_WhenTheCursorsChainIsAnother_throws()
    {
        var cursor = await CursorAsync();
        var restarted = new FakeNode(genesisSalt: 7);
        restarted.Mine(20);
        var follower = new BlockFollower(restarted, new FollowerOptions { Cursor = cursor });
        await Assert.ThrowsAsync<FollowerException>(
            async () => await follower.FollowAsync().GetAsyncEnumerator().MoveNextAsync());
    }

    [Fact]
    public async Task FollowAsync_WhenTheReorganisationIsDeeperThanTheCursor_throws()
    {
        _node.Mine(30);
        var cursor = await CursorAsync(depth: 5);
        Assert.Equal(5, cursor.Blocks.Count);
        _node.Reorganise(6, 9);
        var follower = new BlockFollower(_node, new FollowerOptions { Cursor = cursor });
        var exception = await Assert.ThrowsAsync<FollowerException>(
            async () => await follower.FollowAsync().GetAsyncEnumerator().MoveNextAsync());
        Assert.Contains("earlier block", exception.Message, StringComparison.Ordinal);
    }

    // The block in hand counts as applied, those behind it don't.
    [Fact]
    public async Task GetCursor_WhenAskedInTheMiddle_namesTheUpdateInHand()
    {
        _node.Mine(30);
        var follower = new BlockFollower(_node);
        Assert.Null(follower.GetCursor());
        var seen = 0UL;
        await foreach (var update in follower.FollowAsync())
        {
            Assert.Equal(((BlockAdded)update).Header, follower.GetCursor()!.Last);
            if (++seen == 10)
            {
                break;
            }
        }

        Assert.Equal(9UL, follower.GetCursor()!.Last.Number);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100_001)]
    public void GetCursor_WhenDepthIsOutOfRange_throws(int depth)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BlockFollower(_node).GetCursor(depth));
    }

    [Fact]
    public async Task File_GivenACursor_givesItBack()
    {
        var file = new FollowerCursorFile(_path);
        Assert.Null(file.Load());
        var cursor = await CursorAsync();
        file.Save(cursor);
        file.Save(cursor);
        var kept = file.Load()!;
        Assert.Equal(cursor.Blocks, kept.Blocks);
        Assert.Equal(cursor.Genesis, kept.Genesis);
        Assert.Equal([_path], Directory.GetFiles(Path.GetTempPath(), Path.GetFileName(_path) + "*"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"Genesis\":\"0x00\",\"Blocks\":[]}")]
    public void File_WhenItHoldsSomethingElse_throws(string content)
    {
        File.WriteAllText(_path, content);
        Assert.Throws<FormatException>(() => new FollowerCursorFile(_path).Load());
    }

    [Fact]
    public async Task Parse_WhenABlockIsMissing_throws()
    {
        var cursor = await CursorAsync();
        var holed = new FollowerCursor(cursor.Genesis, [cursor.Blocks[0], cursor.Blocks[2]]);
        Assert.Throws<FormatException>(() => FollowerCursor.Parse(holed.ToJson()));
        Assert.Throws<ArgumentNullException>(() => FollowerCursor.Parse(null!));
    }

    [Fact]
    public void File_WhenArgumentsAreMissing_throws()
    {
        Assert.Throws<ArgumentException>(() => new FollowerCursorFile(string.Empty));
        Assert.Throws<ArgumentNullException>(() => new FollowerCursorFile(_path).Save(null!));
    }

    public static TheoryData<FollowerOptions, string> BadOptions => new()
    {
        { new FollowerOptions { BlocksPerRange = 0 }, "1 to 100000" },
        { new FollowerOptions { MaxReorgDepth = 0 }, "1 to 100000" },
        { new FollowerOptions { MaxFailures = 0 }, "1 to" },
        { new FollowerOptions { Confirmations = -1 }, "0 to 100000" },
        { new FollowerOptions { PollInterval = TimeSpan.Zero }, "00:00:00.0010000 to 01:00:00" },
        { new FollowerOptions { Head = BlockTag.Pending }, "latest, safe or finalized" },
        { new FollowerOptions { Head = 5UL }, "latest, safe or finalized" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Constructor_WhenAnOptionIsOutOfRange_namesTheRange(FollowerOptions options, string range)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new BlockFollower(_node, options));
        Assert.Contains(range, exception.Message, StringComparison.Ordinal);
    }

    private async Task<FollowerCursor> CursorAsync(int depth = FollowerCursor.UsualDepth)
    {
        _node.Mine(5);
        var follower = new BlockFollower(_node);
        await foreach (var update in follower.FollowAsync())
        {
            if (((BlockAdded)update).Header.Hash == _node.Chain[^1].Hash)
            {
                break;
            }
        }

        return follower.GetCursor(depth)!;
    }
}
