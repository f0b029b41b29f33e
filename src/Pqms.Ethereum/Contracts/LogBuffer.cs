using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Pqms.Ethereum.Contracts;

/// <summary>One log, read from its JSON into memory that the next log uses again.</summary>
/// <remarks>
/// For who reads many logs: after the first large one nothing is allocated. Generated events decode from
/// <see cref="Topics"/> and <see cref="Data"/>. What these return is overwritten by the next log. Not safe across
/// threads.
/// </remarks>
public sealed class LogBuffer
{
    /// <summary>Most topics of a log: the EVM has LOG0 to LOG4.</summary>
    public const int MaxTopics = 4;

    private readonly Bytes32[] _topics = new Bytes32[MaxTopics];
    private byte[] _data = new byte[256];
    private int _topicCount;
    private int _dataLength;

    /// <summary>The contract.</summary>
    public Address Address { get; private set; }

    /// <summary>The event's topic, unless it is anonymous, and its indexed values.</summary>
    public ReadOnlySpan<Bytes32> Topics => _topics.AsSpan(0, _topicCount);

    /// <summary>The other values.</summary>
    public ReadOnlySpan<byte> Data => _data.AsSpan(0, _dataLength);

    /// <summary>The block's height; 0 when the log is pending.</summary>
    public ulong BlockNumber { get; private set; }

    /// <summary>The event's place in the block, over all its transactions; 0 when the log is pending.</summary>
    public uint LogIndex { get; private set; }

    /// <summary>Whether the node says that a reorganisation removed the log.</summary>
    public bool IsRemoved { get; private set; }

    /// <summary>Reads one log.</summary>
    /// <param name="utf8Json">The log's JSON object and nothing else.</param>
    /// <exception cref="FormatException">It is no log; the message names the field.</exception>
    public void Read(ReadOnlySpan<byte> utf8Json)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8Json);
            reader.Read();
            Read(ref reader);
            if (reader.Read())
            {
                throw new FormatException("Something follows the log; allowed is one JSON object.");
            }
        }
        catch (JsonException exception)
        {
            throw new FormatException($"The log is no JSON: {exception.Message}", exception);
        }
    }

    /// <summary>Reads one log of many.</summary>
    /// <param name="reader">Stands at the log's opening brace, and at its closing one after. Its text is one
    /// span.</param>
    /// <exception cref="FormatException">It is no log; the message names the field.</exception>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public void Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refuse("log", "a JSON object");
        }

        Clear();
        var seen = Fields.None;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            seen |= ReadField(ref reader);
        }

        var missing = (Fields.Address | Fields.Topics | Fields.Data) & ~seen;
        if (missing != Fields.None)
        {
            throw new FormatException($"The log lacks {missing.ToString().ToLowerInvariant()}.");
        }
    }

    private void Clear()
    {
        (Address, BlockNumber, LogIndex, IsRemoved) = (default, 0, 0, false);
        (_topicCount, _dataLength) = (0, 0);
    }

    private Fields ReadField(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("address"u8))
        {
            Span<byte> bytes = stackalloc byte[Address.Size];
            reader.Read();
            Decode(ref reader, bytes, "address");
            Address = Address.FromBytes(bytes);
            return Fields.Address;
        }

        if (reader.ValueTextEquals("topics"u8))
        {
            reader.Read();
            ReadTopics(ref reader);
            return Fields.Topics;
        }

        if (reader.ValueTextEquals("data"u8))
        {
            reader.Read();
            ReadData(ref reader);
            return Fields.Data;
        }

        if (reader.ValueTextEquals("blockNumber"u8))
        {
            BlockNumber = ReadQuantity(ref reader, "blockNumber", ulong.MaxValue);
        }
        else if (reader.ValueTextEquals("logIndex"u8))
        {
            LogIndex = (uint)ReadQuantity(ref reader, "logIndex", uint.MaxValue);
        }
        else if (reader.ValueTextEquals("removed"u8))
        {
            reader.Read();
            IsRemoved = reader.TokenType == JsonTokenType.True;
        }
        else
        {
            reader.Skip();
        }

        return Fields.None;
    }

    private void ReadTopics(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Refuse("topics", "a JSON array");
        }

        _topicCount = 0;
        Span<byte> bytes = stackalloc byte[Bytes32.Size];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (_topicCount == MaxTopics)
            {
                throw Refuse("topics", $"at most {MaxTopics}");
            }

            Decode(ref reader, bytes, "topics");
            _topics[_topicCount++] = Bytes32.FromBytes(bytes);
        }
    }

    private void ReadData(ref Utf8JsonReader reader)
    {
        var length = Digits(ref reader, "data").Length / 2;
        if (_data.Length < length)
        {
            _data = new byte[Math.Max(length, 2 * _data.Length)];
        }

        Decode(ref reader, _data.AsSpan(0, length), "data");
        _dataLength = length;
    }

    private static ulong ReadQuantity(ref Utf8JsonReader reader, string field, ulong max)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        return ulong.TryParse(
            Digits(ref reader, field), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && value <= max
            ? value
            : throw Refuse(field, $"0x and hexadecimal digits, at most {max}");
    }

    private static void Decode(ref Utf8JsonReader reader, scoped Span<byte> destination, string field)
    {
        var digits = Digits(ref reader, field);
        if (digits.Length != 2 * destination.Length
            || Convert.FromHexString(digits, destination, out _, out _) != OperationStatus.Done)
        {
            throw Refuse(field, $"0x and hexadecimal digits of {destination.Length} bytes");
        }
    }

    // Hexadecimal text has no need of escapes, so a text with some is no value.
    private static ReadOnlySpan<byte> Digits(ref Utf8JsonReader reader, string field) =>
        reader.TokenType == JsonTokenType.String && !reader.HasValueSequence && reader.ValueSpan.StartsWith("0x"u8)
            ? reader.ValueSpan[2..]
            : throw Refuse(field, "text of 0x and hexadecimal digits");

    private static FormatException Refuse(string field, string allowed) =>
        new($"The log's {field} is malformed; allowed is {allowed}.");

    [Flags]
    private enum Fields
    {
        None = 0,
        Address = 1,
        Topics = 2,
        Data = 4,
    }
}
