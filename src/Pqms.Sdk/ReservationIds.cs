using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Pqms.Sdk;

/// <summary>Ids of reservations: 128 bits, drawn by the client and stored before anything is sent.</summary>
/// <remarks>As text: <c>resource-id-</c> and the decimal number; the bare number is read too.</remarks>
public static class ReservationIds
{
    /// <summary>What the text form begins with.</summary>
    public const string Prefix = "resource-id-";

    /// <summary>A fresh random id, never 0. Two clients meet with probability 2^-64 after 2^32 draws.</summary>
    /// <returns>The id.</returns>
    public static UInt128 New()
    {
        Span<byte> bytes = stackalloc byte[16];
        UInt128 id;
        do
        {
            RandomNumberGenerator.Fill(bytes);
            id = BinaryPrimitives.ReadUInt128BigEndian(bytes);
        }
        while (id == 0);
        return id;
    }

    /// <summary>The text form.</summary>
    /// <param name="id">The id.</param>
    /// <returns>For example "resource-id-573921".</returns>
    public static string ToText(UInt128 id) => Prefix + id.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads the text form or the bare decimal number.</summary>
    /// <param name="text">For example "resource-id-573921" or "573921".</param>
    /// <param name="id">The id.</param>
    /// <returns>False when the text is neither, or the number does not fit 128 bits.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out UInt128 id)
    {
        var digits = text.AsSpan();
        if (digits.StartsWith(Prefix, StringComparison.Ordinal))
        {
            digits = digits[Prefix.Length..];
        }

        return UInt128.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out id);
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is no id.</exception>
    public static UInt128 Parse(string text) => TryParse(text, out var id)
        ? id
        : throw new FormatException($"\"{text}\" is no reservation id: {Prefix}<number> or the number, below 2^128.");
}
