using System.Collections;
using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <summary>Writes requests. Numbers become 0x quantities, since that is what every Ethereum method takes.</summary>
internal static class RpcJsonWriter
{
    public static void WriteRequest(Utf8JsonWriter writer, long id, string method, object?[] parameters)
    {
        writer.WriteStartObject();
        writer.WriteString("jsonrpc", "2.0");
        writer.WriteNumber("id", id);
        writer.WriteString("method", method);
        writer.WritePropertyName("params");
        WriteValue(writer, parameters);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case byte[] bytes:
                writer.WriteStringValue(Hex.Encode(bytes));
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case int or uint or long or ulong or ushort or byte or UInt128 or UInt256:
                writer.WriteStringValue(UInt256.Parse(value.ToString()!).ToHexQuantity());
                break;
            case Address or Bytes32 or BlockTag:
                writer.WriteStringValue(value.ToString());
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IReadOnlyDictionary<string, object?> fields:
                WriteObject(writer, fields);
                break;
            case IEnumerable items:
                WriteArray(writer, items);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} is no parameter that can be sent.", nameof(value));
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> fields)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in fields)
        {
            writer.WritePropertyName(name);
            WriteValue(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
        {
            WriteValue(writer, item);
        }

        writer.WriteEndArray();
    }
}
