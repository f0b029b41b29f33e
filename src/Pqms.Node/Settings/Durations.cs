using System.Globalization;

namespace Pqms.Node.Settings;

/// <summary>Durations as people type them: a number and a unit, such as <c>10m</c>, <c>1h</c>, <c>600s</c>,
/// <c>500us</c>.</summary>
public static class Durations
{
    private static readonly (string Unit, decimal Microseconds)[] Units =
    [
        ("us", 1m), ("µs", 1m), ("ms", 1_000m), ("s", 1_000_000m), ("m", 60_000_000m), ("h", 3_600_000_000m),
        ("d", 86_400_000_000m),
    ];

    /// <summary>What is accepted, for messages.</summary>
    public const string Allowed = "a positive number with a unit us, ms, s, m, h or d: 10m, 1.5h, 600s or 500us";

    /// <summary>Reads a duration.</summary>
    /// <param name="text">Number, then unit, no sign; a fraction is allowed down to one microsecond.</param>
    /// <param name="duration">The duration, exact to the microsecond; zero when the answer is false.</param>
    /// <returns>False for anything else, for zero, and beyond 10,000 days.</returns>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c) || c == '.').Count();
        var unit = Array.FindIndex(Units, entry => entry.Unit == text[digits..]);
        if (unit < 0 || !decimal.TryParse(
            text.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return false;
        }

        var longestMicroseconds = 10_000m * 86_400_000_000m;
        if (number <= 0 || number > longestMicroseconds / Units[unit].Microseconds)
        {
            return false;
        }

        var microseconds = number * Units[unit].Microseconds;
        if (microseconds != decimal.Truncate(microseconds))
        {
            return false;
        }

        duration = TimeSpan.FromMicroseconds((double)microseconds);
        return true;
    }

    /// <summary>A duration in the largest unit that gives a whole number: <c>10m</c>, <c>90s</c>,
    /// <c>1500us</c>.</summary>
    /// <param name="duration">Not negative.</param>
    public static string Format(TimeSpan duration)
    {
        var microseconds = duration.Ticks / TimeSpan.TicksPerMicrosecond;
        for (var i = Units.Length - 1; i >= 0; i--)
        {
            var unit = (long)Units[i].Microseconds;
            if (microseconds != 0 && microseconds % unit == 0)
            {
                return $"{microseconds / unit}{Units[i].Unit}";
            }
        }

        return "0s";
    }
}
