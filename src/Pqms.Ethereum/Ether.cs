using System.Globalization;
using System.Numerics;

namespace Pqms.Ethereum;

/// <summary>Amounts of money as people write them. The unit inside is always the wei, 10^-18 ether.</summary>
public static class Ether
{
    /// <summary>Wei in one gwei, the unit of gas prices.</summary>
    public const ulong WeiPerGwei = 1_000_000_000;

    /// <summary>Wei in one ether.</summary>
    public const ulong WeiPerEther = 1_000_000_000_000_000_000;

    private const int EtherDecimals = 18;

    /// <summary>Reads "1.5 ether", "20 gwei", "7 wei" or "7" (wei).</summary>
    /// <param name="text">Digits, optionally a point and more digits, optionally a blank and the unit.</param>
    /// <returns>The amount in wei.</returns>
    /// <exception cref="FormatException">Another form, a fraction of a wei, or 2^256 wei or more.</exception>
    public static UInt256 Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Trim().Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unit = parts.Length == 2 ? parts[1].ToLowerInvariant() : "wei";
        var decimals = unit switch { "wei" => 0, "gwei" => 9, "ether" or "eth" => EtherDecimals, _ => -1 };
        if (decimals < 0 || parts.Length == 0 || parts[0].Length > 100)
        {
            throw Refuse(text);
        }

        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0] : parts[0][..point];
        var fraction = point < 0 ? string.Empty : parts[0][(point + 1)..].TrimEnd('0');
        var digits = whole + fraction;
        if (whole.Length == 0 || fraction.Length > decimals || digits.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            throw Refuse(text);
        }

        var wei = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)
            * BigInteger.Pow(10, decimals - fraction.Length);
        return wei.GetBitLength() <= 256 ? (UInt256)wei : throw Refuse(text);
    }

    /// <summary>The amount with the largest unit of ether, gwei and wei in which it needs at most nine
    /// decimals.</summary>
    /// <param name="wei">Any amount.</param>
    /// <returns>For example "1.5 ether", "20 gwei", "7 wei"; exact, so <see cref="Parse"/> gives the amount
    /// back.</returns>
    public static string Format(UInt256 wei)
    {
        if (wei.IsZero)
        {
            return "0 wei";
        }

        if (wei >= WeiPerEther / WeiPerGwei * 1_000_000 && (wei % WeiPerGwei).IsZero)
        {
            return Scaled(wei, EtherDecimals) + " ether";
        }

        return wei >= WeiPerGwei / 1_000 ? Scaled(wei, 9) + " gwei" : wei + " wei";
    }

    private static string Scaled(UInt256 wei, int decimals)
    {
        var digits = wei.ToString().PadLeft(decimals + 1, '0');
        var fraction = digits[^decimals..].TrimEnd('0');
        return fraction.Length == 0 ? digits[..^decimals] : $"{digits[..^decimals]}.{fraction}";
    }

    private static FormatException Refuse(string text) => new(
        $"'{Hex.Excerpt(text)}' is no amount: a decimal number, then 'ether', 'gwei' or 'wei' (or nothing, for wei), "
        + "with no fraction of a wei, below 2^256 wei, is allowed.");
}
