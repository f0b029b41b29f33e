using System.Buffers.Binary;
using System.Text;

namespace Pqms.Ethereum.Abi;

/// <summary>Builds an ABI encoding by appending values in the order of their declaration.</summary>
/// <remarks>
/// One instance holds one block: a head, in which dynamic values leave an offset, and a tail. A static tuple is written
/// by writing its members; a dynamic one by <see cref="WriteDynamic"/>. Not safe across threads; may be reused after
/// <see cref="Clear"/>. Source: Solidity documentation, "Contract ABI Specification".
/// </remarks>
public sealed class AbiEncoder
{
    /// <summary>Bytes in one word, the unit of every encoding.</summary>
    public const int WordSize = 32;

    private byte[] _head = new byte[8 * WordSize];
    private byte[] _tail = [];
    private int _headLength;
    private int _tailLength;
    private int[] _offsets = [];
    private int _offsetCount;
    private AbiEncoder? _child;

    /// <summary>Bytes written so far, head and tail together.</summary>
    public int Length => _headLength + _tailLength;

    /// <summary>Appends a uint of any width.</summary>
    /// <param name="value">The number.</param>
    public void WriteUInt(UInt256 value) => value.WriteBigEndian(NextWord());

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
        WriteOffset();
        var padded = (value.Length + WordSize - 1) / WordSize * WordSize;
        var block = NextTail(WordSize + padded);
        BinaryPrimitives.WriteInt32BigEndian(block[28..], value.Length);
        value.CopyTo(block[WordSize..]);
    }

    /// <summary>Appends a string as the bytes of its UTF-8 form.</summary>
    /// <param name="value">Text without unpaired surrogates.</param>
    /// <exception cref="EncoderFallbackException">The text has an unpaired surrogate.</exception>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteBytes(Utf8Strict.Encoding.GetBytes(value));
    }

    /// <summary>Appends a dynamic tuple, or any other value with a block of its own, to which an offset
    /// leads.</summary>
    /// <param name="body">Writes the block's members; offsets inside count from the block's start.</param>
    public void WriteDynamic(Action<AbiEncoder> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        WriteDynamic(body, static (encoder, write) => write(encoder));
    }

    /// <summary>As <see cref="WriteDynamic(Action{AbiEncoder})"/>, without a closure.</summary>
    /// <typeparam name="T">What the body needs.</typeparam>
    /// <param name="state">Handed to the body.</param>
    /// <param name="body">Writes the block's members.</param>
    public void WriteDynamic<T>(T state, Action<AbiEncoder, T> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        WriteOffset();
        var child = BeginChild();
        body(child, state);
        child.CopyBlock(NextTail(child.Length));
    }

    /// <summary>Appends T[]: an offset in the head; the number of elements and the elements' block in the
    /// tail.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="items">The elements.</param>
    /// <param name="elementIsDynamic">
    /// Whether the element's type is dynamic. True: each item gets a block of its own and <paramref name="writeItem"/>
    /// writes that block's members (a tuple). Elements that write their own offset (bytes, string, arrays): false.
    /// </param>
    /// <param name="writeItem">Writes one element.</param>
    public void WriteArray<T>(IReadOnlyList<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(writeItem);
        WriteOffset();
        var child = BeginChild();
        child.WriteItems(items, elementIsDynamic, writeItem);
        var block = NextTail(WordSize + child.Length);
        BinaryPrimitives.WriteInt32BigEndian(block[28..], items.Count);
        child.CopyBlock(block[WordSize..]);
    }

    /// <summary>Appends T[k]. With a static element the elements stand in the head, else in a block of their
    /// own.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="items">The elements; the caller answers for their number.</param>
    /// <param name="elementIsDynamic">
    /// Whether each item gets a block of its own, as in <see cref="WriteArray"/>. For elements that write their own
    /// offset (bytes[2], string[3]) use <see cref="WriteDynamic(Action{AbiEncoder})"/> round the elements.
    /// </param>
    /// <param name="writeItem">Writes one element.</param>
    public void WriteFixedArray<T>(IReadOnlyList<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        ArgumentNullException.ThrowIfNull(items);
        ArgumentNullException.ThrowIfNull(writeItem);
        if (!elementIsDynamic)
        {
            WriteItems(items, elementIsDynamic, writeItem);
            return;
        }

        WriteOffset();
        var child = BeginChild();
        child.WriteItems(items, elementIsDynamic, writeItem);
        child.CopyBlock(NextTail(child.Length));
    }

    /// <summary>The encoding, newly allocated.</summary>
    /// <returns>A whole number of words.</returns>
    public byte[] ToArray()
    {
        var result = new byte[Length];
        CopyBlock(result);
        return result;
    }

    /// <summary>The encoding behind a function's or an error's selector.</summary>
    /// <param name="selector">The first four bytes of the signature's Keccak-256, most significant first.</param>
    /// <returns>Four bytes and a whole number of words.</returns>
    public byte[] ToArray(uint selector)
    {
        var result = new byte[4 + Length];
        BinaryPrimitives.WriteUInt32BigEndian(result, selector);
        CopyBlock(result.AsSpan(4));
        return result;
    }

    /// <summary>Writes the encoding into a caller's buffer; allocates nothing.</summary>
    /// <param name="destination">At least <see cref="Length"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public int CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Length, nameof(destination));
        CopyBlock(destination);
        return Length;
    }

    /// <summary>Forgets what was written and keeps the buffers for the next encoding.</summary>
    public void Clear()
    {
        _headLength = 0;
        _tailLength = 0;
        _offsetCount = 0;
    }

    private void WriteItems<T>(IReadOnlyList<T> items, bool elementIsDynamic, Action<AbiEncoder, T> writeItem)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (elementIsDynamic)
            {
                WriteDynamic(items[i], writeItem);
            }
            else
            {
                writeItem(this, items[i]);
            }
        }
    }

    private AbiEncoder BeginChild()
    {
        _child ??= new AbiEncoder();
        _child.Clear();
        return _child;
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
