using System.Collections.Frozen;
using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>How patient a <see cref="RetryingRpc"/> is.</summary>
public sealed record RetryOptions
{
    /// <summary>How often a question is asked in all.</summary>
    /// <value>The default is 4, in [1, 100]: with the pauses about two seconds, a node's restart behind a
    /// proxy.</value>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>Pause before the second attempt; it doubles from one to the next.</summary>
    /// <value>The default is 250 ms, in [0, 60 s].</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause.</summary>
    /// <value>The default is 5 s.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>Asks again when no answer came, but only what may be asked twice: questions that change nothing.</summary>
/// <remarks>
/// Transactions are never sent again here: <see cref="Transactions.TransactionSender"/> does, since it knows which
/// bytes. A node's error is an answer and isn't asked again, but for "too many requests" (-32005, HTTP 429 in its
/// words). Safe across threads.
/// </remarks>
public sealed class RetryingRpc : IEthereumRpc
{
    private const long LimitExceeded = -32005;

    // The questions that this library asks and that change nothing. An unknown method isn't asked twice.
    private static readonly FrozenSet<string> Idempotent = new[]
    {
        "eth_chainId", "eth_blockNumber", "eth_getBlockByNumber", "eth_getBlockByHash", "eth_getBalance",
        "eth_getTransactionCount", "eth_getCode", "eth_getStorageAt", "eth_call", "eth_estimateGas", "eth_getLogs",
        "eth_getTransactionReceipt", "eth_getTransactionByHash", "eth_feeHistory", "eth_gasPrice",
        "eth_maxPriorityFeePerGas", "eth_syncing", "eth_getProof", "net_version", "web3_clientVersion",
    }.ToFrozenSet(StringComparer.Ordinal);

    private readonly IEthereumRpc _inner;
    private readonly RetryOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Puts patience before a node.</summary>
    /// <param name="inner">The node; it stays the caller's.</param>
    /// <param name="options">How patient; null for the defaults.</param>
    /// <param name="clock">Measures pauses; null for the system's.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of the range that the message names.</exception>
    public RetryingRpc(IEthereumRpc inner, RetryOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _options = options ?? new RetryOptions();
        _clock = clock ?? TimeProvider.System;
        if (_options.MaxAttempts is < 1 or > 100)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), _options.MaxAttempts, $"MaxAttempts is {_options.MaxAttempts}; 1 to 100 is allowed.");
        }

        if (_options.FirstPause < TimeSpan.Zero || _options.FirstPause > TimeSpan.FromMinutes(1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options), _options.FirstPause, $"FirstPause is {_options.FirstPause}; 0 to 60 s is allowed.");
        }
    }

    /// <summary>Whether asking twice is the same as asking once.</summary>
    /// <param name="method">For example "eth_call".</param>
    /// <returns>False for whatever may change something, and for methods that aren't known here.</returns>
    public static bool MayBeAskedTwice(string method) => Idempotent.Contains(method);

    /// <inheritdoc/>
    public Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken) =>
        AskAsync(
            MayBeAskedTwice(method),
            () => _inner.SendAsync(method, parameters, cancellationToken),
            cancellationToken);

    /// <inheritdoc/>
    /// <remarks>A batch is asked again only when all its requests may be.</remarks>
    public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
        IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(calls);
        return AskAsync(
            calls.All(call => MayBeAskedTwice(call.Method)),
            () => _inner.SendBatchAsync(calls, cancellationToken),
            cancellationToken);
    }

    private static bool IsPassing(Exception exception) => exception is RpcUnreachableException
        || (exception is RpcException refusal && (refusal.Code == LimitExceeded
            || refusal.NodeMessage.Contains("too many requests", StringComparison.OrdinalIgnoreCase)));

    private async Task<T> AskAsync<T>(bool mayRepeat, Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        var pause = _options.FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await ask();
            }
            catch (Exception exception) when (
                mayRepeat && attempt < _options.MaxAttempts && IsPassing(exception))
            {
                await Task.Delay(pause, _clock, cancellationToken);
                pause = pause * 2 < _options.LongestPause ? pause * 2 : _options.LongestPause;
            }
        }
    }
}
