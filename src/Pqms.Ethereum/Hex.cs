using System.Diagnostics.CodeAnalysis;

namespace Pqms.Ethereum;

/// <summary>Hexadecimal text with the prefix 0x that Ethereum's JSON uses.</summary>
public static class Hex
{
    /// <summary>Lower-case text, two digits a byte, with the prefix 0x.</summary>
    /// <param name="bytes">Any number of bytes; none gives "0x".</param>
    /// <returns>The text, <c>2 + 2·length</c> characters.</returns>
    public static string Encode(ReadOnlySpan<byte> bytes) => "0x" + Convert.ToHexStringLower(bytes);

    /// <summary>The bytes that <paramref name="text"/> names.</summary>
    /// <param name="text">An even number of hexadecimal digits of either case, with or without the prefix 0x.</param>
    /// <returns>The bytes; empty for "" and "0x".</returns>
    /// <exception cref="FormatException">An odd number of digits, or a character that is no digit.</exception>
    public static byte[] Decode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryDecode(text, out var bytes)
            ? bytes
            : throw new FormatException(
                    $"'{Excerpt(text)}' is not hexadecimal: an even number of digits 0-9, a-f is allow"
                    + "ed, after an optional 0x.");
    }

    /// <summary>As <see cref="Decode"/>, without an exception.</summary>
    /// <param name="text">Text to read; null is refused.</param>
    /// <param name="bytes">The bytes, when the text could be read.</param>
    /// <returns>Whether the text could be read.</returns>
    public static bool TryDecode([NotNullWhen(true)] string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (text is null)
        {
            return false;
        }

        var digits = Digits(text);
        if ((digits.Length & 1) != 0)
        {
            return false;
        }

        var result = new byte[digits.Length / 2];
        if (!TryDecode(digits, result))
        {
            return false;
        }

        bytes = result;
        return true;
    }

    /// <summary>Reads exactly as many bytes as <paramref name="destination"/> holds, without allocating.</summary>
    /// <param name="text">Digits of either case, with or without the prefix 0x.</param>
    /// <param name="destination">Filled when the text has exactly twice as many digits.</param>
    /// <returns>Whether the text could be read; the destination's content is undefined otherwise.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination)
    {
        var digits = Digits(text);
        return digits.Length == 2 * destination.Length
            && Convert.FromHexString(digits, destination, out _, out var written)
                is System.Buffers.OperationStatus.Done
            && written == destination.Length;
    }

    /// <summary>The first characters of a value that is about to be named in a message.</summary>
    internal static string Excerpt(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");

    private static ReadOnlySpan<char> Digits(ReadOnlySpan<char> text) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
}
