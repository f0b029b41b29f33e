using System.CommandLine;
using System.Globalization;

namespace Pqms.Cli.Commands;

/// <summary>Lengths and factors as people type them.</summary>
internal static class Lengths
{
    /// <summary>A length with a unit, in m.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="meaning">For the help.</param>
    /// <param name="standardMeters">Default in m.</param>
    public static Option<double> Option(string name, string meaning, double standardMeters) => new(name)
    {
        Description = meaning,
        HelpName = "75km|75000m",
        DefaultValueFactory = _ => standardMeters,
        CustomParser = result => TryParse(result.Tokens[0].Value, out var meters)
            ? meters
            : Inputs.Refuse<double>(result, "is no length", "a positive number with a unit km or m: 75km or 500m"),
    };

    /// <summary>A decimal number in a range.</summary>
    /// <param name="name">As typed.</param>
    /// <param name="meaning">For the help.</param>
    /// <param name="lowest">Least value, in the range.</param>
    /// <param name="highest">Greatest value, in the range.</param>
    /// <param name="standard">Default; may lie outside the range, as infinity for "no limit".</param>
    public static Option<double> Factor(string name, string meaning, double lowest, double highest, double standard) =>
        new(name)
        {
            Description = meaning,
            HelpName = string.Create(CultureInfo.InvariantCulture, $"{lowest}..{highest}"),
            DefaultValueFactory = _ => standard,
            CustomParser = result => TryNumber(result.Tokens[0].Value, out var number)
                && number >= lowest && number <= highest
                    ? number
                    : Inputs.Refuse<double>(
                        result, "is out of range",
                        string.Create(CultureInfo.InvariantCulture, $"a number from {lowest} to {highest}")),
        };

    /// <summary>Reads "75km" or "500m".</summary>
    /// <param name="text">A number and its unit, no sign.</param>
    /// <param name="meters">The length in m; 0 when the answer is false.</param>
    public static bool TryParse(string text, out double meters)
    {
        var factor = text.EndsWith("km", StringComparison.Ordinal) ? 1000.0 : 1.0;
        var digits = text.AsSpan(0, Math.Max(0, text.Length - (factor > 1.0 ? 2 : 1)));
        if (text.EndsWith('m') && TryNumber(digits, out var number) && number > 0.0)
        {
            meters = factor * number;
            return true;
        }

        meters = 0.0;
        return false;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
}
