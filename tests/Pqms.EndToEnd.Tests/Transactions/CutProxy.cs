using System.Net;
using System.Net.Sockets;

namespace Pqms.EndToEnd.Tests.Transactions;

/// <summary>Stands between a client and a node and cuts connections: before the node has the request, or after the node
/// has it and before the client has the answer.</summary>
internal sealed class CutProxy : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _node;
    private readonly Random _random;
    private readonly int _oneIn;
    private readonly Lock _lock = new();
    private readonly Task _accepting;
    private int _before;
    private int _after;

    private CutProxy(Uri node, int seed, int oneIn)
    {
        _node = node;
        _random = new Random(seed);
        _oneIn = oneIn;
        _listener.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    public Uri Url { get; }

    /// <summary>Cuts before the node had the request.</summary>
    public int CutsBefore => Volatile.Read(ref _before);

    /// <summary>Cuts of answers.</summary>
    public int CutsAfter => Volatile.Read(ref _after);

    /// <summary>Starts to listen.</summary>
    /// <param name="node">Where to.</param>
    /// <param name="seed">Of the random numbers.</param>
    /// <param name="oneIn">One of so many pieces, of requests and of answers, is cut.</param>
    public static CutProxy Start(Uri node, int seed, int oneIn) => new(node, seed, oneIn);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
                connections.RemoveAll(connection => connection.IsCompleted);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var node = new TcpClient())
        {
            try
            {
                await node.ConnectAsync(_node.Host, _node.Port, _end.Token);
                client.NoDelay = true;
                node.NoDelay = true;
                await Task.WhenAny(
                    PumpAsync(client, node, () => Interlocked.Increment(ref _before)),
                    PumpAsync(node, client, () => Interlocked.Increment(ref _after)));
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The node is away, or the test is over.
            }

            // A reset, as of a router that forgot the connection, not an orderly end.
            Reset(client);
            Reset(node);
        }
    }

    private static void Reset(TcpClient client)
    {
        try
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // It is closed already.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Action cut)
    {
        var buffer = new byte[BufferBytes];
        try
        {
            while (await from.GetStream().ReadAsync(buffer, _end.Token) is var read and > 0)
            {
                if (Cuts())
                {
                    cut();
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read), _end.Token);
            }
        }
        catch (Exception exception) when (
            exception is IOException or OperationCanceledException or ObjectDisposedException
                or InvalidOperationException)
        {
            // One side is gone.
        }
    }

    private bool Cuts()
    {
        lock (_lock)
        {
            return _random.Next(_oneIn) == 0;
        }
    }
}
