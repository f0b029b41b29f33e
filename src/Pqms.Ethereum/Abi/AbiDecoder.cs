using System.Buffers.Binary;
using System.Text;

namespace Pqms.Ethereum.Abi;

/// <summary>Reads an ABI encoding in the order of the declaration. Strict: whatever the encoding leaves open is
/// refused.</summary>
/// <remarks>
/// One instance reads one block; <see cref="ReadDynamic"/> and <see cref="ReadArray"/> give the decoder of another
/// block.
/// Numbers must fit their width, padding must be zero, a bool must be 0 or 1, text must be UTF-8, offsets must be whole
/// words inside the data. All lengths that are read from n bytes sum to n at most, so offsets that lead many values to
/// the same bytes cannot make the reader allocate more than a small multiple of its input.
/// </remarks>
public ref struct AbiDecoder
{
    /// <summary>Bytes in one word, the unit of every encoding.</summary>
    public const int WordSize = 32;

    private readonly ReadOnlySpan<byte> _block;
    private readonly int _origin;
    private int _position;
    private Allowance? _allowance;

    /// <summary>Starts at the first word.</summary>
    /// <param name="block">The encoding, without a selector.</param>
    public AbiDecoder(ReadOnlySpan<byte> block)
        : this(block, 0, null)
    {
    }

    private AbiDecoder(ReadOnlySpan<byte> block, int origin, Allowance? allowance)
    {
        _block = block;
        _origin = origin;
        _position = 0;
        _allowance = allowance;
    }

    /// <summary>Whether the head was read to the end of the block.</summary>
    public readonly bool AtEnd => _position == _block.Length;

    /// <summary>Reads a uint256.</summary>
    /// <returns>The number.</returns>
    /// <exception cref="AbiException">The block ends before.</exception>
    public UInt256 ReadUInt256() => UInt256.ReadBigEndian(NextWord("uint256"));

    /// <summary>Reads a uint of up to 128 bits.</summary>
    /// <param name="bits">The type's width, 8 to 128.</param>
    /// <returns>The number.</returns>
    /// <exception cref="AbiException">The block ends before, or the number needs more bits.</exception>
    public UInt128 ReadUInt(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 128);
        var word = NextWord("uint");
        var value = BinaryPrimitives.ReadUInt128BigEndian(word[16..]);
        return !word[..16].ContainsAnyExcept((byte)0) && (bits == 128 || value >> bits == 0)
            ? value
            : throw Refuse($"uint{bits}", _position - WordSize, Hex.Encode(word), $"0 to 2^{bits} - 1");
    }

    /// <summary>Reads a uint of up to 64 bits.</summary>
    /// <param name="bits">The type's width, 8 to 64.</param>
    /// <returns>The number.</returns>
    /// <exception cref="AbiException">The block ends before, or the number needs more bits.</exception>
    public ulong ReadUInt64(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 64);
        return (ulong)ReadUInt(bits);
    }

    /// <summary>Reads an int of up to 128 bits.</summary>
    /// <param name="bits">The type's width, 8 to 128.</param>
    /// <returns>The number.</returns>
    /// <exception cref="AbiException">The block ends before, or the number needs more bits.</exception>
    public Int128 ReadInt(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 128);
        var word = NextWord("int");
        var value = BinaryPrimitives.ReadInt128BigEndian(word[16..]);
        var sign = Int128.IsNegative(value) ? (byte)0xff : (byte)0;
        var rest = value >> (bits - 1);
        return !word[..16].ContainsAnyExcept(sign) && (rest == 0 || rest == -1)
            ? value
            : throw Refuse($"int{bits}", _position - WordSize, Hex.Encode(word), $"-2^{bits - 1} to 2^{bits - 1} - 1");
    }

    /// <summary>Reads a bool.</summary>
    /// <returns>The truth value.</returns>
    /// <exception cref="AbiException">The block ends before, or the word is neither 0 nor 1.</exception>
    public bool ReadBool()
    {
        var word = NextWord("bool");
        return !word[..31].ContainsAnyExcept((byte)0) && word[31] <= 1
            ? word[31] == 1
            : throw Refuse("bool", _position - WordSize, Hex.Encode(word), "0 or 1");
    }

    /// <summary>Reads an address.</summary>
    /// <returns>The address.</returns>
    /// <exception cref="AbiException">The block ends before, or the first 12 bytes are not zero.</exception>
    public Address ReadAddress()
    {
        var word = NextWord("address");
        return !word[..12].ContainsAnyExcept((byte)0)
            ? Address.FromBytes(word[12..])
            : throw Refuse("address", _position - WordSize, Hex.Encode(word), "12 zero bytes, then 20 bytes");
    }

    /// <summary>Reads a bytes32.</summary>
    /// <returns>The bytes.</returns>
    /// <exception cref="AbiException">The block ends before.</exception>
    public Bytes32 ReadBytes32() => Bytes32.FromBytes(NextWord("bytes32"));

    /// <summary>Reads a bytesN.</summary>
    /// <param name="n">The type's size, 1 to 32.</param>
    /// <returns>N bytes, newly allocated.</returns>
    /// <exception cref="AbiException">The block ends before, or the padding is not zero.</exception>
    public byte[] ReadFixedBytes(int n)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, WordSize);
        var word = NextWord("bytesN");
        return !word[n..].ContainsAnyExcept((byte)0)
            ? word[..n].ToArray()
            : throw Refuse($"bytes{n}", _position - WordSize, Hex.Encode(word), $"{n} bytes, then zeros");
    }

    /// <summary>Reads a bytes value through its offset.</summary>
    /// <returns>The bytes, newly allocated.</returns>
    /// <exception cref="AbiException">Offset, length or padding is wrong.</exception>
    public byte[] ReadBytes() => FollowBytes("bytes").ToArray();

    /// <summary>Reads a string through its offset.</summary>
    /// <returns>The text.</returns>
    /// <exception cref="AbiException">Offset, length or padding is wrong, or the bytes are no UTF-8.</exception>
    public string ReadString()
    {
        var place = _position;
        var bytes = FollowBytes("string");
        try
        {
            return Utf8Strict.Encoding.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new AbiException($"string at byte {_origin + place}: the bytes are no UTF-8.", exception);
        }
    }

    /// <summary>Follows an offset to a dynamic tuple, or to a fixed array of dynamic elements.</summary>
    /// <returns>The decoder of that block.</returns>
    /// <exception cref="AbiException">The offset is no whole word inside this block.</exception>
    public AbiDecoder ReadDynamic()
    {
        var offset = NextOffset("tuple");
        return new AbiDecoder(_block[offset..], _origin + offset, _allowance);
    }

    /// <summary>Follows an offset to T[].</summary>
    /// <param name="length">The number of elements, for which the remaining bytes suffice.</param>
    /// <param name="minimumElementWords">Words that each element has in the head: 1 for a dynamic one. At least
    /// 1.</param>
    /// <returns>The decoder of the elements.</returns>
    /// <exception cref="AbiException">The offset or the length leads out of the block.</exception>
    public AbiDecoder ReadArray(out int length, int minimumElementWords)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumElementWords);
        var offset = NextOffset("array");
        var start = offset + WordSize;
        length = ReadLength("array", offset, (_block.Length - start) / WordSize / minimumElementWords);
        Spend("array", offset, length * minimumElementWords * WordSize);
        return new AbiDecoder(_block[start..], _origin + start, _allowance);
    }

    private ReadOnlySpan<byte> FollowBytes(string what)
    {
        var offset = NextOffset(what);
        var start = offset + WordSize;
        var length = ReadLength(what, offset, _block.Length - start);
        var padded = (int)(((long)length + WordSize - 1) / WordSize * WordSize);
        if (padded > _block.Length - start)
        {
            throw Refuse(what, offset, $"a length of {length} without its padding",
                $"{_block.Length - start} bytes left");
        }

        Spend(what, offset, padded);
        var content = _block.Slice(start, padded);
        return !content[length..].ContainsAnyExcept((byte)0)
            ? content[..length]
            : throw Refuse(what, start + length, Hex.Encode(content[length..]), "zeros as padding");
    }

    private readonly int ReadLength(string what, int offset, int limit)
    {
        var word = _block.Slice(offset, WordSize);
        var value = BinaryPrimitives.ReadUInt32BigEndian(word[28..]);
        return !word[..28].ContainsAnyExcept((byte)0) && value <= (uint)limit
            ? (int)value
            : throw Refuse(what + " length", offset, Hex.Encode(word), $"0 to {limit}, what the bytes left can hold");
    }

    private int NextOffset(string what)
    {
        var word = NextWord(what);
        var limit = _block.Length - WordSize;
        var value = BinaryPrimitives.ReadUInt32BigEndian(word[28..]);
        if (word[..28].ContainsAnyExcept((byte)0) || value > (uint)limit || value % WordSize != 0)
        {
            throw Refuse(what + " offset", _position - WordSize, Hex.Encode(word),
                $"a multiple of 32 from 0 to {limit}");
        }

        _allowance ??= new Allowance { Bytes = _block.Length };
        return (int)value;
    }

    private readonly void Spend(string what, int offset, int bytes)
    {
        if (bytes > _allowance!.Bytes)
        {
            throw Refuse(what, offset, $"{bytes} more bytes", "lengths whose sum is at most the data's length");
        }

        _allowance.Bytes -= bytes;
    }

    private ReadOnlySpan<byte> NextWord(string what)
    {
        if (_block.Length - _position < WordSize)
        {
            throw Refuse(what, _position, $"{_block.Length - _position} bytes", $"at least {WordSize} bytes");
        }

        var word = _block.Slice(_position, WordSize);
        _position += WordSize;
        return word;
    }

    private readonly AbiException Refuse(string what, int place, string found, string allowed) =>
        new($"{what} at byte {_origin + place}: found {found}; allowed is {allowed}.");

    // Shared by all blocks of one encoding: how many bytes its lengths may still claim.
    private sealed class Allowance
    {
        public int Bytes;
    }
}
