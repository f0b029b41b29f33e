using System.Net.WebSockets;
using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>The few messages of a subscription to a node's new blocks.</summary>
internal static class HeadMessages
{
    private const int ChainIdRequest = 1;
    private const int SubscribeRequest = 2;

    /// <summary>Asks for the chain's id and for its new blocks, and waits for both answers.</summary>
    /// <exception cref="FormatException">The node serves another chain, refuses, or answers with
    /// garbage.</exception>
    public static async Task SubscribeAsync(
        WebSocket socket, ulong? chainId, int maxBytes, CancellationToken cancellationToken)
    {
        await socket.SendAsync(
            """{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}"""u8.ToArray(),
            WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        var buffer = new byte[maxBytes];
        var actual = RpcJsonReader.Quantity(await AnswerAsync(socket, ChainIdRequest, buffer, cancellationToken));
        if (chainId is { } expected && actual != expected)
        {
            throw new FormatException($"The node serves chain {actual}; only chain {expected} is allowed.");
        }

        await socket.SendAsync(
            """{"jsonrpc":"2.0","id":2,"method":"eth_subscribe","params":["newHeads"]}"""u8.ToArray(),
            WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        await AnswerAsync(socket, SubscribeRequest, buffer, cancellationToken);
    }

    /// <summary>Waits for the next block, whatever else comes.</summary>
    /// <returns>False when the node closed the connection.</returns>
    /// <exception cref="FormatException">A message is too long or no JSON object.</exception>
    public static async Task<bool> ReadHeadAsync(
        WebSocket socket, byte[] buffer, int maxBytes, CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(socket, buffer, maxBytes, cancellationToken) is { } length)
        {
            if (IsHead(buffer.AsSpan(0, length)))
            {
                return true;
            }
        }

        return false;
    }

    private static async Task<JsonElement> AnswerAsync(
        WebSocket socket, int id, byte[] buffer, CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(socket, buffer, buffer.Length, cancellationToken) is { } length)
        {
            var message = Parse(buffer.AsSpan(0, length));
            if (!message.TryGetProperty("id", out var actual) || actual.ValueKind != JsonValueKind.Number
                || !actual.TryGetInt32(out var number) || number != id)
            {
                continue;
            }

            if (message.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null)
            {
                throw new FormatException(RpcErrorReader.Read(
                    id == SubscribeRequest ? "eth_subscribe" : "eth_chainId", error).Message);
            }

            return message.TryGetProperty("result", out var result)
                ? result
                : throw new FormatException("The node's answer has neither result nor error.");
        }

        throw new FormatException("The node closed the connection before it answered.");
    }

    private static JsonElement Parse(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var message = JsonElement.ParseValue(ref reader);
            return message.ValueKind == JsonValueKind.Object
                ? message
                : throw new FormatException($"A message is a JSON {message.ValueKind}, no object.");
        }
        catch (JsonException exception)
        {
            throw new FormatException("A message is no JSON.", exception);
        }
    }

    private static bool IsHead(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1
                    && reader.ValueTextEquals("method"u8))
                {
                    return reader.Read() && reader.TokenType == JsonTokenType.String
                        && reader.ValueTextEquals("eth_subscription"u8);
                }
            }

            return false;
        }
        catch (JsonException exception)
        {
            throw new FormatException("A message is no JSON.", exception);
        }
    }

    // The length of the next message; null when the node closes.
    private static async Task<int?> ReceiveAsync(
        WebSocket socket, byte[] buffer, int maxBytes, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(length, maxBytes - length), cancellationToken);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return length;
            }

            if (length == maxBytes)
            {
                throw new FormatException($"A message has more than the {maxBytes} bytes that are allowed.");
            }
        }
    }
}
