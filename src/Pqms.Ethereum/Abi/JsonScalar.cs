using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Pqms.Ethereum.Abi;

/// <summary>Single values in JSON: numbers as JSON integers, decimal or 0x text; bytes and addresses as 0x
/// text.</summary>
internal static class JsonScalar
{
    // 2^256 has 78 decimal digits; a sign, or 0x and leading zeros.
    private const int MaxNumberLength = 80;

    public static UInt256 UInt(JsonElement value, AbiType type)
    {
        var number = Number(value, type);
        return number.Sign >= 0 && number.GetBitLength() <= type.Size
            ? (UInt256)number
            : throw Refuse(value, type, AbiRange.OfUInt(type.Size));
    }

    public static Int256 Int(JsonElement value, AbiType type)
    {
        var number = Number(value, type);
        var bits = (number.Sign < 0 ? -(number + 1) : number).GetBitLength();
        return bits < type.Size ? (Int256)number : throw Refuse(value, type, AbiRange.OfInt(type.Size));
    }

    public static bool Bool(JsonElement value, AbiType type) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(value, type, "true or false"),
    };

    public static Address Address(JsonElement value, AbiType type) =>
        Ethereum.Address.TryParse(Text(value, type), out var address)
            ? address
            : throw Refuse(value, type, "0x and 40 hexadecimal digits, in one case or with the EIP-55 checksum");

    public static byte[] Bytes(JsonElement value, AbiType type)
    {
        var text = Text(value, type);
        return text.StartsWith("0x", StringComparison.Ordinal) && Hex.TryDecode(text, out var bytes)
            && (type.Kind == AbiKind.Bytes || bytes.Length == type.Size)
            ? bytes
            : throw Refuse(
                value,
                type,
                type.Kind == AbiKind.Bytes ? "0x and an even number of digits" : $"0x and {type.Size} bytes");
    }

    public static string Text(JsonElement value, AbiType type)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw Refuse(value, type, "a JSON string");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException exception)
        {
            throw new FormatException($"{type}: the text has an unpaired surrogate.", exception);
        }
    }

    public static JsonElement Items(JsonElement value, AbiType type)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw Refuse(value, type, "a JSON array");
        }

        var wanted = type.Kind switch
        {
            AbiKind.FixedArray => type.Size,
            AbiKind.Tuple => type.Parts.Count,
            _ => value.GetArrayLength(),
        };
        return value.GetArrayLength() == wanted
            ? value
            : throw new FormatException($"{type}: found {value.GetArrayLength()} values; allowed is {wanted}.");
    }

    private static BigInteger Number(JsonElement value, AbiType type)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => Text(value, type),
            _ => string.Empty,
        };
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        if (digits.Length is 0 or > MaxNumberLength)
        {
            throw Refuse(value, type, "a whole number, decimal or after 0x");
        }

        var isHex = digits.StartsWith("0x", StringComparison.Ordinal);
        BigInteger number;
        var isRead = isHex
            ? BigInteger.TryParse(
                string.Concat("0", digits[2..]), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                out number)
            : BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (!isRead || (isHex && digits.Length == 2))
        {
            throw Refuse(value, type, "a whole number, decimal or after 0x");
        }

        return text.StartsWith('-') ? -number : number;
    }

    private static FormatException Refuse(JsonElement value, AbiType type, string allowed) =>
        new($"{type}: found {Hex.Excerpt(value.GetRawText())}; allowed is {allowed}.");
}
