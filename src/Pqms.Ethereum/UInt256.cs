using System.Globalization;
using System.Numerics;
using System.Text.Json.Serialization;

namespace Pqms.Ethereum;

/// <summary>A whole number from 0 to 2^256 - 1, the machine word of the EVM.</summary>
/// <remarks>
/// <c>default</c> is zero. Every operation is checked: leaving the range throws <see cref="OverflowException"/>
/// and dividing by zero <see cref="DivideByZeroException"/>, unlike in the EVM, where sums wrap.
/// </remarks>
[JsonConverter(typeof(UInt256JsonConverter))]
public readonly partial struct UInt256 : IEquatable<UInt256>, IComparable<UInt256>
{
    /// <summary>Bytes in the value.</summary>
    public const int Size = 32;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    /// <summary>Puts the number together from its halves.</summary>
    /// <param name="high">The upper 128 bits.</param>
    /// <param name="low">The lower 128 bits.</param>
    public UInt256(UInt128 high, UInt128 low)
    {
        _high = high;
        _low = low;
    }

    /// <summary>Zero.</summary>
    public static UInt256 Zero => default;

    /// <summary>One.</summary>
    public static UInt256 One => new(0, 1);

    /// <summary>The largest number, 2^256 - 1.</summary>
    public static UInt256 MaxValue => new(UInt128.MaxValue, UInt128.MaxValue);

    /// <summary>Whether the number is zero.</summary>
    public bool IsZero => _high == 0 && _low == 0;

    /// <summary>Whether the number fits 128 bits.</summary>
    public bool FitsUInt128 => _high == 0;

    /// <summary>Reads a number from its bytes, most significant first.</summary>
    /// <param name="bytes">0 to 32 bytes; none is zero.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentException">More than 32 bytes.</exception>
    public static UInt256 ReadBigEndian(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size)
        {
            throw new ArgumentException($"{bytes.Length} bytes; at most {Size} are allowed.", nameof(bytes));
        }

        Span<byte> word = stackalloc byte[Size];
        word.Clear();
        bytes.CopyTo(word[(Size - bytes.Length)..]);
        return new UInt256(
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(word),
            System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(word[16..]));
    }

    /// <summary>Reads a decimal number, or a hexadecimal one after 0x.</summary>
    /// <param name="text">Digits only: no sign, no blanks, no separators.</param>
    /// <returns>The number.</returns>
    /// <exception cref="FormatException">The text holds no number, or one of 2^256 or more.</exception>
    public static UInt256 Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var value)
            ? value
            : throw new FormatException(
                    $"'{Hex.Excerpt(text)}' is no number in [0, 2^256): decimal digits, or 0x and hexa"
                    + "decimal digits, are allowed.");
    }

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">Text to read.</param>
    /// <param name="value">The number, or zero.</param>
    /// <returns>Whether the text is a number in range.</returns>
    public static bool TryParse([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text, out UInt256 value)
    {
        value = default;
        if (string.IsNullOrEmpty(text) || text.Length > 80)
        {
            return false;
        }

        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return TryParseHex(text.AsSpan(2), out value);
        }

        if (text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var number = BigInteger.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        if (number.GetBitLength() > 256)
        {
            return false;
        }

        value = (UInt256)number;
        return true;
    }

    /// <summary>Writes 32 bytes, most significant first.</summary>
    /// <param name="destination">At least 32 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public void WriteBigEndian(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination, _high);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128BigEndian(destination[16..], _low);
    }

    /// <inheritdoc/>
    public bool Equals(UInt256 other) => _high == other._high && _low == other._low;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is UInt256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_high, _low);

    /// <inheritdoc/>
    public int CompareTo(UInt256 other)
    {
        var order = _high.CompareTo(other._high);
        return order != 0 ? order : _low.CompareTo(other._low);
    }

    /// <summary>The decimal digits.</summary>
    /// <returns>1 to 78 digits.</returns>
    public override string ToString() => _high == 0
        ? _low.ToString(CultureInfo.InvariantCulture)
        : ((BigInteger)this).ToString(CultureInfo.InvariantCulture);

    /// <summary>The shortest hexadecimal text with 0x, as JSON-RPC wants quantities.</summary>
    /// <returns>"0x0" for zero; never a leading zero otherwise.</returns>
    public string ToHexQuantity()
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteBigEndian(bytes);
        var digits = Convert.ToHexStringLower(bytes).AsSpan().TrimStart('0');
        return digits.IsEmpty ? "0x0" : string.Concat("0x", digits);
    }

    /// <summary>Whether the number is below 2^bits.</summary>
    /// <param name="bits">8 to 256.</param>
    internal bool Fits(int bits) => bits switch
    {
        256 => true,
        > 128 => _high >> (bits - 128) == 0,
        128 => _high == 0,
        _ => _high == 0 && _low >> bits == 0,
    };

    private static bool TryParseHex(ReadOnlySpan<char> digits, out UInt256 value)
    {
        value = default;
        if (digits.IsEmpty || digits.Length > 64)
        {
            return false;
        }

        Span<char> padded = stackalloc char[64];
        padded.Fill('0');
        digits.CopyTo(padded[(64 - digits.Length)..]);
        Span<byte> bytes = stackalloc byte[Size];
        if (padded[1] is 'x' or 'X' || !Hex.TryDecode(padded, bytes))
        {
            return false;
        }

        value = ReadBigEndian(bytes);
        return true;
    }
}
