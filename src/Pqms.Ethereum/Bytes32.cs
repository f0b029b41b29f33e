using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Pqms.Ethereum;

/// <summary>Thirty-two bytes: a hash, a topic, a storage word.</summary>
/// <remarks><c>default</c> is <see cref="Zero"/>. Compared and ordered by its bytes. Immutable, safe across
/// threads.</remarks>
[JsonConverter(typeof(Bytes32JsonConverter))]
public readonly record struct Bytes32 : IComparable<Bytes32>
{
    /// <summary>Bytes in the value.</summary>
    public const int Size = 32;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    private Bytes32(ulong first, ulong second, ulong third, ulong fourth)
    {
        _first = first;
        _second = second;
        _third = third;
        _fourth = fourth;
    }

    /// <summary>Thirty-two zero bytes.</summary>
    public static Bytes32 Zero => default;

    /// <summary>Takes the value from its bytes.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <returns>The value.</returns>
    /// <exception cref="ArgumentException">The number of bytes is not 32.</exception>
    public static Bytes32 FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new Bytes32(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]))
        : throw new ArgumentException($"{bytes.Length} bytes; a 32-byte value has exactly {Size}.", nameof(bytes));

    /// <summary>Reads 64 hexadecimal digits.</summary>
    /// <param name="text">Digits of either case, with or without 0x.</param>
    /// <returns>The value.</returns>
    /// <exception cref="FormatException">Not 64 digits.</exception>
    public static Bytes32 Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value)
            ? value
            : throw new FormatException(
                $"'{Hex.Excerpt(text)}' is no 32-byte value: 64 hexadecimal digits after an optional 0x are allowed.");
    }

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">Text to read.</param>
    /// <param name="value">The value, or <see cref="Zero"/>.</param>
    /// <returns>Whether the text is a 32-byte value.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Bytes32 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var read = text is not null && Hex.TryDecode(text.AsSpan(), bytes);
        value = read ? FromBytes(bytes) : default;
        return read;
    }

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _third);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _fourth);
    }

    /// <summary>The 32 bytes, newly allocated.</summary>
    /// <returns>A new array of 32 bytes.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(Bytes32 other)
    {
        var order = _first.CompareTo(other._first);
        order = order != 0 ? order : _second.CompareTo(other._second);
        order = order != 0 ? order : _third.CompareTo(other._third);
        return order != 0 ? order : _fourth.CompareTo(other._fourth);
    }

    /// <summary>Lower-case text with 0x.</summary>
    /// <returns>66 characters.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        return Hex.Encode(bytes);
    }
}
