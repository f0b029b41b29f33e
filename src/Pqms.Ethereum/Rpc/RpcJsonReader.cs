using System.Globalization;
using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>Reads the values of JSON-RPC's objects; whatever isn't as specified is a
/// <see cref="FormatException"/>.</summary>
internal static class RpcJsonReader
{
    public static ulong Quantity(JsonElement element)
    {
        var text = Text(element);
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out var value)
            ? value
            : throw new FormatException($"'{Hex.Excerpt(text)}' is no quantity below 2^64: 0x and hexadecimal digits.");
    }

    public static UInt256 Quantity256(JsonElement element) => UInt256.Parse(Text(element));

    public static byte[] Bytes(JsonElement element) => Hex.Decode(Text(element));

    public static Bytes32 Bytes32(JsonElement element) => Ethereum.Bytes32.Parse(Text(element));

    public static Address Address(JsonElement element) => Ethereum.Address.Parse(Text(element));

    public static bool Has(JsonElement element, string name, out JsonElement value) =>
        element.TryGetProperty(name, out value)
            && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    public static JsonElement Get(JsonElement element, string name) => Has(element, name, out var value)
        ? value
        : throw new FormatException($"The field '{name}' is missing.");

    public static LogEntry Log(JsonElement element)
    {
        var topics = Get(element, "topics");
        var values = new Bytes32[topics.GetArrayLength()];
        var i = 0;
        foreach (var topic in topics.EnumerateArray())
        {
            values[i++] = Bytes32(topic);
        }

        return new LogEntry(
            Address(Get(element, "address")),
            values,
            Bytes(Get(element, "data")),
            Quantity(Get(element, "blockNumber")),
            Bytes32(Get(element, "blockHash")),
            Bytes32(Get(element, "transactionHash")),
            checked((uint)Quantity(Get(element, "transactionIndex"))),
            checked((uint)Quantity(Get(element, "logIndex"))));
    }

    public static LogEntry[] Logs(JsonElement element) => [.. element.EnumerateArray().Select(Log)];

    public static TransactionReceipt Receipt(JsonElement element) => new(
        Bytes32(Get(element, "transactionHash")),
        Quantity(Get(element, "status")) == 1,
        Quantity(Get(element, "blockNumber")),
        Bytes32(Get(element, "blockHash")),
        Quantity(Get(element, "gasUsed")),
        Has(element, "effectiveGasPrice", out var price) ? Quantity256(price) : UInt256.Zero,
        Address(Get(element, "from")),
        Has(element, "to", out var to) ? Address(to) : null,
        Has(element, "contractAddress", out var created) ? Address(created) : null,
        Logs(Get(element, "logs")));

    public static TransactionContent Transaction(JsonElement element) => new(
        Has(element, "to", out var to) ? Address(to) : null, Bytes(Get(element, "input")));

    public static BlockHeader Header(JsonElement element)
    {
        var header = new BlockHeader(
            Quantity(Get(element, "number")),
            Bytes32(Get(element, "hash")),
            Bytes32(Get(element, "parentHash")),
            Quantity(Get(element, "timestamp")),
            Quantity(Get(element, "gasLimit")),
            Quantity(Get(element, "gasUsed")),
            Has(element, "baseFeePerGas", out var fee) ? Quantity256(fee) : UInt256.Zero);
        return header with { Encoded = HeaderEncoding.TryEncode(element, header.Hash) };
    }

    public static FeeHistory FeeHistory(JsonElement element) => new(
        Quantity(Get(element, "oldestBlock")),
        [.. Get(element, "baseFeePerGas").EnumerateArray().Select(Quantity256)],
        [.. Get(element, "gasUsedRatio").EnumerateArray().Select(ratio => ratio.GetDouble())],
        Has(element, "reward", out var rewards)
            ? [.. rewards.EnumerateArray().Select(block => block.EnumerateArray().Select(Quantity256).ToArray())]
            : []);

    private static string Text(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? element.GetString()!
        : throw new FormatException($"A string is needed, not {element.ValueKind}.");
}
