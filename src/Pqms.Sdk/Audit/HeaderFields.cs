using System.Buffers.Binary;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;

namespace Pqms.Sdk.Audit;

/// <summary>Reads from a header's RLP form what the audit needs: parent, bloom, number, time.</summary>
internal ref struct HeaderFields
{
    private const int ParentField = 0;
    private const int BloomField = 6;
    private const int NumberField = 8;
    private const int TimeField = 11;
    private const int BloomBytes = 256;

    public Bytes32 ParentHash { get; private set; }

    public ReadOnlySpan<byte> Bloom { get; private set; }

    public ulong Number { get; private set; }

    public ulong Timestamp { get; private set; }

    /// <exception cref="FormatException">The bytes are no header.</exception>
    public static HeaderFields Parse(ReadOnlySpan<byte> encoded)
    {
        var rest = ItemOf(ref encoded, out var isList);
        if (!isList || encoded.Length != 0)
        {
            throw new FormatException("the RLP form is no single list");
        }

        var fields = new HeaderFields();
        for (var field = 0; rest.Length > 0; field++)
        {
            var item = ItemOf(ref rest, out _);
            switch (field)
            {
                case ParentField when item.Length == Bytes32.Size: fields.ParentHash = Bytes32.FromBytes(item); break;
                case BloomField when item.Length == BloomBytes: fields.Bloom = item; break;
                case NumberField when item.Length <= 8: fields.Number = Number64(item); break;
                case TimeField when item.Length <= 8: fields.Timestamp = Number64(item); break;
                case ParentField or BloomField or NumberField or TimeField:
                    throw new FormatException($"field {field} has {item.Length} bytes");
                default: break;
            }
        }

        return fields.Bloom.Length == BloomBytes ? fields : throw new FormatException("the header is too short");
    }

    /// <summary>Whether the block can hold the log: its address and each topic have their three bits set.</summary>
    public readonly bool MayHold(LogEntry log)
    {
        Span<byte> address = stackalloc byte[Address.Size];
        log.Address.CopyTo(address);
        var may = HasBits(address);
        Span<byte> word = stackalloc byte[Bytes32.Size];
        foreach (var topic in log.Topics)
        {
            topic.CopyTo(word);
            may &= HasBits(word);
        }

        return may;
    }

    // Yellow paper, M3:2048: the low 11 bits of the first three byte pairs of the hash.
    private readonly bool HasBits(ReadOnlySpan<byte> item)
    {
        Span<byte> hash = stackalloc byte[Bytes32.Size];
        Keccak256.Hash(item, hash);
        for (var i = 0; i < 6; i += 2)
        {
            var bit = BinaryPrimitives.ReadUInt16BigEndian(hash[i..]) & 2047;
            if ((Bloom[BloomBytes - 1 - (bit / 8)] >> (bit % 8) & 1) == 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ulong Number64(ReadOnlySpan<byte> bytes)
    {
        ulong value = 0;
        foreach (var b in bytes)
        {
            value = (value << 8) | b;
        }

        return value;
    }

    private static ReadOnlySpan<byte> ItemOf(scoped ref ReadOnlySpan<byte> rest, out bool isList)
    {
        int first = Take(ref rest, 1)[0];
        isList = first >= 0xc0;
        if (first < 0x80)
        {
            return new[] { (byte)first };
        }

        var length = first - (isList ? 0xc0 : 0x80);
        if (length > 55)
        {
            var size = Take(ref rest, length - 55);
            var long64 = size.Length > 4 ? ulong.MaxValue : Number64(size);
            length = long64 <= int.MaxValue ? (int)long64 : throw new FormatException("an RLP item is too long");
        }

        return Take(ref rest, length);
    }

    private static ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> rest, int count)
    {
        if (count > rest.Length)
        {
            throw new FormatException("the RLP form ends too early");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
