using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>Reads a JSON-RPC error and finds a contract's revert data wherever the node hides it.</summary>
/// <remarks>
/// Shapes seen: geth, anvil, Erigon: <c>data: "0x…"</c>, code 3. Hardhat: <c>data: { data: "0x…", message, txHash
/// }</c>,
/// code -32603 or 3. OpenEthereum, Nethermind: <c>data: "Reverted 0x…"</c>. Ganache:
/// <c>data: { result: "0x…" }</c> or <c>data: { "0xhash": { return: "0x…" } }</c>. Gateways:
/// <c>data: { originalError: { data: "0x…" } }</c>.
/// </remarks>
internal static class RpcErrorReader
{
    private const long ExecutionRevertedCode = 3;

    // The deepest shape seen nests three objects.
    private const int MaxDepth = 5;

    private const string RevertedPrefix = "Reverted ";

    private static readonly string[] Names = ["data", "result", "return", "originalError", "error"];

    public static RpcException Read(string method, JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return new RpcException(method, 0, Hex.Excerpt(error.ToString()));
        }

        var code = error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number
            && number.TryGetInt64(out var value) ? value : 0;
        var message = error.TryGetProperty("message", out var text) ? text.ToString() : "no message";
        return new RpcException(method, code, message, RevertData(error, code, message));
    }

    private static byte[]? RevertData(JsonElement error, long code, string message)
    {
        var saysRevert = code == ExecutionRevertedCode
            || message.Contains("revert", StringComparison.OrdinalIgnoreCase);
        var data = error.TryGetProperty("data", out var inner) ? Find(inner, 0) : null;

        // Error data without any word of a revert counts only when it has the form selector + words.
        return data is not null && (saysRevert || data.Length % 32 == 4) ? data : saysRevert ? [] : null;
    }

    private static byte[]? Find(JsonElement element, int depth)
    {
        if (element.ValueKind == JsonValueKind.String)
        {
            var text = element.GetString()!;
            text = text.StartsWith(RevertedPrefix, StringComparison.Ordinal) ? text[RevertedPrefix.Length..] : text;
            return text.StartsWith("0x", StringComparison.Ordinal) && Hex.TryDecode(text, out var bytes) ? bytes : null;
        }

        if (element.ValueKind != JsonValueKind.Object || depth == MaxDepth)
        {
            return null;
        }

        foreach (var name in Names)
        {
            if (element.TryGetProperty(name, out var value) && Find(value, depth + 1) is { } data)
            {
                return data;
            }
        }

        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Object && Find(property.Value, depth + 1) is { } data)
            {
                return data;
            }
        }

        return null;
    }
}
