using System.Runtime.CompilerServices;

namespace Pqms.Physics;

/// <summary>Checks of arguments; each refuses NaN and names value and allowed range.</summary>
internal static class Domain
{
    public static double Between(
        double value, double least, double greatest, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= greatest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"The value must lie in [{least:R}, {greatest:R}].");

    public static double Probability(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Between(value, 0.0, 1.0, name);

    public static double AboveZeroUpTo(
        double value, double greatest, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0.0 && value <= greatest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"The value must lie in (0, {greatest:R}].");

    public static int Count(
        int value, int least, int greatest, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= least && value <= greatest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"The value must lie in [{least}, {greatest}].");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value >= 0.0 && value <= double.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "The value must be finite and at least 0.");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        value > 0.0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, "The value must be above 0.");

    public static void AtMostTwiceRelaxation(double t1Seconds, double t2Seconds)
    {
        Positive(t1Seconds);
        if (!(Positive(t2Seconds) <= 2.0 * t1Seconds))
        {
            throw new ArgumentOutOfRangeException(
                nameof(t2Seconds), t2Seconds, $"T2 must be at most 2 T1 = {2.0 * t1Seconds:R} s.");
        }
    }
}
