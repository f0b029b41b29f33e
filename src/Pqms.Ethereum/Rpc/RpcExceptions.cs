using Pqms.Ethereum.Contracts;

namespace Pqms.Ethereum.Rpc;

/// <summary>A node's answer that says no: a JSON-RPC error. The node did not do what was asked.</summary>
public sealed class RpcException : Exception
{
    /// <summary>Takes over the node's error.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="code">JSON-RPC's error code, for example 3 for a revert in geth, -32601 for an unknown
    /// method.</param>
    /// <param name="message">The node's own words.</param>
    /// <param name="revertData">A contract's revert data, when the node gave some.</param>
    public RpcException(string method, long code, string message, byte[]? revertData = null)
        : base($"{method}: the node answered with error {code}: {message}")
    {
        Method = method;
        Code = code;
        NodeMessage = message;
        RevertData = revertData;
    }

    /// <summary>The request's method.</summary>
    public string Method { get; }

    /// <summary>JSON-RPC's error code.</summary>
    public long Code { get; }

    /// <summary>The node's own words.</summary>
    public string NodeMessage { get; }

    /// <summary>Selector and values that a contract reverted with; empty after a bare revert; null when it was no
    /// revert.</summary>
    public byte[]? RevertData { get; }
}

/// <summary>Why no valid answer came.</summary>
public enum RpcFailure
{
    /// <summary>Nobody listens at the address: the node surely did nothing.</summary>
    Refused,

    /// <summary>No answer came in time: the node may have acted.</summary>
    TimedOut,

    /// <summary>The connection broke: the node may have acted.</summary>
    Broken,

    /// <summary>Something answered, but no JSON-RPC (a proxy's error page, half an answer): the node may have
    /// acted.</summary>
    Garbled,
}

/// <summary>No valid answer came from a node. Unless <see cref="RpcFailure.Refused"/>, what it did is
/// unknown.</summary>
public sealed class RpcUnreachableException : Exception
{
    /// <summary>Says which node failed and how.</summary>
    /// <param name="endpoint">The node's address. Its user, path and query may hold access keys and are left
    /// out.</param>
    /// <param name="failure">How it failed.</param>
    /// <param name="detail">What was seen.</param>
    /// <param name="inner">What noticed it.</param>
    public RpcUnreachableException(Uri endpoint, RpcFailure failure, string detail, Exception? inner = null)
        : base($"The Ethereum node at {Describe(endpoint)} {Verb(failure)}: {detail}", inner)
    {
        Endpoint = Describe(endpoint);
        Failure = failure;
    }

    /// <summary>Scheme, host and port of the node.</summary>
    public string Endpoint { get; }

    /// <summary>How it failed.</summary>
    public RpcFailure Failure { get; }

    private static string Describe(Uri endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return endpoint.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped)
            + (endpoint.PathAndQuery.Length > 1 ? "/..." : string.Empty);
    }

    private static string Verb(RpcFailure failure) => failure switch
    {
        RpcFailure.Refused => "can't be reached",
        RpcFailure.TimedOut => "gave no answer in time",
        RpcFailure.Broken => "broke the connection",
        _ => "gave an answer that is no JSON-RPC",
    };
}

/// <summary>A contract refused a call, a simulation or a mined transaction.</summary>
/// <param name="data">The revert data; empty when there is none or the node withholds it.</param>
/// <param name="decoded">The contract's error, when it could be named.</param>
public sealed class RevertException(byte[] data, ContractError? decoded) : Exception(Describe(data, decoded, null))
{
    private readonly string? _call;

    /// <summary>As the other constructor, with the call that was refused.</summary>
    /// <param name="data">The revert data.</param>
    /// <param name="decoded">The contract's error, when it could be named.</param>
    /// <param name="call">The call, for the message: "take(uint128,uint32) at 0x5FbD…".</param>
    public RevertException(byte[] data, ContractError? decoded, string call)
        : this(data, decoded) => _call = call;

    /// <summary>Selector and values of the contract's error; empty when there are none.</summary>
    public byte[] RevertData { get; } = data;

    /// <summary>The contract's error, or null when it could not be named.</summary>
    public ContractError? Decoded { get; } = decoded;

    /// <summary>The receipt of the transaction that was mined and reverted; null when nothing was mined.</summary>
    public TransactionReceipt? Receipt { get; init; }

    /// <inheritdoc/>
    public override string Message => Describe(RevertData, Decoded, _call)
        + (Receipt is null ? string.Empty : $" (transaction {Receipt.TransactionHash} in block {Receipt.BlockNumber})");

    private static string Describe(byte[] data, ContractError? decoded, string? call)
    {
        ArgumentNullException.ThrowIfNull(data);
        var reason = decoded?.Text
            ?? (data.Length == 0 ? "no reason given" : "unknown error " + Hex.Excerpt(Hex.Encode(data)));
        return call is null ? $"Reverted: {reason}" : $"{call} reverted: {reason}";
    }
}

/// <summary>A node answered, but not with what the method promises.</summary>
public sealed class RpcFormatException : FormatException
{
    /// <summary>Says which method's answer could not be read.</summary>
    /// <param name="method">The request's method.</param>
    /// <param name="inner">What was wrong with it.</param>
    public RpcFormatException(string method, Exception inner)
        : base($"{method}: the node's answer can't be read: {inner?.Message}", inner)
    {
        Method = method;
    }

    /// <summary>The request's method.</summary>
    public string Method { get; }
}
