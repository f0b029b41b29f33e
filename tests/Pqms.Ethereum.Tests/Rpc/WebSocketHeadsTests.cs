using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Tests.Simulation;

namespace Pqms.Ethereum.Tests.Rpc;

/// <summary>Heads over sockets whose other end the test holds. Nothing may depend on them.</summary>
public sealed class WebSocketHeadsTests : IAsyncDisposable
{
    private const string Head =
        "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0x1\",\"result\":{}}}";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly ManualTime _clock = new();
    private readonly ScriptedNode _node = new();
    private readonly Lazy<WebSocketHeads> _lazyHeads;

    // Long against the steps in which the tests move the time: sockets need real time meanwhile.
    public WebSocketHeadsTests() => _lazyHeads = new(() => new WebSocketHeads(
        _node.ConnectAsync,
        new WebSocketHeadsOptions
        {
            StallAfter = TimeSpan.FromHours(1),
            ConnectTimeout = TimeSpan.FromHours(1),
            MaxMessageBytes = 2_048,
            ChainId = 31337,
        },
        _clock));

    private WebSocketHeads Heads => _lazyHeads.Value;

    public static TheoryData<WebSocketHeadsOptions> BadOptions =>
    [
        new WebSocketHeadsOptions { StallAfter = TimeSpan.Zero },
        new WebSocketHeadsOptions { ConnectTimeout = TimeSpan.FromHours(2) },
        new WebSocketHeadsOptions { FirstPause = TimeSpan.FromTicks(-1) },
        new WebSocketHeadsOptions { LongestPause = TimeSpan.Zero },
        new WebSocketHeadsOptions { MaxMessageBytes = 100 },
    ];

    public async ValueTask DisposeAsync() => await Heads.DisposeAsync();

    [Fact]
    public async Task WaitAsync_WhenABlockIsTold_ends()
    {
        var socket = await SubscribedAsync();
        await Heads.WaitAsync(Limit, CancellationToken.None);
        var waiting = Heads.WaitAsync(Limit, CancellationToken.None);
        Assert.False(waiting.IsCompleted);
        await socket.SayAsync("{\"jsonrpc\":\"2.0\",\"method\":\"other\"}");
        await socket.SayAsync(Head);
        await waiting;
        Assert.Equal(1, Heads.Status.Heads);
    }

    [Fact]
    public async Task WaitAsync_WhenNoHintComes_endsWithTheTime()
    {
        await SubscribedAsync();
        await Heads.WaitAsync(Limit, CancellationToken.None);
        var waiting = Heads.WaitAsync(TimeSpan.FromSeconds(5), CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(6));
        await waiting;
        using var source = new CancellationTokenSource();
        waiting = Heads.WaitAsync(Limit, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    // The socket stays open and says nothing: the silence that raises no error elsewhere.
    [Fact]
    public async Task Status_WhenTheSocketFallsSilent_tellsAndConnectsAnew()
    {
        var first = await SubscribedAsync();
        await first.SayAsync(Head);
        await UntilAsync(() => Heads.Status.Heads == 1);
        await AdvanceUntilAsync(() => Heads.Status.Connections >= 2);
        Assert.Contains("no block within", Heads.Status.LastFailure!, StringComparison.Ordinal);
        await (await _node.NextAsync()).SayAsync(Head);
        await UntilAsync(() => Heads.Status.Heads == 2);
    }

    public static TheoryData<string> Breaks => ["close", "garbage", "too long", "lost"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task Status_WhenTheConnectionBreaks_tellsAndConnectsAnew(string how)
    {
        var first = await SubscribedAsync();
        await (how switch
        {
            "close" => first.CloseAsync(),
            "garbage" => first.SayAsync("<html>busy</html>"),
            "too long" => first.SayAsync(new string(' ', 3_000)),
            _ => first.BreakAsync(),
        });
        await AdvanceUntilAsync(() => Heads.Status is { Connections: >= 2, IsSubscribed: true });
        Assert.NotNull(Heads.Status.LastFailure);
    }

    [Theory]
    [InlineData("{\"id\":1,\"result\":\"0x1\"}", "only chain 31337 is allowed")]
    [InlineData("{\"id\":1,\"error\":{\"code\":-32601,\"message\":\"no such method\"}}", "no such method")]
    [InlineData("[1]", "no object")]
    [InlineData("{\"id\":1,\"result\":5}", "string is needed")]
    public async Task Status_WhenTheNodeIsWrong_tellsAndNeverSubscribes(string answer, string failure)
    {
        _node.ChainIdAnswer = answer;
        await AdvanceUntilAsync(
            () => Heads.Status.LastFailure?.Contains(failure, StringComparison.Ordinal) ?? false);
        Assert.False(Heads.Status.IsSubscribed);
        Assert.Equal(0, Heads.Status.Connections);
    }

    // Re-subscribing alone would lose what was mined meanwhile: the follower back-fills it.
    [Fact]
    public async Task Follower_WhenBlocksAreMinedWhileTheSocketIsDown_tellsThemAll()
    {
        var chain = new FakeNode { LogsPerBlock = 2 };
        chain.Mine(5);
        var first = await SubscribedAsync();
        var follower = new BlockFollower(
            chain, new FollowerOptions { PollInterval = TimeSpan.FromHours(1) }, _clock, Heads);
        using var limit = new CancellationTokenSource(Limit);
        await using var updates = follower.FollowAsync(limit.Token).GetAsyncEnumerator();
        for (var number = 0UL; number <= 5; number++)
        {
            Assert.True(await updates.MoveNextAsync());
            Assert.Equal(number, ((BlockAdded)updates.Current).Header.Number);
        }

        await first.BreakAsync();
        chain.Mine(7);
        for (var number = 6UL; number <= 12; number++)
        {
            var next = updates.MoveNextAsync().AsTask();
            await AdvanceUntilAsync(() => next.IsCompleted);
            Assert.Equal(number, ((BlockAdded)updates.Current).Header.Number);
        }
    }

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Constructor_WhenAnOptionIsOutOfRange_throws(WebSocketHeadsOptions options)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(
            () => new WebSocketHeads(new Uri("ws://127.0.0.1:1"), options));
        Assert.Contains("allowed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_WhenTheSchemeIsWrong_names()
    {
        var exception = Assert.Throws<ArgumentException>(() => new WebSocketHeads(new Uri("http://127.0.0.1:1")));
        Assert.Contains("'http'; ws or wss", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => new WebSocketHeads(null!));
    }

    private async Task<ServerSocket> SubscribedAsync()
    {
        Assert.Equal(0, Heads.Status.Heads);
        var socket = await _node.NextAsync();
        await UntilAsync(() => Heads.Status.IsSubscribed);
        return socket;
    }

    // Awaits a condition; the socket's loop runs on real threads.
    private static async Task UntilAsync(Func<bool> reached, Action? meanwhile = null)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!reached())
        {
            limit.Token.ThrowIfCancellationRequested();
            meanwhile?.Invoke();
            await Task.Yield();
        }
    }

    private Task AdvanceUntilAsync(Func<bool> reached) =>
        UntilAsync(reached, () => _clock.Advance(TimeSpan.FromMilliseconds(100)));
}
