using System.Buffers.Binary;

namespace Pqms.Ethereum.Transactions;

/// <content>Reading signed bytes back, as a restart finds them in the store.</content>
public sealed partial record Eip1559Transaction
{
    // chain id, nonce, two fees, gas, to, value, data, access list, y parity, r, s.
    private const int SignedFields = 12;
    private const int AccessListField = 8;

    /// <summary>Reads what signed bytes say. The signature isn't checked.</summary>
    /// <param name="raw">A signed transaction of type 2 with an empty access list.</param>
    /// <returns>The transaction without its signature.</returns>
    /// <exception cref="FormatException">Other bytes: another type, a length that doesn't fit, an access
    /// list.</exception>
    public static Eip1559Transaction Decode(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty || raw[0] != Type)
        {
            throw Malformed(raw.Length, "the type isn't 2");
        }

        var rest = raw[1..];
        var list = Next(ref rest, raw.Length, out var isList);
        if (!isList || !rest.IsEmpty)
        {
            throw Malformed(raw.Length, "it isn't one list");
        }

        var transaction = new Eip1559Transaction(
            Number(Word(ref list, raw.Length)),
            Number(Word(ref list, raw.Length)),
            Word(ref list, raw.Length),
            Word(ref list, raw.Length),
            Number(Word(ref list, raw.Length)),
            ToAddress(Item(ref list, raw.Length), raw.Length),
            Word(ref list, raw.Length),
            Item(ref list, raw.Length).ToArray());
        for (var field = AccessListField; field < SignedFields; field++)
        {
            var item = Next(ref list, raw.Length, out isList);
            if (isList != (field == AccessListField) || (isList && !item.IsEmpty))
            {
                throw Malformed(raw.Length, "it has an access list, or misplaces it");
            }
        }

        return list.IsEmpty ? transaction : throw Malformed(raw.Length, $"it has more than {SignedFields} fields");
    }

    private static ulong Number(UInt256 value) => value <= ulong.MaxValue
        ? (ulong)value
        : throw new FormatException($"A signed transaction holds {value} where at most 2^64 - 1 is allowed.");

    private static Address? ToAddress(ReadOnlySpan<byte> item, int length) => item.Length switch
    {
        0 => null,
        Address.Size => Address.FromBytes(item),
        _ => throw Malformed(length, $"its receiver has {item.Length} bytes; 0 or {Address.Size} are allowed"),
    };

    private static UInt256 Word(ref ReadOnlySpan<byte> list, int length)
    {
        var item = Item(ref list, length);
        return item.Length <= UInt256.Size
            ? UInt256.ReadBigEndian(item)
            : throw Malformed(length, $"a number has {item.Length} bytes; at most {UInt256.Size} are allowed");
    }

    private static ReadOnlySpan<byte> Item(ref ReadOnlySpan<byte> list, int length)
    {
        var item = Next(ref list, length, out var isList);
        return isList ? throw Malformed(length, "a list stands where bytes are needed") : item;
    }

    // One RLP item; whatever is longer than what is there is refused.
    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest, int length, out bool isList)
    {
        if (rest.IsEmpty)
        {
            throw Malformed(length, "it ends too early");
        }

        var first = rest[0];
        isList = first >= 0xc0;
        var code = isList ? first - 0xc0 : first - 0x80;
        var (start, size) = first < 0x80 ? (0, 1L) : code <= 55 ? (1, code) : (code - 54, LongLength(rest, code - 55));
        if (size < 0 || start + size > rest.Length)
        {
            throw Malformed(length, "an item is longer than the bytes");
        }

        var item = rest.Slice(start, (int)size);
        rest = rest[(start + (int)size)..];
        return item;
    }

    private static long LongLength(ReadOnlySpan<byte> rest, int bytes)
    {
        if (bytes > sizeof(int) || bytes >= rest.Length)
        {
            return -1;
        }

        Span<byte> word = stackalloc byte[sizeof(uint)];
        word.Clear();
        rest.Slice(1, bytes).CopyTo(word[(sizeof(uint) - bytes)..]);
        return BinaryPrimitives.ReadUInt32BigEndian(word);
    }

    private static FormatException Malformed(int length, string why) =>
        new($"{length} bytes are no signed transaction of type 2: {why}.");
}
