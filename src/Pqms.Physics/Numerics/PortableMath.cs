namespace Pqms.Physics.Numerics;

/// <summary>Elementary functions that give the same bits on every machine and with every JIT setting.</summary>
/// <remarks>
/// Only IEEE 754 additions, multiplications, divisions and square roots in a fixed order, which C# neither contracts
/// nor reorders; the library functions of the platform differ in the last bit between systems. Thread-safe.
/// NaN is passed through. Each bound is in units in the last place (ulp) of the true value and is held by a test.
/// </remarks>
public static partial class PortableMath
{
    /// <summary>The ratio of a circle's circumference to its diameter, rounded to double.</summary>
    public const double Pi = 3.14159265358979323846;

    /// <summary>The natural logarithm of 2, rounded to double.</summary>
    public const double Ln2 = 0.693147180559945309417;

    /// <summary>The natural logarithm of 10, rounded to double.</summary>
    public const double Ln10 = 2.302585092994045684018;

    // Adding and subtracting 1.5 * 2^52 rounds |x| < 2^51 to the nearest integer, ties to even.
    private const double Rounder = 6755399441055744.0;

    private const long RounderBits = 0x4338000000000000;

    // ln 2 in two parts: the high one has 32 significant bits, so integer multiples up to 2^21 are exact.
    private const double Ln2High = 0.69314718036912381649;
    private const double Ln2Low = 1.90821492927058770002e-10;

#pragma warning disable RS0030 // The one place that may use System.Math: these members are exact by IEEE 754.
    /// <summary>Correctly rounded square root.</summary>
    /// <param name="x">At least 0; a negative number gives NaN.</param>
    public static double Sqrt(double x) => Math.Sqrt(x);

    /// <summary>Largest whole number not above <paramref name="x"/>; exact.</summary>
    /// <param name="x">Any number.</param>
    public static double Floor(double x) => Math.Floor(x);

    /// <summary>Smallest whole number not below <paramref name="x"/>; exact.</summary>
    /// <param name="x">Any number.</param>
    public static double Ceiling(double x) => -Math.Floor(-x);
#pragma warning restore RS0030

    /// <summary>Absolute value; exact.</summary>
    /// <param name="x">Any number.</param>
    public static double Abs(double x) => x < 0.0 ? -x : x + 0.0;

    /// <summary>The lesser of two numbers; the second when either is NaN.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    public static double Min(double a, double b) => a < b ? a : b;

    /// <summary>The greater of two numbers; the second when either is NaN.</summary>
    /// <param name="a">First number.</param>
    /// <param name="b">Second number.</param>
    public static double Max(double a, double b) => a > b ? a : b;

    /// <summary>Whether a number is neither infinite nor NaN.</summary>
    /// <param name="x">Any number.</param>
    public static bool IsFinite(double x) => x - x == 0.0;

    // The whole number n of n + Rounder: it stands in the low bits. A checked conversion would cost a call.
    private static long WholeBits(double rounded) => BitConverter.DoubleToInt64Bits(rounded) - RounderBits;
}
