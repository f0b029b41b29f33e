using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>A node's JSON-RPC. The one border to the chain: a test puts a node of its own here.</summary>
/// <remarks>Implementations are safe across threads.</remarks>
public interface IEthereumRpc
{
    /// <summary>Sends one request.</summary>
    /// <param name="method">For example "eth_chainId".</param>
    /// <param name="parameters">
    /// Null, bool, string, whole numbers (written as 0x quantities), <see cref="Address"/>, <see cref="Bytes32"/>,
    /// <see cref="UInt256"/>, byte arrays, <see cref="BlockTag"/>, lists of these and dictionaries with string keys.
    /// </param>
    /// <param name="cancellationToken">Ends the wait; the node may still act on the request.</param>
    /// <returns>The result, JSON null included.</returns>
    /// <exception cref="RpcException">The node answered with an error.</exception>
    /// <exception cref="RpcUnreachableException">No valid answer came; the node may have acted all the
    /// same.</exception>
    Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken);

    /// <summary>Sends several requests at once. One that fails doesn't fail the others.</summary>
    /// <param name="calls">The requests; none gives an empty list without asking the node.</param>
    /// <param name="cancellationToken">Ends the wait; the node may still act on the requests.</param>
    /// <returns>One result a request, in the requests' order whatever the node's order was.</returns>
    /// <exception cref="RpcException">The node refused the batch as a whole.</exception>
    /// <exception cref="RpcUnreachableException">No valid answer came; the node may have acted all the
    /// same.</exception>
    Task<IReadOnlyList<RpcResult>> SendBatchAsync(IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken);
}

/// <summary>One request of a batch.</summary>
/// <param name="Method">For example "eth_getBlockByNumber".</param>
/// <param name="Parameters">As in <see cref="IEthereumRpc.SendAsync"/>.</param>
public sealed record RpcCall(string Method, params object?[] Parameters);

/// <summary>What became of one request of a batch: a value, or the node's error.</summary>
public readonly record struct RpcResult
{
    private readonly JsonElement _value;

    private RpcResult(JsonElement value, RpcException? error)
    {
        _value = value;
        Error = error;
    }

    /// <summary>The node's error, or null when there is a value.</summary>
    public RpcException? Error { get; }

    /// <summary>The value.</summary>
    /// <exception cref="RpcException">There is none, but the error that is thrown.</exception>
    public JsonElement Value => Error is null ? _value : throw Error;

    /// <summary>A success.</summary>
    /// <param name="value">The value, JSON null included.</param>
    /// <returns>The result.</returns>
    public static RpcResult Success(JsonElement value) => new(value, null);

    /// <summary>A failure.</summary>
    /// <param name="error">The node's error.</param>
    /// <returns>The result.</returns>
    public static RpcResult Failure(RpcException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new RpcResult(default, error);
    }
}
