using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Node.Audit;

namespace Pqms.Node.Tests.Audit;

/// <summary>Files of a node that is not trusted.</summary>
public sealed class ContentClientTests
{
    private static readonly byte[] _file = Encoding.UTF8.GetBytes("a batch");
    private static readonly Bytes32 _hash = Keccak256.Hash(_file);

    [Fact]
    public async Task Batch_GivenTheBytesOfItsHash_isTakenAndAskedForOnce()
    {
        await using var node = new OneAnswer(Answer(200, _file.Length, _file));
        using var client = new ContentClient(node.Url);

        Assert.Equal(_file, (await client.BatchAsync(_hash, default))!.Value.ToArray());
        Assert.Equal(_file, (await client.BatchAsync(_hash, default))!.Value.ToArray());
    }

    [Fact]
    public async Task Batch_GivenOtherBytes_isRefused()
    {
        await using var node = new OneAnswer(Answer(200, 5, "other"u8.ToArray()));
        using var client = new ContentClient(node.Url);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => client.BatchAsync(_hash, default));

        Assert.Contains("other bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_GivenMoreBytesThanAnyBatchHas_isCutBeforeTheyAreRead()
    {
        await using var node = new OneAnswer(Answer(200, ContentClient.MostBytes + 1L, _file));
        using var client = new ContentClient(node.Url);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => client.BatchAsync(_hash, default));

        Assert.Contains($"more than {ContentClient.MostBytes} bytes", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_GivenHalfAnAnswer_saysThatTheNodeDoesNotAnswer()
    {
        await using var node = new OneAnswer(Answer(200, 1000, _file));
        using var client = new ContentClient(node.Url);

        await Assert.ThrowsAnyAsync<RefusedException>(() => client.BatchAsync(_hash, default));
    }

    [Fact]
    public async Task Batch_GivenThatTheNodeHasNone_isNull()
    {
        await using var node = new OneAnswer(Answer(404, 0, []));
        using var client = new ContentClient(node.Url);

        Assert.Null(await client.BatchAsync(_hash, default));
    }

    private static byte[] Answer(int status, long length, byte[] body) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\nContent-Length: {length}\r\n\r\n")),
        .. body,
    ];

    /// <summary>Answers one request with these bytes, and closes.</summary>
    private sealed class OneAnswer : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly Task _serving;

        public OneAnswer(byte[] answer)
        {
            _listener.Start();
            Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
            _serving = ServeAsync(answer);
        }

        public Uri Url { get; }

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _listener.Dispose();
        }

        private async Task ServeAsync(byte[] answer)
        {
            using var client = await _listener.AcceptTcpClientAsync();
            var request = new byte[4096];
            _ = await client.GetStream().ReadAtLeastAsync(request, 16, throwOnEndOfStream: false);
            await client.GetStream().WriteAsync(answer);
        }
    }
}
