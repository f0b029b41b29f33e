using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Pqms.Ethereum;

/// <summary>A whole number from -2^255 to 2^255 - 1, the signed machine word of the EVM.</summary>
/// <remarks>
/// <c>default</c> is zero. A number to carry, compare and print: to compute, convert it to <see cref="Int128"/> or
/// <see cref="BigInteger"/>. Immutable, safe across threads.
/// </remarks>
[JsonConverter(typeof(Int256JsonConverter))]
public readonly struct Int256 : IEquatable<Int256>, IComparable<Int256>
{
    /// <summary>Bytes in the value.</summary>
    public const int Size = 32;

    // 2^255 has 77 digits; a sign and room for leading zeros.
    private const int MaxTextLength = 80;

    private readonly Int128 _high;
    private readonly UInt128 _low;

    private Int256(Int128 high, UInt128 low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>Zero.</summary>
    public static Int256 Zero => default;

    /// <summary>The smallest number, -2^255.</summary>
    public static Int256 MinValue => new(Int128.MinValue, 0);

    /// <summary>The largest number, 2^255 - 1.</summary>
    public static Int256 MaxValue => new(Int128.MaxValue, UInt128.MaxValue);

    /// <summary>Whether the number is below zero.</summary>
    public bool IsNegative => Int128.IsNegative(_high);

    /// <summary>Widens; never fails.</summary>
    /// <param name="value">Any number.</param>
    public static implicit operator Int256(long value) => (Int128)value;

    /// <summary>Widens; never fails.</summary>
    /// <param name="value">Any number.</param>
    public static implicit operator Int256(Int128 value) => new(value >> 127, unchecked((UInt128)value));

    /// <summary>Narrows.</summary>
    /// <param name="value">From -2^127 to 2^127 - 1.</param>
    /// <exception cref="OverflowException">The number is outside.</exception>
    public static explicit operator Int128(Int256 value)
    {
        var low = unchecked((Int128)value._low);
        return value._high == low >> 127 ? low : throw new OverflowException($"{value} does not fit 128 bits.");
    }

    /// <summary>Narrows.</summary>
    /// <param name="value">From -2^63 to 2^63 - 1.</param>
    /// <exception cref="OverflowException">The number is outside.</exception>
    public static explicit operator long(Int256 value)
    {
        var low = unchecked((long)value._low);
        return value == low ? low : throw new OverflowException($"{value} does not fit 64 bits.");
    }

    /// <summary>Widens; never fails.</summary>
    /// <param name="value">Any number.</param>
    public static implicit operator BigInteger(Int256 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        value.WriteBigEndian(bytes);
        return new BigInteger(bytes, isUnsigned: false, isBigEndian: true);
    }

    /// <summary>Narrows.</summary>
    /// <param name="value">From -2^255 to 2^255 - 1.</param>
    /// <exception cref="OverflowException">The number is outside.</exception>
    public static explicit operator Int256(BigInteger value)
    {
        var bits = (value.Sign < 0 ? -(value + 1) : value).GetBitLength();
        if (bits > 255)
        {
            throw new OverflowException($"A number of {bits} bits and a sign is outside [-2^255, 2^255).");
        }

        Span<byte> bytes = stackalloc byte[Size];
        bytes.Fill(value.Sign < 0 ? (byte)0xff : (byte)0);
        Span<byte> small = stackalloc byte[Size];
        value.TryWriteBytes(small, out var written, isUnsigned: false, isBigEndian: true);
        small[..written].CopyTo(bytes[(Size - written)..]);
        return ReadBigEndian(bytes);
    }

    /// <summary>Whether both are the same number.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator ==(Int256 left, Int256 right) => left.Equals(right);

    /// <summary>Whether the numbers differ.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator !=(Int256 left, Int256 right) => !left.Equals(right);

    /// <summary>Whether the left is less.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator <(Int256 left, Int256 right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left is greater.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator >(Int256 left, Int256 right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left is less or equal.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator <=(Int256 left, Int256 right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left is greater or equal.</summary>
    /// <param name="left">A number.</param>
    /// <param name="right">A number.</param>
    public static bool operator >=(Int256 left, Int256 right) => left.CompareTo(right) >= 0;

    /// <summary>Reads a number from its two's complement, most significant byte first.</summary>
    /// <param name="bytes">Exactly 32 bytes.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">The number of bytes is not 32.</exception>
    public static Int256 ReadBigEndian(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new Int256(
            BinaryPrimitives.ReadInt128BigEndian(bytes), BinaryPrimitives.ReadUInt128BigEndian(bytes[16..]))
        : throw new ArgumentException($"{bytes.Length} bytes; a signed word has exactly {Size}.", nameof(bytes));

    /// <summary>Reads a decimal number.</summary>
    /// <param name="text">Digits, a minus before them for a negative number: no blanks, no separators.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text holds no number, or one outside [-2^255, 2^255).</exception>
    public static Int256 Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value)
            ? value
            : throw new FormatException(
                $"'{Hex.Excerpt(text)}' is no number in [-2^255, 2^255): decimal digits, a minus before them, "
                + "are allowed.");
    }

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">Text to read.</param>
    /// <param name="value">The number, or zero.</param>
    /// <returns>Whether the text is a number in range.</returns>
    public static bool TryParse([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text, out Int256 value)
    {
        value = default;
        var digits = text is not null && text.StartsWith('-') ? text.AsSpan(1) : text;
        if (digits.IsEmpty || digits.Length > MaxTextLength || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = BigInteger.Parse(text!, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if ((number.Sign < 0 ? -(number + 1) : number).GetBitLength() > 255)
        {
            return false;
        }

        value = (Int256)number;
        return true;
    }

    /// <summary>Writes 32 bytes of two's complement, most significant first.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public void WriteBigEndian(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteInt128BigEndian(destination, _high);
        BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <inheritdoc/>
    public bool Equals(Int256 other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Int256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc/>
    public int CompareTo(Int256 other)
    {
        var order = _high.CompareTo(other._high);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    /// <summary>The decimal digits, with a minus when the number is negative.</summary>
    /// <returns>1 to 78 characters.</returns>
    public override string ToString() => ((BigInteger)this).ToString(CultureInfo.InvariantCulture);

    /// <summary>Whether the number is in [-2^(bits-1), 2^(bits-1)).</summary>
    /// <param name="bits">8 to 256.</param>
    internal bool Fits(int bits)
    {
        if (bits > 128)
        {
            var rest = _high >> (bits - 129);
            return rest == 0 || rest == -1;
        }

        var low = unchecked((Int128)_low);
        return _high == low >> 127 && (low >> (bits - 1) == 0 || low >> (bits - 1) == -1);
    }
}
