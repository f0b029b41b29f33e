using System.Buffers;
using System.Net.WebSockets;

namespace Pqms.Ethereum.Rpc;

/// <summary>A node's new blocks as hints to look, over a WebSocket (eth_subscribe newHeads).</summary>
/// <remarks>
/// Nothing depends on it: what a hint is about is read by the follower, which also looks without hints. So blocks that
/// are told while the connection is down aren't missed, whatever happens to the subscription. A connection that tells
/// nothing for too long is made anew; <see cref="Status"/> tells of every failure. Every new connection is a hint
/// itself. Safe across threads.
/// </remarks>
public sealed class WebSocketHeads : IWakeUp, IAsyncDisposable
{
    private readonly Func<CancellationToken, Task<WebSocket>> _connect;
    private readonly WebSocketHeadsOptions _options;
    private readonly TimeProvider _clock;
    private readonly CancellationTokenSource _end = new();
    private readonly Lock _lock = new();
    private readonly Task _running;
    private TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebSocketHeadsStatus _status = new(false, 0, 0, null);

    /// <summary>Begins to connect, and goes on until it is disposed.</summary>
    /// <param name="endpoint">A ws or wss address.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="clock">Measures stalls and pauses; null for the system's.</param>
    /// <exception cref="ArgumentException">The address is neither ws nor wss.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of the range that the message names.</exception>
    public WebSocketHeads(Uri endpoint, WebSocketHeadsOptions? options = null, TimeProvider? clock = null)
        : this(Connect(endpoint), options ?? new WebSocketHeadsOptions(), clock ?? TimeProvider.System)
    {
    }

    internal WebSocketHeads(
        Func<CancellationToken, Task<WebSocket>> connect, WebSocketHeadsOptions options, TimeProvider clock)
    {
        Check(options);
        _connect = connect;
        _options = options;
        _clock = clock;
        _running = Task.Run(RunAsync);
    }

    /// <summary>How it is doing, failures included.</summary>
    public WebSocketHeadsStatus Status
    {
        get
        {
            lock (_lock)
            {
                return _status;
            }
        }
    }

    /// <inheritdoc/>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        Task next;
        lock (_lock)
        {
            next = _next.Task;
        }

        try
        {
            await next.WaitAsync(atMost, _clock, cancellationToken);
        }
        catch (TimeoutException)
        {
            // No hint came: the caller looks all the same.
        }

        lock (_lock)
        {
            if (_next.Task == next && next.IsCompleted)
            {
                _next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    /// <summary>Ends the connection.</summary>
    /// <returns>Completes when it has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running;
        _end.Dispose();
    }

    private static Func<CancellationToken, Task<WebSocket>> Connect(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var scheme = endpoint.IsAbsoluteUri ? endpoint.Scheme : "none";
        if (scheme is not ("ws" or "wss"))
        {
            throw new ArgumentException(
                $"The node's address has the scheme '{scheme}'; ws or wss is allowed.", nameof(endpoint));
        }

        return async cancellationToken =>
        {
            var socket = new ClientWebSocket();
            try
            {
                await socket.ConnectAsync(endpoint, cancellationToken);
                return socket;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
    }

    private static void Check(WebSocketHeadsOptions options)
    {
        Span<(string Name, TimeSpan Value)> times =
        [
            (nameof(options.StallAfter), options.StallAfter), (nameof(options.ConnectTimeout), options.ConnectTimeout),
            (nameof(options.FirstPause), options.FirstPause), (nameof(options.LongestPause), options.LongestPause),
        ];
        foreach (var (name, value) in times)
        {
            if (value <= TimeSpan.Zero || value > TimeSpan.FromHours(1))
            {
                throw new ArgumentOutOfRangeException(name, value,
                    $"{name} is {value}; above 0, up to 1 h, is allowed.");
            }
        }

        if (options.MaxMessageBytes is < 1_024 or > 16 * 1024 * 1024)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), options.MaxMessageBytes,
                $"MaxMessageBytes is {options.MaxMessageBytes}; 1,024 to 16 MiB is allowed.");
        }
    }

    private async Task RunAsync()
    {
        var pause = _options.FirstPause;
        while (!_end.IsCancellationRequested)
        {
            var connections = Status.Connections;
            string failure;
            try
            {
                failure = await ListenAsync();
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception) when (
                exception is WebSocketException or IOException or OperationCanceledException or FormatException
                    or System.Net.Http.HttpRequestException or System.Net.Sockets.SocketException)
            {
                failure = exception is OperationCanceledException
                    ? $"no subscription within {_options.ConnectTimeout}" : exception.Message;
            }

            var isNew = Status.Connections > connections;
            Change(status => status with { IsSubscribed = false, LastFailure = failure });
            pause = isNew ? _options.FirstPause : pause;
            try
            {
                await Task.Delay(pause, _clock, _end.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
        }
    }

    // One connection's life.
    private async Task<string> ListenAsync()
    {
        using var socket = await ConnectAsync();
        Change(status => status with { IsSubscribed = true, Connections = status.Connections + 1 });
        Hint();
        var buffer = ArrayPool<byte>.Shared.Rent(_options.MaxMessageBytes);
        try
        {
            while (true)
            {
                using var stall = new CancellationTokenSource(_options.StallAfter, _clock);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, stall.Token);
                try
                {
                    if (!await HeadMessages.ReadHeadAsync(socket, buffer, _options.MaxMessageBytes, both.Token))
                    {
                        return "the node closed the connection";
                    }
                }
                catch (Exception) when (stall.IsCancellationRequested && !_end.IsCancellationRequested)
                {
                    return $"no block within {_options.StallAfter}";
                }

                Change(status => status with { Heads = status.Heads + 1 });
                Hint();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<WebSocket> ConnectAsync()
    {
        using var timeout = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, timeout.Token);
        var socket = await _connect(both.Token);
        try
        {
            await HeadMessages.SubscribeAsync(socket, _options.ChainId, _options.MaxMessageBytes, both.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void Hint()
    {
        lock (_lock)
        {
            _next.TrySetResult();
        }
    }

    private void Change(Func<WebSocketHeadsStatus, WebSocketHeadsStatus> change)
    {
        lock (_lock)
        {
            _status = change(_status);
        }
    }
}
