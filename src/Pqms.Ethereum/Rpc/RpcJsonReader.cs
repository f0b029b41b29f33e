using System.Runtime.InteropServices;
using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>Reads the values of JSON-RPC's objects; whatever isn't as specified is a
/// <see cref="FormatException"/>.</summary>
/// <remarks>Blocks full of events are read here, so it walks over the answer's bytes and makes nothing but the
/// result.</remarks>
internal static partial class RpcJsonReader
{
    public static ulong Quantity(JsonElement element) => HexUtf8.Quantity(Text(element));

    public static UInt256 Quantity256(JsonElement element) => HexUtf8.Quantity256(Text(element));

    public static byte[] Bytes(JsonElement element) => HexUtf8.Bytes(Text(element));

    public static Bytes32 Bytes32(JsonElement element) => HexUtf8.Bytes32(Text(element));

    public static LogEntry[] Logs(JsonElement element)
    {
        var reader = Start(element);
        return ReadLogs(ref reader);
    }

    public static TransactionReceipt Receipt(JsonElement element)
    {
        var reader = Start(element);
        return ReadReceipt(ref reader);
    }

    public static TransactionContent Transaction(JsonElement element)
    {
        var reader = Start(element);
        return ReadTransaction(ref reader);
    }

    public static BlockHeader Header(JsonElement element)
    {
        var reader = Start(element);
        var header = ReadHeader(ref reader);
        return header with { Encoded = HeaderEncoding.TryEncode(element, header.Hash) };
    }

    public static FeeHistory FeeHistory(JsonElement element) => new(
        Quantity(Get(element, "oldestBlock")),
        [.. Array(Get(element, "baseFeePerGas")).Select(Quantity256)],
        [.. Array(Get(element, "gasUsedRatio")).Select(Ratio)],
        Has(element, "reward", out var rewards)
            ? [.. Array(rewards).Select(block => Array(block).Select(Quantity256).ToArray())]
            : []);

    private static bool Has(JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value)
            && value.ValueKind != JsonValueKind.Null;
    }

    private static JsonElement Get(JsonElement element, string name) => Has(element, name, out var value)
        ? value
        : throw Missing(name);

    private static IEnumerable<JsonElement> Array(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? element.EnumerateArray()
        : throw new FormatException($"An array is needed, not {element.ValueKind}.");

    private static double Ratio(JsonElement element) => element.ValueKind == JsonValueKind.Number
        ? element.GetDouble()
        : throw new FormatException($"A number is needed, not {element.ValueKind}.");

    // A string's bytes without its quotes. Hexadecimal digits need no escapes: with some it isn't one.
    private static ReadOnlySpan<byte> Text(JsonElement element) => element.ValueKind == JsonValueKind.String
        ? JsonMarshal.GetRawUtf8Value(element)[1..^1]
        : throw new FormatException($"A string is needed, not {element.ValueKind}.");

    private static Utf8JsonReader Start(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            throw new FormatException("There is no value.");
        }

        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element), new JsonReaderOptions { MaxDepth = 64 });
        reader.Read();
        return reader;
    }

    private static FormatException Missing(string name) => new($"The field '{name}' is missing.");
}
