using System.Buffers;

namespace Pqms.Ethereum.Abi;

/// <summary>Appends values without padding and lengths, as Solidity's abi.encodePacked(…) does.</summary>
/// <remarks>
/// For hashing only: ("a", "bc") and ("ab", "c") give the same bytes, so at most one value of changing length should be
/// packed. Tuples can't be packed. Not safe across threads. Source: Solidity documentation, "Non-standard Packed Mode".
/// </remarks>
public sealed class AbiPackedEncoder
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    /// <summary>Bytes written so far.</summary>
    public int Length => _bytes.WrittenCount;

    /// <summary>Appends a uint as bits / 8 bytes.</summary>
    /// <param name="value">The number, from 0 to 2^bits - 1.</param>
    /// <param name="bits">The type's width: 8, 16, … 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such width, or the number needs more bits.</exception>
    public void WriteUInt(UInt256 value, int bits)
    {
        AbiRange.CheckBits(bits);
        Span<byte> word = stackalloc byte[UInt256.Size];
        (value.Fits(bits) ? value : throw AbiRange.Outside(value, bits)).WriteBigEndian(word);
        _bytes.Write(word[^(bits / 8)..]);
    }

    /// <summary>Appends an int as bits / 8 bytes of two's complement.</summary>
    /// <param name="value">The number, from -2^(bits-1) to 2^(bits-1) - 1.</param>
    /// <param name="bits">The type's width: 8, 16, … 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such width, or the number needs more bits.</exception>
    public void WriteInt(Int256 value, int bits)
    {
        AbiRange.CheckBits(bits);
        Span<byte> word = stackalloc byte[Int256.Size];
        (value.Fits(bits) ? value : throw AbiRange.Outside(value, bits)).WriteBigEndian(word);
        _bytes.Write(word[^(bits / 8)..]);
    }

    /// <summary>Appends a bool as one byte, 0 or 1.</summary>
    /// <param name="value">The truth value.</param>
    public void WriteBool(bool value) => _bytes.Write([value ? (byte)1 : (byte)0]);

    /// <summary>Appends an address as 20 bytes.</summary>
    /// <param name="value">The address.</param>
    public void WriteAddress(Address value)
    {
        value.CopyTo(_bytes.GetSpan(Address.Size));
        _bytes.Advance(Address.Size);
    }

    /// <summary>Appends a bytes32.</summary>
    /// <param name="value">The bytes.</param>
    public void WriteBytes32(Bytes32 value)
    {
        value.CopyTo(_bytes.GetSpan(Bytes32.Size));
        _bytes.Advance(Bytes32.Size);
    }

    /// <summary>Appends a bytesN or a bytes value as it is.</summary>
    /// <param name="value">Any number of bytes.</param>
    public void WriteBytes(ReadOnlySpan<byte> value) => _bytes.Write(value);

    /// <summary>Appends a string as its UTF-8 form.</summary>
    /// <param name="value">Text without unpaired surrogates.</param>
    /// <exception cref="System.Text.EncoderFallbackException">The text has an unpaired surrogate.</exception>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _bytes.Write(Utf8Strict.Encoding.GetBytes(value));
    }

    /// <summary>Appends an array, fixed or not: its elements padded to words, its length left out.</summary>
    /// <typeparam name="T">The element.</typeparam>
    /// <param name="items">The elements.</param>
    /// <param name="writeItem">Writes one element of one word.</param>
    public void WriteArray<T>(IReadOnlyList<T> items, Action<AbiEncoder, T> writeItem)
    {
        var words = new AbiEncoder();
        words.WriteFixedArray(items, elementIsDynamic: false, writeItem);
        _bytes.Write(words.ToArray());
    }

    /// <summary>What was written, newly allocated.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}
