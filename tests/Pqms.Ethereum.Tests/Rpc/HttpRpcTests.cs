using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Tests.Rpc;

public sealed class HttpRpcTests
{
    private static readonly Uri Node = new("http://user:secret@node.example:8545/v3/accesskey");

    [Fact]
    public async Task SendAsync_GivenParameters_writesThemAsTheSpecificationWants()
    {
        string? seen = null;
        using var rpc = Rpc(body =>
        {
            seen = body;
            return "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}";
        });
        var result = await rpc.SendAsync(
            "m",
            [
                1, 255ul, true, "x", null, UInt256.MaxValue, Address.Zero, new byte[] { 1, 2 },
                BlockTag.Pending, (BlockTag)16ul, new[] { 50.0 },
            ],
            CancellationToken.None);
        Assert.Equal(JsonValueKind.Null, result.ValueKind);
        Assert.Equal(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":[\"0x1\",\"0xff\",true,\"x\",null,"
            + "\"0x" + new string('f', 64)
            + "\",\"0x0000000000000000000000000000000000000000\",\"0x0102\",\"pending\",\"0x10\",[50]]}",
            seen);
    }

    [Fact]
    public async Task SendBatchAsync_WhenAnswersAreOutOfOrder_matchesThemById()
    {
        using var rpc = Rpc(body =>
        {
            var ids = JsonDocument.Parse(body).RootElement.EnumerateArray().Select(
                r => r.GetProperty("id").GetInt64()).ToArray();
            return $"[{{\"id\":{ids[2]},\"result\":\"c\"}},{{\"id\":{ids[0]},\"result\":\"a\"}},"
                + $"{{\"id\":{ids[1]},\"error\":{{\"code\":-5,\"message\":\"no b\"}}}}]";
        });
        var results = await rpc.SendBatchAsync([new("a"), new("b"), new("c")], CancellationToken.None);
        Assert.Equal("a", results[0].Value.GetString());
        Assert.Equal(-5, results[1].Error!.Code);
        Assert.Throws<RpcException>(() => results[1].Value);
        Assert.Equal("c", results[2].Value.GetString());
        Assert.Empty(await rpc.SendBatchAsync([], CancellationToken.None));
    }

    [Theory]
    [InlineData("[{\"id\":1,\"result\":1}]")]
    [InlineData("[{\"id\":1,\"result\":1},{\"id\":1,\"result\":1}]")]
    [InlineData("[{\"id\":1,\"result\":1},{\"id\":9,\"result\":1}]")]
    [InlineData("[{\"id\":1,\"result\":1},{\"id\":\"2\",\"result\":1}]")]
    [InlineData("[{\"id\":1,\"result\":1},{\"id\":2}]")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    [InlineData("<html>busy</html>")]
    [InlineData("")]
    public async Task SendBatchAsync_WhenAnswerIsGarbage_saysThatNothingIsKnown(string answer)
    {
        using var rpc = Rpc(_ => answer);
        var exception = await Assert.ThrowsAsync<RpcUnreachableException>(
            () => rpc.SendBatchAsync([new("a"), new("b")], CancellationToken.None));
        Assert.Equal(RpcFailure.Garbled, exception.Failure);
    }

    [Fact]
    public async Task SendBatchAsync_WhenRefusedAsAWhole_throwsTheNodesError()
    {
        using var rpc = Rpc(_ => "{\"id\":null,\"error\":{\"code\":-32005,\"message\":\"batch too large\"}}");
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => rpc.SendBatchAsync([new("a"), new("b")], CancellationToken.None));
        Assert.Equal(-32005, exception.Code);
    }

    [Fact]
    public async Task SendAsync_WhenNobodyListens_namesTheAddressButNoAccessKey()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var rpc = new HttpRpc(new Uri($"http://127.0.0.1:{port}/v3/accesskey"));
        var exception = await Assert.ThrowsAsync<RpcUnreachableException>(
            () => rpc.SendAsync("eth_chainId", [], CancellationToken.None));
        Assert.Equal(RpcFailure.Refused, exception.Failure);
        Assert.Contains($"http://127.0.0.1:{port}", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("accesskey", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_WhenNoAnswerComes_timesOut()
    {
        var clock = new ManualTime();
        var asked = new TaskCompletionSource();
        using var client = new HttpClient(new Handler(async (_, cancellation) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return string.Empty;
        }));
        using var rpc = new HttpRpc(Node, client, clock: clock);
        var sending = rpc.SendAsync("eth_chainId", [], CancellationToken.None);
        await asked.Task;
        clock.Advance(TimeSpan.FromSeconds(31));
        var exception = await Assert.ThrowsAsync<RpcUnreachableException>(() => sending);
        Assert.Equal(RpcFailure.TimedOut, exception.Failure);
        Assert.DoesNotContain("secret", exception.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("accesskey", exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SendAsync_WhenCancelled_throwsCancellation()
    {
        using var source = new CancellationTokenSource();
        using var client = new HttpClient(new Handler(async (_, cancellation) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellation);
            return string.Empty;
        }));
        using var rpc = new HttpRpc(Node, client);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rpc.SendAsync("eth_chainId", [], source.Token));
    }

    [Theory]
    [InlineData("\"12\"")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("\"0x10000000000000000\"")]
    [InlineData("5")]
    public async Task ChainIdAsync_WhenAnswerIsNoQuantity_throwsRpcFormatException(string result)
    {
        using var rpc = Rpc(_ => $"{{\"id\":1,\"result\":{result}}}");
        var exception = await Assert.ThrowsAsync<RpcFormatException>(() => rpc.ChainIdAsync());
        Assert.Contains("eth_chainId", exception.Message, StringComparison.Ordinal);
    }

    // A hostile or broken node must not fill the memory, whoever brought the HTTP client.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SendAsync_WhenTheAnswerIsTooLong_saysSoAndReadsNoMore(bool hasLength)
    {
        var sent = new EndlessContent(hasLength);
        using var client = new HttpClient(new ContentHandler(sent));
        using var rpc = new HttpRpc(Node, client, new HttpRpcOptions { MaxResponseBytes = 100_000 });
        var exception = await Assert.ThrowsAsync<RpcUnreachableException>(() => rpc.BlockNumberAsync());
        Assert.Equal(RpcFailure.Garbled, exception.Failure);
        Assert.Contains("100000 bytes", exception.Message, StringComparison.Ordinal);
        Assert.True(sent.Read < 1_000_000, $"{sent.Read} bytes were read.");
    }

    [Fact]
    public async Task SendBatchAsync_GivenMoreThanABatchHolds_sendsSeveral()
    {
        var sizes = new List<int>();
        using var rpc = new HttpRpc(
            Node,
            new HttpClient(new Handler((body, _) =>
            {
                var ids = JsonDocument.Parse(body).RootElement.EnumerateArray()
                    .Select(request => request.GetProperty("id").GetInt64()).ToArray();
                sizes.Add(ids.Length);
                return Task.FromResult("[" + string.Join(',', ids.Select(id => $"{{\"id\":{id},\"result\":{id}}}"))
                    + "]");
            })),
            new HttpRpcOptions { MaxBatchSize = 4 });
        var calls = Enumerable.Range(0, 10).Select(i => new RpcCall("m", i)).ToArray();
        var results = await rpc.SendBatchAsync(calls, CancellationToken.None);
        Assert.Equal([4, 4, 2], sizes);
        Assert.Equal(Enumerable.Range(1, 10), results.Select(result => result.Value.GetInt32()));
    }

    public static TheoryData<HttpRpcOptions, string> BadOptions => new()
    {
        { new HttpRpcOptions { Timeout = TimeSpan.Zero }, "00:00:00.0010000 to 01:00:00" },
        { new HttpRpcOptions { ConnectTimeout = TimeSpan.FromDays(1) }, "00:00:00.0010000 to 01:00:00" },
        { new HttpRpcOptions { MaxResponseBytes = 10 }, "1024 to" },
        { new HttpRpcOptions { MaxBatchSize = 0 }, "1 to 10000" },
    };

    [Theory]
    [MemberData(nameof(BadOptions))]
    public void Constructor_WhenAnOptionIsOutOfRange_namesTheRange(HttpRpcOptions options, string range)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new HttpRpc(Node, options: options));
        Assert.Contains(range, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllMethods_WhenArgumentsAreMissing_throw()
    {
        Assert.Throws<ArgumentNullException>(() => new HttpRpc(null!));
        using var rpc = Rpc(_ => "null");
        await Assert.ThrowsAsync<ArgumentException>(() => rpc.SendAsync(string.Empty, [], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentNullException>(() => rpc.SendAsync("m", null!, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentNullException>(() => rpc.SendBatchAsync(null!, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => rpc.SendAsync("m", [new object()], CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => rpc.GetBlocksAsync(2, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => rpc.FeeHistoryAsync(0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => rpc.FeeHistoryAsync(1_025));
        await Assert.ThrowsAsync<ArgumentNullException>(() => rpc.CallAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>(() => rpc.GetLogsAsync(null!));
    }

    [Theory]
    [InlineData("ftp://x/")]
    [InlineData("ws://127.0.0.1:8545")]
    public void Constructor_WhenSchemeIsUnknown_throws(string url)
    {
        Assert.Throws<ArgumentException>(() => new HttpRpc(new Uri(url)));
    }

    private static HttpRpc Rpc(Func<string, string> answer) =>
        new(Node, new HttpClient(new Handler((body, _) => Task.FromResult(answer(body)))));

    private sealed class Handler(Func<string, CancellationToken, Task<string>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsStringAsync(cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(await answer(body, cancellationToken), Encoding.UTF8, "application/json"),
            };
        }
    }

    private sealed class ContentHandler(HttpContent content) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
    }

    private sealed class EndlessContent : HttpContent
    {
        private readonly EndlessStream _stream = new();

        public EndlessContent(bool hasLength) => Headers.ContentLength = hasLength ? 1L << 40 : null;

        public long Read => _stream.Given;

        protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            throw new NotSupportedException();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long Given { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            Given += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
