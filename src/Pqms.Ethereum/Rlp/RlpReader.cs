using System.Buffers.Binary;

namespace Pqms.Ethereum.Rlp;

/// <summary>Reads RLP strictly: every value has one encoding, and any other is refused.</summary>
/// <remarks>
/// Reads items in order; a list gives a reader of its own. Nothing is copied or allocated. Source: Ethereum yellow
/// paper, appendix B.
/// </remarks>
/// <param name="items">Items one after another.</param>
public ref struct RlpReader(ReadOnlySpan<byte> items)
{
    // Prefixes: yellow paper, (182) and (187). Up to 55 bytes the prefix holds the length itself.
    private const int StringPrefix = 0x80;
    private const int ListPrefix = 0xc0;
    private const int MaxShortLength = 55;

    private ReadOnlySpan<byte> _rest = items;

    /// <summary>Whether all items were read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>Whether the next item is a list.</summary>
    /// <exception cref="FormatException">There is no next item.</exception>
    public readonly bool NextIsList => First() >= ListPrefix;

    /// <summary>Reads a string of bytes.</summary>
    /// <returns>The bytes, inside the data that is read.</returns>
    /// <exception cref="FormatException">The next item is a list, is missing, is cut off, or is encoded longer than it
    /// must be.</exception>
    public ReadOnlySpan<byte> ReadBytes()
    {
        var first = First();
        if (first < StringPrefix)
        {
            var single = _rest[..1];
            _rest = _rest[1..];
            return single;
        }

        if (first >= ListPrefix)
        {
            throw new FormatException("RLP: found a list; allowed here is a string.");
        }

        var bytes = Content(StringPrefix);
        return bytes.Length == 1 && bytes[0] < StringPrefix
            ? throw new FormatException($"RLP: the byte 0x{bytes[0]:x2} has a prefix; allowed is the byte alone.")
            : bytes;
    }

    /// <summary>Reads a list.</summary>
    /// <returns>The reader of its items.</returns>
    /// <exception cref="FormatException">The next item is a string, is missing, is cut off, or its length is encoded
    /// longer than it must be.</exception>
    public RlpReader ReadList() => First() >= ListPrefix
        ? new RlpReader(Content(ListPrefix))
        : throw new FormatException("RLP: found a string; allowed here is a list.");

    /// <summary>Reads a whole number.</summary>
    /// <returns>The number; the empty string is zero.</returns>
    /// <exception cref="FormatException">As <see cref="ReadBytes"/>, or more than 32 bytes, or a leading
    /// zero.</exception>
    public UInt256 ReadUInt256()
    {
        var bytes = ReadBytes();
        return bytes.Length <= UInt256.Size && (bytes.IsEmpty || bytes[0] != 0)
            ? UInt256.ReadBigEndian(bytes)
            : throw new FormatException(
                $"RLP: a number of {bytes.Length} bytes, first 0x{bytes[0]:x2}; allowed are at most 32, "
                + "first not zero.");
    }

    private readonly byte First() => _rest.IsEmpty
        ? throw new FormatException("RLP: the data ends; another item is needed.")
        : _rest[0];

    private ReadOnlySpan<byte> Content(int prefix)
    {
        var length = _rest[0] - prefix;
        var start = 1;
        if (length > MaxShortLength)
        {
            start += length - MaxShortLength;
            length = LongLength(start - 1);
        }

        if (length > _rest.Length - start)
        {
            throw new FormatException($"RLP: a length of {length}; {_rest.Length - start} bytes are left.");
        }

        var content = _rest.Slice(start, length);
        _rest = _rest[(start + length)..];
        return content;
    }

    private readonly int LongLength(int size)
    {
        if (size > _rest.Length - 1)
        {
            throw new FormatException($"RLP: a length of {size} bytes; {_rest.Length - 1} bytes are left.");
        }

        Span<byte> word = stackalloc byte[sizeof(ulong)];
        word.Clear();
        _rest.Slice(1, size).CopyTo(word[(sizeof(ulong) - size)..]);
        var length = BinaryPrimitives.ReadUInt64BigEndian(word);
        return _rest[1] != 0 && length is > MaxShortLength and <= int.MaxValue
            ? (int)length
            : throw new FormatException(
                $"RLP: a length of {length} in {size} bytes; allowed are 56 to {int.MaxValue}, no leading zero.");
    }
}
