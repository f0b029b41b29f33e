using System.IO.Pipelines;
using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace Pqms.Ethereum.Tests.Rpc;

/// <summary>A node at the other end of WebSockets that go through memory: it answers the subscription, the test says
/// the
/// rest.</summary>
internal sealed class ScriptedNode
{
    private readonly Channel<ServerSocket> _connections = Channel.CreateUnbounded<ServerSocket>();

    public string ChainIdAnswer { get; set; } = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"0x7a69\"}";

    /// <summary>What the client calls instead of connecting.</summary>
    public Task<WebSocket> ConnectAsync(CancellationToken cancellationToken)
    {
        var up = new Pipe();
        var down = new Pipe();
        var client = WebSocket.CreateFromStream(
            new DuplexStream(down.Reader, up.Writer), new WebSocketCreationOptions());
        var server = new ServerSocket(WebSocket.CreateFromStream(
            new DuplexStream(up.Reader, down.Writer), new WebSocketCreationOptions { IsServer = true }), down.Writer);
        _ = ServeAsync(server);
        return Task.FromResult(client);
    }

    /// <summary>The next connection, once it is subscribed.</summary>
    public async Task<ServerSocket> NextAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return await _connections.Reader.ReadAsync(limit.Token);
    }

    private async Task ServeAsync(ServerSocket server)
    {
        Assert.Contains("eth_chainId", await server.HearAsync(), StringComparison.Ordinal);
        await server.SayAsync(ChainIdAnswer);
        Assert.Contains("newHeads", await server.HearAsync(), StringComparison.Ordinal);
        await server.SayAsync("{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":\"0x1\"}");
        await _connections.Writer.WriteAsync(server);
    }

    private sealed class DuplexStream(PipeReader input, PipeWriter output) : Stream
    {
        private readonly Stream _input = input.AsStream();
        private readonly Stream _output = output.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => _output.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => _input.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _input.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => _output.Write(buffer, offset, count);

        public override ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            _output.WriteAsync(buffer, cancellationToken);
    }
}

/// <summary>The node's end of a connection.</summary>
internal sealed class ServerSocket(WebSocket socket, PipeWriter wire)
{
    public async Task<string> HearAsync()
    {
        var buffer = new byte[4_096];
        var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
        return Encoding.UTF8.GetString(buffer, 0, part.Count);
    }

    public Task SayAsync(string text) => socket.SendAsync(
        Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task CloseAsync() =>
        socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);

    /// <summary>The wire ends in the middle.</summary>
    public async Task BreakAsync() => await wire.CompleteAsync();
}
