using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>The questions that the client asks a node, typed.</summary>
/// <remarks>All throw what <see cref="IEthereumRpc.SendAsync"/> throws, and <see cref="RpcFormatException"/> for
/// garbage.</remarks>
public static class EthereumRpcExtensions
{
    // A batch of 100 headers is about 200 KB of JSON: well below the body limits of nodes and proxies (5 MB and up).
    private const int BlocksPerBatch = 100;

    /// <summary>The chain's id, which every signature binds.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For example 31337 for a Hardhat node.</returns>
    public static Task<ulong> ChainIdAsync(this IEthereumRpc rpc, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_chainId", [], RpcJsonReader.Quantity, cancellationToken);

    /// <summary>The height of the last block.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The height.</returns>
    public static Task<ulong> BlockNumberAsync(this IEthereumRpc rpc, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_blockNumber", [], RpcJsonReader.Quantity, cancellationToken);

    /// <summary>A block's header by height or name.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="tag">The block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The header, or null when the node has no such block.</returns>
    public static Task<BlockHeader?> GetBlockAsync(
        this IEthereumRpc rpc, BlockTag tag, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getBlockByNumber", [tag, false], OrNull(RpcJsonReader.Header), cancellationToken);

    /// <summary>A block's header by hash.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="hash">The block.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The header, or null when the node has no such block.</returns>
    public static Task<BlockHeader?> GetBlockAsync(
        this IEthereumRpc rpc, Bytes32 hash, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getBlockByHash", [hash, false], OrNull(RpcJsonReader.Header), cancellationToken);

    /// <summary>The headers of a range, in batches of 100.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="from">First height.</param>
    /// <param name="to">Last height, inclusive.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The headers in order; fewer than asked for when the chain ends before. They may belong to two branches
    /// when a reorganisation happens meanwhile: the caller checks the parents.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="from"/> is above
    /// <paramref name="to"/>.</exception>
    public static async Task<IReadOnlyList<BlockHeader>> GetBlocksAsync(
        this IEthereumRpc rpc, ulong from, ulong to, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, to);
        var headers = new List<BlockHeader>();
        for (var start = from; start <= to; start += BlocksPerBatch)
        {
            var count = (int)Math.Min(BlocksPerBatch, to - start + 1);
            var calls = new RpcCall[count];
            for (var i = 0; i < count; i++)
            {
                calls[i] = new RpcCall("eth_getBlockByNumber", (BlockTag)(start + (ulong)i), false);
            }

            foreach (var result in await rpc.SendBatchAsync(calls, cancellationToken))
            {
                if (Convert("eth_getBlockByNumber", result.Value, OrNull(RpcJsonReader.Header)) is not { } header)
                {
                    return headers;
                }

                headers.Add(header);
            }
        }

        return headers;
    }

    /// <summary>An account's money.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="account">The account.</param>
    /// <param name="tag">The block after which the answer holds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Wei.</returns>
    public static Task<UInt256> GetBalanceAsync(
        this IEthereumRpc rpc, Address account, BlockTag tag = default,
        CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getBalance", [account, tag], RpcJsonReader.Quantity256, cancellationToken);

    /// <summary>The nonce that an account's next transaction needs.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="account">The account.</param>
    /// <param name="tag">Latest counts mined transactions only; Pending those in the node's pool too.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The number of transactions so far.</returns>
    public static Task<ulong> GetTransactionCountAsync(
        this IEthereumRpc rpc, Address account, BlockTag tag = default,
        CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getTransactionCount", [account, tag], RpcJsonReader.Quantity, cancellationToken);

    /// <summary>A contract's code.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="account">The contract.</param>
    /// <param name="tag">The block after which the answer holds.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The code; empty when there is no contract.</returns>
    public static Task<byte[]> GetCodeAsync(
        this IEthereumRpc rpc, Address account, BlockTag tag = default,
        CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getCode", [account, tag], RpcJsonReader.Bytes, cancellationToken);

    /// <summary>Runs a call without mining it.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="request">The call.</param>
    /// <param name="tag">The block after which it runs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer's bytes; empty when there is no contract.</returns>
    /// <exception cref="RpcException">The call reverted (<see cref="RpcException.RevertData"/>) or was
    /// refused.</exception>
    public static Task<byte[]> CallAsync(
        this IEthereumRpc rpc, CallRequest request, BlockTag tag = default,
        CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_call", [Parameters(request), tag], RpcJsonReader.Bytes, cancellationToken);

    /// <summary>The gas that a call would need.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="request">The call.</param>
    /// <param name="tag">The block after which it runs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Gas.</returns>
    /// <exception cref="RpcException">The call reverted (<see cref="RpcException.RevertData"/>) or was
    /// refused.</exception>
    public static Task<ulong> EstimateGasAsync(
        this IEthereumRpc rpc, CallRequest request, BlockTag tag = default,
        CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_estimateGas", [Parameters(request), tag], RpcJsonReader.Quantity, cancellationToken);

    /// <summary>Events of a range of blocks.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="filter">Which events.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The events as the node orders them: by block and log index.</returns>
    /// <exception cref="RpcException">Among others: the range is too large for the node.</exception>
    public static Task<LogEntry[]> GetLogsAsync(
        this IEthereumRpc rpc, LogFilter filter, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getLogs", [Parameters(filter)], RpcJsonReader.Logs, cancellationToken);

    /// <summary>As <see cref="GetLogsAsync"/>, with a block's header as it was before and after, in one batch: from one
    /// node.</summary>
    internal static async Task<(BlockHeader? Before, LogEntry[] Logs, BlockHeader? After)> GetLogsBetweenAsync(
        this IEthereumRpc rpc, LogFilter filter, BlockTag block, CancellationToken cancellationToken)
    {
        var header = new RpcCall("eth_getBlockByNumber", block, false);
        RpcCall[] calls = [header, new("eth_getLogs", Parameters(filter)), header];
        var results = await rpc.SendBatchAsync(calls, cancellationToken);
        return (
            Convert(header.Method, results[0].Value, OrNull(RpcJsonReader.Header)),
            Convert("eth_getLogs", results[1].Value, RpcJsonReader.Logs),
            Convert(header.Method, results[2].Value, OrNull(RpcJsonReader.Header)));
    }

    /// <summary>Hands a signed transaction to the node.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="raw">The signed bytes.</param>
    /// <param name="cancellationToken">Ends the wait; the node may have the transaction all the same.</param>
    /// <returns>The transaction's hash.</returns>
    public static Task<Bytes32> SendRawTransactionAsync(
        this IEthereumRpc rpc, byte[] raw, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_sendRawTransaction", [raw], RpcJsonReader.Bytes32, cancellationToken);

    /// <summary>What became of a transaction.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="transactionHash">The transaction.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The receipt, or null while it isn't mined.</returns>
    public static Task<TransactionReceipt?> GetReceiptAsync(
        this IEthereumRpc rpc, Bytes32 transactionHash, CancellationToken cancellationToken = default) =>
        AskAsync(rpc, "eth_getTransactionReceipt", [transactionHash], OrNull(RpcJsonReader.Receipt), cancellationToken);

    /// <summary>What a transaction asked for, mined or not.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="transactionHash">The transaction.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The contract and the input, or null when the node does not know the transaction.</returns>
    public static Task<TransactionContent?> GetTransactionAsync(
        this IEthereumRpc rpc, Bytes32 transactionHash, CancellationToken cancellationToken = default) => AskAsync(
            rpc, "eth_getTransactionByHash", [transactionHash], OrNull(RpcJsonReader.Transaction), cancellationToken);

    /// <summary>Fees of recent blocks.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="blocks">How many blocks, 1 to 1,024.</param>
    /// <param name="newest">The last block told.</param>
    /// <param name="percentiles">Of the priority fees, each in [0, 100], ascending.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The fees; fewer blocks when the chain is shorter.</returns>
    public static Task<FeeHistory> FeeHistoryAsync(
        this IEthereumRpc rpc,
        int blocks,
        BlockTag newest = default,
        IReadOnlyList<double>? percentiles = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blocks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(blocks, 1024);
        return AskAsync(
            rpc, "eth_feeHistory", [blocks, newest, percentiles ?? []], RpcJsonReader.FeeHistory, cancellationToken);
    }

    private static async Task<T> AskAsync<T>(
        IEthereumRpc rpc, string method, object?[] parameters, Func<JsonElement, T> read,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        return Convert(method, await rpc.SendAsync(method, parameters, cancellation), read);
    }

    private static T Convert<T>(string method, JsonElement result, Func<JsonElement, T> read)
    {
        try
        {
            return read(result);
        }
        catch (Exception exception) when (
            exception is FormatException or InvalidOperationException or OverflowException)
        {
            throw new RpcFormatException(method, exception);
        }
    }

    private static Func<JsonElement, T?> OrNull<T>(Func<JsonElement, T> read)
        where T : class => element => element.ValueKind == JsonValueKind.Null ? null : read(element);

    private static Dictionary<string, object?> Parameters(CallRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal) { ["data"] = request.Data };
        Add(fields, "to", request.To);
        Add(fields, "from", request.From);
        Add(fields, "gas", request.GasLimit);
        if (!request.Value.IsZero)
        {
            fields["value"] = request.Value;
        }

        return fields;
    }

    private static Dictionary<string, object?> Parameters(LogFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (filter.BlockHash is { } hash)
        {
            fields["blockHash"] = hash;
        }
        else
        {
            fields["fromBlock"] = filter.FromBlock;
            fields["toBlock"] = filter.ToBlock;
        }

        Add(fields, "address", filter.Addresses.Count == 0 ? null : filter.Addresses);
        Add(fields, "topics", filter.Topics?.Select(topics => topics.Length == 0 ? null : topics).ToArray());
        return fields;
    }

    private static void Add(Dictionary<string, object?> fields, string name, object? value)
    {
        if (value is not null)
        {
            fields[name] = value;
        }
    }
}
