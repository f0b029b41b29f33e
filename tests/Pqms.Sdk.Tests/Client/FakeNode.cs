using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Abi;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Tests.Audit;

namespace Pqms.Sdk.Tests.Client;

/// <summary>A node that serves a synthetic chain's headers and logs, and answers of eth_call by selector.</summary>
internal sealed class FakeNode(SyntheticChain chain) : IEthereumRpc
{
    /// <summary>Answers of eth_call: selector in hexadecimal → from the arguments to the returned bytes.</summary>
    public Dictionary<string, Func<byte[], byte[]>> Answers { get; } = [];

    /// <summary>Sets the answer of a call, whatever its arguments.</summary>
    public void Answer(ContractCall call, Func<byte[], Action<AbiEncoder>> answer) =>
        Answers[Convert.ToHexStringLower(call.Data.AsSpan(0, 4))] = arguments =>
        {
            var encoder = new AbiEncoder();
            answer(arguments)(encoder);
            return encoder.ToArray();
        };

    /// <summary>Most blocks of one eth_getLogs; more is refused, as public nodes do.</summary>
    public ulong MaxLogRange { get; set; } = ulong.MaxValue;

    /// <summary>Contracts and selectors that eth_call was asked for.</summary>
    public HashSet<(string To, string Selector)> Asked { get; } = [];

    /// <summary>Ranges that were asked for, refused ones included.</summary>
    public List<(ulong From, ulong To)> LogRanges { get; } = [];

    public Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken) =>
        Task.FromResult(Json(Answer(method, parameters)));

    public Task<IReadOnlyList<RpcResult>> SendBatchAsync(
        IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RpcResult>>(
            [.. calls.Select(call => RpcResult.Success(Json(Answer(call.Method, call.Parameters))))]);

    private object? Answer(string method, object?[] parameters) => method switch
    {
        "eth_chainId" => (object?)"0x7a69",
        "eth_getBlockByNumber" => Block(parameters[0]!.ToString()!),
        "eth_getLogs" => Logs((IReadOnlyDictionary<string, object?>)parameters[0]!),
        "eth_call" => Call((IReadOnlyDictionary<string, object?>)parameters[0]!),
        _ => throw new RpcException(method, -32601, "unknown method"),
    };

    private object? Block(string tag)
    {
        var number = tag switch
        {
            "latest" => (ulong)chain.Headers.Count - 1UL,
            "earliest" => 0UL,
            _ => Convert.ToUInt64(tag, 16),
        };
        if (number >= (ulong)chain.Headers.Count)
        {
            return null;
        }

        var header = chain.Headers[(int)number];
        return new Dictionary<string, object?>
        {
            ["number"] = Hex(header.Number),
            ["hash"] = header.Hash.ToString(),
            ["parentHash"] = header.ParentHash.ToString(),
            ["timestamp"] = Hex(header.Timestamp),
            ["gasLimit"] = Hex(header.GasLimit),
            ["gasUsed"] = Hex(header.GasUsed),
            ["baseFeePerGas"] = "0x0",
        };
    }

    private object Logs(IReadOnlyDictionary<string, object?> filter)
    {
        var from = Convert.ToUInt64(filter["fromBlock"]!.ToString(), 16);
        var to = Convert.ToUInt64(filter["toBlock"]!.ToString(), 16);
        LogRanges.Add((from, to));
        if (to - from + 1 > MaxLogRange)
        {
            throw new RpcException("eth_getLogs", -32005, "query returned more than 10000 results");
        }

        var addresses = ((IEnumerable<Address>)filter["address"]!).ToHashSet();
        var topics = (filter.GetValueOrDefault("topics") as IEnumerable<object?>)?.ToArray() ?? [];
        return chain.Logs
            .Where(log => log.BlockNumber >= from && log.BlockNumber <= to && addresses.Contains(log.Address))
            .Where(log => topics.Select((wanted, i) => wanted is null
                || (i < log.Topics.Length && ((IEnumerable<Bytes32>)wanted).Contains(log.Topics[i]))).All(fits => fits))
            .Select(log => new Dictionary<string, object?>
            {
                ["address"] = log.Address.ToString(),
                ["topics"] = log.Topics.Select(topic => topic.ToString()).ToArray(),
                ["data"] = Ethereum.Hex.Encode(log.Data),
                ["blockNumber"] = Hex(log.BlockNumber),
                ["blockHash"] = log.BlockHash.ToString(),
                ["transactionHash"] = log.TransactionHash.ToString(),
                ["transactionIndex"] = Hex(log.TransactionIndex),
                ["logIndex"] = Hex(log.LogIndex),
                ["removed"] = false,
            })
            .ToArray();
    }

    private object Call(IReadOnlyDictionary<string, object?> call)
    {
        var data = call.Values.OfType<byte[]>().Single();
        var selector = Convert.ToHexStringLower(data.AsSpan(0, 4));
        Asked.Add((call["to"]!.ToString()!, selector));
        return Answers.TryGetValue(selector, out var answer)
            ? Ethereum.Hex.Encode(answer(data[4..]))
            : throw new RpcException("eth_call", 3, "execution reverted", []);
    }

    private static string Hex(ulong number) => "0x" + number.ToString("x");

    private static JsonElement Json(object? value) => JsonSerializer.SerializeToElement(value);
}
