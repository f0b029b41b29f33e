using System.Text.Json;

namespace Pqms.Ethereum.Rpc;

/// <content>Objects, walked over once, field by field.</content>
internal static partial class RpcJsonReader
{
    // The virtual machine has LOG0 to LOG4.
    private const int MostTopics = 4;

    private static LogEntry[] ReadLogs(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        var logs = new List<LogEntry>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            logs.Add(ReadLog(ref reader));
        }

        return [.. logs];
    }

    private static LogEntry ReadLog(ref Utf8JsonReader reader)
    {
        Address? address = null;
        Bytes32[]? topics = null;
        byte[]? data = null;
        Bytes32? blockHash = null;
        Bytes32? transactionHash = null;
        ulong? blockNumber = null;
        ulong? transactionIndex = null;
        ulong? logIndex = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextField(ref reader))
        {
            if (IsValue(ref reader, "address"u8))
            {
                address = HexUtf8.Address(Text(ref reader));
            }
            else if (IsValue(ref reader, "topics"u8))
            {
                topics = ReadTopics(ref reader);
            }
            else if (IsValue(ref reader, "data"u8))
            {
                data = HexUtf8.Bytes(Text(ref reader));
            }
            else if (IsValue(ref reader, "blockNumber"u8))
            {
                blockNumber = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "blockHash"u8))
            {
                blockHash = HexUtf8.Bytes32(Text(ref reader));
            }
            else if (IsValue(ref reader, "transactionHash"u8))
            {
                transactionHash = HexUtf8.Bytes32(Text(ref reader));
            }
            else if (IsValue(ref reader, "transactionIndex"u8))
            {
                transactionIndex = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "logIndex"u8))
            {
                logIndex = HexUtf8.Quantity(Text(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return new LogEntry(
            address ?? throw Missing("address"),
            topics ?? throw Missing("topics"),
            data ?? throw Missing("data"),
            blockNumber ?? throw Missing("blockNumber"),
            blockHash ?? throw Missing("blockHash"),
            transactionHash ?? throw Missing("transactionHash"),
            Index(transactionIndex, "transactionIndex"),
            Index(logIndex, "logIndex"));
    }

    private static Bytes32[] ReadTopics(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        Span<Bytes32> topics = stackalloc Bytes32[MostTopics];
        var count = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (count == MostTopics)
            {
                throw new FormatException($"An event has more than {MostTopics} topics.");
            }

            topics[count++] = HexUtf8.Bytes32(Text(ref reader));
        }

        return topics[..count].ToArray();
    }

    private static TransactionReceipt ReadReceipt(ref Utf8JsonReader reader)
    {
        Bytes32? hash = null, blockHash = null;
        ulong? status = null, blockNumber = null, gasUsed = null;
        UInt256 price = default;
        Address? from = null, to = null, created = null;
        LogEntry[]? logs = null;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextField(ref reader))
        {
            if (IsValue(ref reader, "transactionHash"u8))
            {
                hash = HexUtf8.Bytes32(Text(ref reader));
            }
            else if (IsValue(ref reader, "blockHash"u8))
            {
                blockHash = HexUtf8.Bytes32(Text(ref reader));
            }
            else if (IsValue(ref reader, "status"u8))
            {
                status = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "blockNumber"u8))
            {
                blockNumber = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "gasUsed"u8))
            {
                gasUsed = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "effectiveGasPrice"u8))
            {
                price = HexUtf8.Quantity256(Text(ref reader));
            }
            else if (IsValue(ref reader, "from"u8))
            {
                from = HexUtf8.Address(Text(ref reader));
            }
            else if (IsValue(ref reader, "to"u8))
            {
                to = HexUtf8.Address(Text(ref reader));
            }
            else if (IsValue(ref reader, "contractAddress"u8))
            {
                created = HexUtf8.Address(Text(ref reader));
            }
            else if (IsValue(ref reader, "logs"u8))
            {
                logs = ReadLogs(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        return new TransactionReceipt(
            hash ?? throw Missing("transactionHash"),
            (status ?? throw Missing("status")) == 1,
            blockNumber ?? throw Missing("blockNumber"),
            blockHash ?? throw Missing("blockHash"),
            gasUsed ?? throw Missing("gasUsed"),
            price,
            from ?? throw Missing("from"),
            to,
            created,
            logs ?? throw Missing("logs"));
    }

    private static BlockHeader ReadHeader(ref Utf8JsonReader reader)
    {
        ulong? number = null;
        ulong? timestamp = null;
        ulong? gasLimit = null;
        ulong? gasUsed = null;
        Bytes32? hash = null;
        Bytes32? parentHash = null;
        UInt256 baseFee = default;
        Expect(ref reader, JsonTokenType.StartObject);
        while (NextField(ref reader))
        {
            if (IsValue(ref reader, "number"u8))
            {
                number = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "hash"u8))
            {
                hash = HexUtf8.Bytes32(Text(ref reader));
            }
            else if (IsValue(ref reader, "parentHash"u8))
            {
                parentHash = HexUtf8.Bytes32(Text(ref reader));
            }
            else if (IsValue(ref reader, "timestamp"u8))
            {
                timestamp = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "gasLimit"u8))
            {
                gasLimit = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "gasUsed"u8))
            {
                gasUsed = HexUtf8.Quantity(Text(ref reader));
            }
            else if (IsValue(ref reader, "baseFeePerGas"u8))
            {
                baseFee = HexUtf8.Quantity256(Text(ref reader));
            }
            else
            {
                reader.Skip();
            }
        }

        return new BlockHeader(
            number ?? throw Missing("number"),
            hash ?? throw Missing("hash"),
            parentHash ?? throw Missing("parentHash"),
            timestamp ?? throw Missing("timestamp"),
            gasLimit ?? throw Missing("gasLimit"),
            gasUsed ?? throw Missing("gasUsed"),
            baseFee);
    }

    private static bool NextField(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    // Moves on to the field's value when it has this name and isn't null.
    private static bool IsValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType != JsonTokenType.PropertyName || !reader.ValueTextEquals(name))
        {
            return false;
        }

        reader.Read();
        return reader.TokenType != JsonTokenType.Null;
    }

    private static ReadOnlySpan<byte> Text(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.String);
        return reader.ValueSpan;
    }

    private static uint Index(ulong? value, string name) => value switch
    {
        null => throw Missing(name),
        > uint.MaxValue => throw new FormatException($"The field '{name}' is {value}; below 2^32 is allowed."),
        _ => (uint)value,
    };

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new FormatException($"{token} is needed, not {reader.TokenType}.");
        }
    }
}
