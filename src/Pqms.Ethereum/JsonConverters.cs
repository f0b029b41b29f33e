using System.Text.Json;
using System.Text.Json.Serialization;

namespace Pqms.Ethereum;

/// <summary>Reads and writes an address as its checksummed text, also as a property's name.</summary>
internal sealed class AddressJsonConverter : TextJsonConverter<Address>
{
    protected override Address Parse(string text) => Address.Parse(text);
}

/// <summary>Reads and writes a 32-byte value as hexadecimal text.</summary>
internal sealed class Bytes32JsonConverter : TextJsonConverter<Bytes32>
{
    protected override Bytes32 Parse(string text) => Bytes32.Parse(text);
}

/// <summary>Writes decimal text, since JSON numbers lose digits in many readers; reads decimal or 0x text.</summary>
internal sealed class UInt256JsonConverter : TextJsonConverter<UInt256>
{
    protected override UInt256 Parse(string text) => UInt256.Parse(text);
}

/// <summary>Writes decimal text, as <see cref="UInt256JsonConverter"/> does.</summary>
internal sealed class Int256JsonConverter : TextJsonConverter<Int256>
{
    protected override Int256 Parse(string text) => Int256.Parse(text);
}

/// <summary>A value that JSON holds as a string.</summary>
internal abstract class TextJsonConverter<T> : JsonConverter<T>
    where T : struct
{
    public sealed override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"A string is needed for {typeof(T).Name}, not {reader.TokenType}.");
        }

        try
        {
            return Parse(reader.GetString()!);
        }
        catch (FormatException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public sealed override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());

    public sealed override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert,
        JsonSerializerOptions options) =>
        Parse(reader.GetString()!);

    public sealed override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);

    protected abstract T Parse(string text);
}
