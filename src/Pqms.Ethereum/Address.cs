using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Pqms.Ethereum.Crypto;

namespace Pqms.Ethereum;

/// <summary>The 20 bytes that name an account or a contract.</summary>
/// <remarks><c>default</c> is <see cref="Zero"/>. Compared and ordered by its bytes. Immutable, safe across
/// threads.</remarks>
[JsonConverter(typeof(AddressJsonConverter))]
public readonly record struct Address : IComparable<Address>
{
    /// <summary>Bytes in an address.</summary>
    public const int Size = 20;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly uint _third;

    private Address(ulong first, ulong second, uint third)
    {
        _first = first;
        _second = second;
        _third = third;
    }

    /// <summary>The address 0x0000…0000, which stands for "nobody" and for a deployment's target.</summary>
    public static Address Zero => default;

    /// <summary>Takes the address from its bytes.</summary>
    /// <param name="bytes">Exactly 20 bytes.</param>
    /// <returns>The address.</returns>
    /// <exception cref="ArgumentException">The number of bytes is not 20.</exception>
    public static Address FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new Address(
            BinaryPrimitives.ReadUInt64BigEndian(bytes),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(bytes[16..]))
        : throw new ArgumentException($"{bytes.Length} bytes; an address has exactly {Size}.", nameof(bytes));

    /// <summary>Reads 40 hexadecimal digits.</summary>
    /// <param name="text">With or without 0x. Mixed case must carry the right EIP-55 checksum; one case carries
    /// none.</param>
    /// <returns>The address.</returns>
    /// <exception cref="FormatException">Not 40 digits, or a wrong checksum.</exception>
    public static Address Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var address)
            ? address
            : throw new FormatException(
                $"'{Hex.Excerpt(text)}' is no address: 40 hexadecimal digits after an optional 0x, "
                + "in one case or with the EIP-55 checksum, are allowed.");
    }

    /// <summary>As <see cref="Parse"/>, without an exception.</summary>
    /// <param name="text">Text to read.</param>
    /// <param name="address">The address, or <see cref="Zero"/>.</param>
    /// <returns>Whether the text is an address.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Size];
        if (text is null || !Hex.TryDecode(text.AsSpan(), bytes))
        {
            return false;
        }

        address = FromBytes(bytes);
        var digits = text.AsSpan(text.Length - (2 * Size));
        var mixed = digits.ContainsAnyInRange('a', 'f') && digits.ContainsAnyInRange('A', 'F');
        if (!mixed || digits.SequenceEqual(address.ToString().AsSpan(2)))
        {
            return true;
        }

        address = default;
        return false;
    }

    /// <summary>Writes the 20 bytes.</summary>
    /// <param name="destination">At least 20 bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is shorter.</exception>
    public void CopyTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, Size, nameof(destination));
        BinaryPrimitives.WriteUInt64BigEndian(destination, _first);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _second);
        BinaryPrimitives.WriteUInt32BigEndian(destination[16..], _third);
    }

    /// <summary>The 20 bytes, newly allocated.</summary>
    /// <returns>A new array of 20 bytes.</returns>
    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public int CompareTo(Address other)
    {
        var order = _first.CompareTo(other._first);
        order = order != 0 ? order : _second.CompareTo(other._second);
        return order != 0 ? order : _third.CompareTo(other._third);
    }

    /// <summary>The text with 0x and the EIP-55 checksum in the case of its letters.</summary>
    /// <returns>42 characters.</returns>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        CopyTo(bytes);
        Span<char> digits = stackalloc char[2 * Size];
        Convert.TryToHexStringLower(bytes, digits, out _);
        Span<byte> ascii = stackalloc byte[2 * Size];
        for (var i = 0; i < digits.Length; i++)
        {
            ascii[i] = (byte)digits[i];
        }

        Span<byte> hash = stackalloc byte[Keccak256.Size];
        Keccak256.Hash(ascii, hash);
        for (var i = 0; i < digits.Length; i++)
        {
            var nibble = (i & 1) == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 0xf;
            digits[i] = nibble >= 8 ? char.ToUpperInvariant(digits[i]) : digits[i];
        }

        return string.Concat("0x", digits);
    }
}
