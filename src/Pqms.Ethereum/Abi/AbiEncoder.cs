using System.Buffers.Binary;
using System.Text;

namespace Pqms.Ethereum.Abi;

/// <summary>Builds an ABI encoding by appending values in the order of their declaration.</summary>
/// <remarks>
/// One instance holds one block: a head, in which dynamic values leave an offset, and a tail. A static tuple is written
/// by writing its members; a dynamic one by <see cref="WriteDynamic"/>. Not safe across threads; may be reused after
/// <see cref="Clear"/> or <see cref="Begin"/>, and then allocates nothing unless it has to grow.
/// Source: Solidity documentation, "Contract ABI Specification".
/// </remarks>
public sealed partial class AbiEncoder
{
    /// <summary>Bytes in one word, the unit of every encoding.</summary>
    public const int WordSize = 32;

    private const int SelectorSize = 4;

    private byte[] _head = new byte[8 * WordSize];
    private byte[] _tail = [];
    private int _headLength;
    private int _tailLength;
    private int[] _offsets = [];
    private int _offsetCount;
    private AbiEncoder? _child;
    private uint? _selector;

    /// <summary>Bytes written so far: a selector, head and tail together.</summary>
    public int Length => BlockLength + (_selector is null ? 0 : SelectorSize);

    private int BlockLength => _headLength + _tailLength;

    /// <summary>Starts afresh as <see cref="Clear"/> does, with a selector before the block.</summary>
    /// <param name="selector">The first four bytes of the signature's Keccak-256, most significant first.</param>
    public void Begin(uint selector)
    {
        Clear();
        _selector = selector;
    }

    /// <summary>Appends a uint256.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt(UInt256 value) => value.WriteBigEndian(NextWord());

    /// <summary>Appends a uint of any width, whose range is checked.</summary>
    /// <param name="value">The number, from 0 to 2^bits - 1.</param>
    /// <param name="bits">The type's width: 8, 16, … 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such width, or the number needs more bits.</exception>
    public void WriteUInt(UInt256 value, int bits)
    {
        AbiRange.CheckBits(bits);
        (value.Fits(bits) ? value : throw AbiRange.Outside(value, bits)).WriteBigEndian(NextWord());
    }

    /// <summary>Appends a uint of up to 64 bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(NextWord()[24..], value);

    /// <summary>Appends a uint of up to 128 bits.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(NextWord()[16..], value);

    /// <summary>Appends an int of up to 128 bits, its sign extended to the word.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt(Int128 value)
    {
        var word = NextWord();
        word[..16].Fill(Int128.IsNegative(value) ? (byte)0xff : (byte)0);
        BinaryPrimitives.WriteInt128BigEndian(word[16..], value);
    }

    /// <summary>Appends an int256.</summary>
    /// <param name="value">The number.</param>
    public void WriteInt(Int256 value) => value.WriteBigEndian(NextWord());

    /// <summary>Appends an int of any width, whose range is checked.</summary>
    /// <param name="value">The number, from -2^(bits-1) to 2^(bits-1) - 1.</param>
    /// <param name="bits">The type's width: 8, 16, … 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such width, or the number needs more bits.</exception>
    public void WriteInt(Int256 value, int bits)
    {
        AbiRange.CheckBits(bits);
        (value.Fits(bits) ? value : throw AbiRange.Outside(value, bits)).WriteBigEndian(NextWord());
    }

    /// <summary>Appends a bool as 0 or 1.</summary>
    /// <param name="value">The truth value.</param>
    public void WriteBool(bool value) => NextWord()[31] = value ? (byte)1 : (byte)0;

    /// <summary>Appends an address, left-padded.</summary>
    /// <param name="value">The address.</param>
    public void WriteAddress(Address value) => value.CopyTo(NextWord()[12..]);

    /// <summary>Appends a bytes32.</summary>
    /// <param name="value">The bytes.</param>
    public void WriteBytes32(Bytes32 value) => value.CopyTo(NextWord());

    /// <summary>Appends a bytesN, right-padded.</summary>
    /// <param name="value">1 to 32 bytes; their number is the N.</param>
    /// <exception cref="ArgumentException">No byte, or more than 32.</exception>
    public void WriteFixedBytes(ReadOnlySpan<byte> value)
    {
        if (value.Length is 0 or > WordSize)
        {
            throw new ArgumentException($"{value.Length} bytes; bytesN has 1 to {WordSize}.", nameof(value));
        }

        value.CopyTo(NextWord());
    }

    /// <summary>Appends a bytes value: an offset in the head; length and padded content in the tail.</summary>
    /// <param name="value">Any number of bytes.</param>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(NextBytes(value.Length));
    }

    /// <summary>Appends a string as the bytes of its UTF-8 form.</summary>
    /// <param name="value">Text without unpaired surrogates.</param>
    /// <exception cref="EncoderFallbackException">The text has an unpaired surrogate.</exception>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Utf8Strict.Encoding.GetBytes(value, NextBytes(Utf8Strict.Encoding.GetByteCount(value)));
    }

    /// <summary>The encoding, newly allocated.</summary>
    /// <returns>The selector, when one was begun with, and a whole number of words.</returns>
    public byte[] ToArray()
    {
        var result = new byte[Length];
        CopyTo(result);
        return result;
    }

    /// <summary>The block behind a function's or an error's selector.</summary>
    /// <param name="selector">The first four bytes of the signature's Keccak-256, most significant first; takes the
    /// place of one that was begun with.</param>
    /// <returns>Four bytes and a whole number of words.</returns>
    public byte[] ToArray(uint selector)
    {
        var result = new byte[SelectorSize + BlockLength];
        BinaryPrimitives.WriteUInt32BigEndian(result, selector);
        CopyBlock(result.AsSpan(SelectorSize));
        return result;
    }

    /// <summary>Writes the encoding into a caller's buffer; allocates nothing.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public int CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length, nameof(destination));
        if (_selector is { } selector)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination, selector);
            destination = destination[SelectorSize..];
        }

        CopyBlock(destination);
        return Length;
    }

    /// <summary>Forgets what was written and keeps the buffers for the next encoding.</summary>
    public void Clear()
    {
        _headLength = 0;
        _tailLength = 0;
        _offsetCount = 0;
        _selector = null;
    }

    // The offset's value needs the head's final length, so only its place and the tail's length are kept until then.
    private void WriteOffset()
    {
        if (_offsetCount == _offsets.Length)
        {
            Array.Resize(ref _offsets, Math.Max(4, _offsets.Length * 2));
        }

        _offsets[_offsetCount++] = _headLength;
        BinaryPrimitives.WriteInt32BigEndian(NextWord()[28..], _tailLength);
    }

    private void CopyBlock(Span<byte> destination)
    {
        _head.AsSpan(0, _headLength).CopyTo(destination);
        _tail.AsSpan(0, _tailLength).CopyTo(destination[_headLength..]);
        for (var i = 0; i < _offsetCount; i++)
        {
            var place = destination.Slice(_offsets[i] + 28, 4);
            BinaryPrimitives.WriteInt32BigEndian(place, BinaryPrimitives.ReadInt32BigEndian(place) + _headLength);
        }
    }

    private Span<byte> NextWord()
    {
        var word = Next(ref _head, _headLength, WordSize);
        _headLength += WordSize;
        return word;
    }

    // The place for a bytes value: its length is written, its padding is zero.
    private Span<byte> NextBytes(int length)
    {
        WriteOffset();
        var block = NextTail(WordSize + ((length + WordSize - 1) / WordSize * WordSize));
        BinaryPrimitives.WriteInt32BigEndian(block[28..], length);
        return block.Slice(WordSize, length);
    }

    private Span<byte> NextTail(int length)
    {
        var block = Next(ref _tail, _tailLength, length);
        _tailLength += length;
        return block;
    }

    private static Span<byte> Next(ref byte[] buffer, int used, int length)
    {
        if (buffer.Length - used < length)
        {
            Array.Resize(ref buffer, Math.Max(used + length, Math.Max(8 * WordSize, buffer.Length * 2)));
        }

        var next = buffer.AsSpan(used, length);
        next.Clear();
        return next;
    }
}
