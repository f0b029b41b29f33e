using System.Buffers;
using System.Text;

namespace Pqms.Ethereum.Rpc;

/// <summary>Reads JSON-RPC's values from the bytes of the answer: no strings are made on the way.</summary>
internal static class HexUtf8
{
    private const int LongestQuantity = 2 * UInt256.Size;

    /// <summary>Reads 0x and hexadecimal digits as a number.</summary>
    /// <exception cref="FormatException">Another form, or 2^256 and more.</exception>
    public static UInt256 Quantity256(ReadOnlySpan<byte> text)
    {
        var digits = Digits(text);
        var significant = digits.TrimStart((byte)'0');
        if (digits.IsEmpty || significant.Length > LongestQuantity)
        {
            throw new FormatException(
                $"'{Excerpt(text)}' is no quantity below 2^256: 0x and 1 to {LongestQuantity} hexadecimal digits.");
        }

        UInt128 high = 0;
        UInt128 low = 0;
        foreach (var digit in significant)
        {
            high = (high << 4) | (low >> 124);
            low = (low << 4) | Nibble(digit, text);
        }

        return new UInt256(high, low);
    }

    /// <summary>As <see cref="Quantity256"/>, below 2^64.</summary>
    /// <exception cref="FormatException">Another form, or 2^64 and more.</exception>
    public static ulong Quantity(ReadOnlySpan<byte> text)
    {
        var digits = Digits(text);
        var significant = digits.TrimStart((byte)'0');
        if (digits.IsEmpty || significant.Length > 2 * sizeof(ulong))
        {
            throw new FormatException(
                $"'{Excerpt(text)}' is no quantity below 2^64: 0x and hexadecimal digits.");
        }

        ulong value = 0;
        foreach (var digit in significant)
        {
            value = (value << 4) | Nibble(digit, text);
        }

        return value;
    }

    /// <summary>Reads 0x and two hexadecimal digits a byte.</summary>
    /// <exception cref="FormatException">Another form.</exception>
    public static byte[] Bytes(ReadOnlySpan<byte> text)
    {
        var digits = Digits(text);
        var bytes = (digits.Length & 1) == 0 ? new byte[digits.Length / 2] : [];
        Fill(text, digits, bytes);
        return bytes;
    }

    /// <summary>Reads exactly 32 bytes.</summary>
    /// <exception cref="FormatException">Another form or length.</exception>
    public static Bytes32 Bytes32(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Ethereum.Bytes32.Size];
        Fill(text, Digits(text), bytes);
        return Ethereum.Bytes32.FromBytes(bytes);
    }

    /// <summary>Reads exactly 20 bytes. Nodes' addresses need no checksum.</summary>
    /// <exception cref="FormatException">Another form or length.</exception>
    public static Address Address(ReadOnlySpan<byte> text)
    {
        Span<byte> bytes = stackalloc byte[Ethereum.Address.Size];
        Fill(text, Digits(text), bytes);
        return Ethereum.Address.FromBytes(bytes);
    }

    /// <summary>Reads as many bytes as the destination has.</summary>
    public static bool TryFill(ReadOnlySpan<byte> text, Span<byte> destination) =>
        text.StartsWith("0x"u8) && text.Length == 2 + (2 * destination.Length)
        && Convert.FromHexString(text[2..], destination, out _, out _) is OperationStatus.Done;

    private static void Fill(ReadOnlySpan<byte> text, ReadOnlySpan<byte> digits, Span<byte> destination)
    {
        if (digits.Length != 2 * destination.Length
            || Convert.FromHexString(digits, destination, out _, out _) is not OperationStatus.Done)
        {
            throw new FormatException($"'{Excerpt(text)}' is not 0x and {2 * destination.Length} hexadecimal digits.");
        }
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text) => text.StartsWith("0x"u8)
        ? text[2..]
        : throw new FormatException($"'{Excerpt(text)}' doesn't begin with 0x.");

    private static uint Nibble(byte digit, ReadOnlySpan<byte> text) => char.IsAsciiHexDigit((char)digit)
        ? (uint)(digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10)
        : throw new FormatException($"'{Excerpt(text)}' holds a character that is no hexadecimal digit.");

    private static string Excerpt(ReadOnlySpan<byte> text) =>
        Hex.Excerpt(Encoding.UTF8.GetString(text[..Math.Min(text.Length, 200)]));
}
