using System.Buffers.Binary;

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
public ref partial struct AbiDecoder
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

    /// <summary>Reads a uint of any width.</summary>
    /// <param name="bits">The type's width: 8, 16, … 256.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such width.</exception>
    /// <exception cref="AbiException">The block ends before, or the number needs more bits.</exception>
    public UInt256 ReadUInt256(int bits)
    {
        AbiRange.CheckBits(bits);
        var value = ReadUInt256();
        return value.Fits(bits)
            ? value
            : throw Refuse($"uint{bits}", _position - WordSize, value.ToHexQuantity(), AbiRange.OfUInt(bits));
    }

    /// <summary>Reads an int of any width.</summary>
    /// <param name="bits">The type's width: 8, 16, … 256.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">No such width.</exception>
    /// <exception cref="AbiException">The block ends before, or the number needs more bits.</exception>
    public Int256 ReadInt256(int bits)
    {
        AbiRange.CheckBits(bits);
        var word = NextWord("int");
        var value = Int256.ReadBigEndian(word);
        return value.Fits(bits)
            ? value
            : throw Refuse($"int{bits}", _position - WordSize, Hex.Encode(word), AbiRange.OfInt(bits));
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
}
