using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Pqms.Ethereum;
using Pqms.Node.Settings;
using Pqms.Sdk;

namespace Pqms.Cli.Commands;

/// <summary>Options and arguments that need more than a number: durations, amounts, fidelities, ids, times.</summary>
internal static class Inputs
{
    /// <summary>A reservation's id.</summary>
    public static Argument<UInt128> Id() => new("id")
    {
        Description = "reservation id: resource-id-<number>, or the number",
        CustomParser = result => ReservationIds.TryParse(result.Tokens[0].Value, out var id)
            ? id
            : Refuse<UInt128>(result, "is no reservation id", "resource-id-<number> or the number, below 2^128"),
    };

    /// <summary>A whole number in a range.</summary>
    public static Option<T> Number<T>(string name, string meaning, T lowest, T highest, T standard)
        where T : struct, INumber<T> => new(name)
        {
            Description = meaning,
            HelpName = $"{lowest}..{highest}",
            DefaultValueFactory = _ => standard,
            CustomParser = result => ParseNumber(result, lowest, highest),
        };

    /// <summary>A whole number in a range, as an argument.</summary>
    public static Argument<T> NumberArgument<T>(string name, string meaning, T lowest, T highest)
        where T : struct, INumber<T> => new(name)
        {
            Description = meaning,
            CustomParser = result => ParseNumber(result, lowest, highest),
        };

    /// <summary>One of an enumeration's names, in any case.</summary>
    public static Option<T> Choice<T>(string name, string meaning, T standard)
        where T : struct, Enum => new(name)
        {
            Description = meaning,
            HelpName = string.Join('|', Enum.GetNames<T>()).ToLowerInvariant(),
            DefaultValueFactory = _ => standard,
            CustomParser = ParseChoice<T>,
        };

    /// <summary>One of an enumeration's names, in any case, as an argument.</summary>
    public static Argument<T> ChoiceArgument<T>(string name, string meaning)
        where T : struct, Enum => new(name)
        {
            Description = $"{meaning}: {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}",
            CustomParser = ParseChoice<T>,
        };

    /// <summary>A duration with a unit.</summary>
    public static Option<TimeSpan> Duration(string name, string meaning, TimeSpan standard) => new(name)
    {
        Description = meaning,
        HelpName = "10m|1h|600s|500us",
        DefaultValueFactory = _ => standard,
        CustomParser = result => Durations.TryParse(result.Tokens[0].Value, out var duration)
            ? duration
            : Refuse<TimeSpan>(result, "is no duration", Durations.Allowed),
    };

    /// <summary>A duration with a unit; null when not given.</summary>
    public static Option<TimeSpan?> OptionalDuration(string name, string meaning) => new(name)
    {
        Description = meaning,
        HelpName = "500us|20ms|1s",
        CustomParser = result => Durations.TryParse(result.Tokens[0].Value, out var duration)
            ? duration
            : Refuse<TimeSpan?>(result, "is no duration", Durations.Allowed),
    };

    /// <summary>An amount of money; null when not given.</summary>
    public static Option<UInt256?> Amount(string name, string meaning) => new(name)
    {
        Description = meaning,
        HelpName = "\"1.5 ether\"|20gwei|1000",
        CustomParser = result => TryAmount(result.Tokens[0].Value, out var wei)
            ? wei
            : Refuse<UInt256?>(result, "is no amount", "a decimal number with wei, gwei or ether, below 2^256 wei"),
    };

    /// <summary>A fidelity as a fraction, exact to a millionth; null when not given.</summary>
    public static Option<Ppm?> Fidelity(string name, string meaning) => new(name)
    {
        Description = meaning,
        HelpName = "0.95",
        CustomParser = result => TryFraction(result.Tokens[0].Value, out var ppm)
            ? ppm
            : Refuse<Ppm?>(
                result, "is no fidelity",
                "above 0.5 up to 1, with at most six decimals (at one half or below a pair is separable)"),
    };

    /// <summary>A moment of chain time in seconds.</summary>
    public static Option<ulong> Moment(string name, string meaning) => new(name)
    {
        Description = meaning,
        HelpName = "unix seconds|2026-01-31T12:00:00Z",
        DefaultValueFactory = _ => 0,
        CustomParser = result => TryMoment(result.Tokens[0].Value, out var seconds)
            ? seconds
            : Refuse<ulong>(result, "is no time", "seconds since 1970, or a UTC time such as 2026-01-31T12:00:00Z"),
    };

    /// <summary>Reads "1.5 ether", "1.5ether", "20gwei" or "1000".</summary>
    public static bool TryAmount(string text, out UInt256 wei)
    {
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var spaced = digits < text.Length ? $"{text[..digits]} {text[digits..].TrimStart()}" : text;
        try
        {
            wei = Ether.Parse(spaced);
            return true;
        }
        catch (FormatException)
        {
            wei = default;
            return false;
        }
    }

    /// <summary>Reads a fraction in (0.5, 1] with at most six decimals.</summary>
    public static bool TryFraction(string text, out Ppm ppm)
    {
        ppm = default;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var fraction)
            || fraction is <= 0.5m or > 1m || decimal.Truncate(fraction * 1_000_000m) != fraction * 1_000_000m)
        {
            return false;
        }

        ppm = Ppm.FromParts((uint)(fraction * 1_000_000m));
        return true;
    }

    private static T ParseNumber<T>(ArgumentResult result, T lowest, T highest)
        where T : struct, INumber<T> =>
        T.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= lowest && number <= highest
                ? number
                : Refuse<T>(result, "is out of range", $"a whole number from {lowest} to {highest}");

    private static T ParseChoice<T>(ArgumentResult result)
        where T : struct, Enum => Array.FindIndex(
            Enum.GetNames<T>(), choice => choice.Equals(result.Tokens[0].Value, StringComparison.OrdinalIgnoreCase))
            is >= 0 and var index
                ? Enum.GetValues<T>()[index]
                : Refuse<T>(result, "is none of them", string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant());

    private static bool TryMoment(string text, out ulong seconds)
    {
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out seconds))
        {
            return true;
        }

        var isTime = DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time);
        seconds = isTime && time >= DateTimeOffset.UnixEpoch ? (ulong)time.ToUnixTimeSeconds() : 0;
        return isTime && time >= DateTimeOffset.UnixEpoch;
    }

    /// <summary>Adds the parser's error: the value, what is wrong, what is allowed.</summary>
    public static T? Refuse<T>(ArgumentResult result, string what, string allowed)
    {
        result.AddError($"'{result.Tokens[0].Value}' {what}; allowed: {allowed}");
        return default;
    }
}
