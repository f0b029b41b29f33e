namespace Pqms.Physics.Numerics;

public static partial class PortableMath
{
    private const double InverseLn2 = 1.44269504088896340736;
    private const double ExpOverflow = 709.782712893384;
    private const double ExpUnderflow = -745.1332191019411;

    // A split by 2^27 + 1 cuts a double into two halves of 26 bits whose products are exact (Dekker 1971).
    private const double Splitter = 134217729.0;

    /// <summary>e to the power of <paramref name="x"/>; within 1 ulp, 1.5 units of 2^-1074 where subnormal.</summary>
    /// <param name="x">Any number; above 709.78 gives infinity, below -745.13 gives 0.</param>
    public static double Exp(double x) => ExpOfSum(x, 0.0);

    /// <summary>e to the power of <paramref name="x"/>, less 1, without cancellation near 0; within 3 ulp.</summary>
    /// <param name="x">Any number.</param>
    public static double ExpMinus1(double x)
    {
        if (x > -0.34 && x < 0.34)
        {
            return x + ExpTail(x);
        }

        return Exp(x) - 1.0;
    }

    /// <summary>Natural logarithm; within 1 ulp.</summary>
    /// <param name="x">At least 0; 0 gives minus infinity, a negative number gives NaN.</param>
    public static double Log(double x)
    {
        if (!(x > 0.0) || x == double.PositiveInfinity)
        {
            return x == 0.0 ? double.NegativeInfinity : x < 0.0 ? double.NaN : x;
        }

        double exponent = SplitNearOne(x, out double f);
        double s = f / (2.0 + f);
        double halfSquare = 0.5 * f * f;
        double tail = s * (halfSquare + LogTail(s * s));
        return (exponent * Ln2High) - ((halfSquare - (tail + (exponent * Ln2Low))) - f);
    }

    /// <summary>Natural logarithm of 1 + <paramref name="x"/>, without cancellation near 0; within 2 ulp.</summary>
    /// <param name="x">At least -1.</param>
    public static double LogOnePlus(double x)
    {
        if (!(x > -0.29 && x < 0.41))
        {
            return Log(1.0 + x);
        }

        double s = x / (2.0 + x);
        double halfSquare = 0.5 * x * x;
        return x - (halfSquare - (s * (halfSquare + LogTail(s * s))));
    }

    /// <summary>Logarithm to the base 2; within 2 ulp away from 1.</summary>
    /// <param name="x">At least 0.</param>
    public static double Log2(double x) => Log(x) * InverseLn2;

    /// <summary>
    /// <paramref name="x"/> to the power of <paramref name="y"/>; within 2 ulp while |y ln x| is at most 64, else
    /// within 32.
    /// </summary>
    /// <param name="x">
    /// At least 0; a negative base gives NaN (no integer powers of negative numbers are needed).
    /// </param>
    /// <param name="y">Any finite number.</param>
    public static double Pow(double x, double y)
    {
        if (y == 0.0 || x == 1.0)
        {
            return 1.0;
        }

        if (!(x > 0.0) || x == double.PositiveInfinity || !IsFinite(y))
        {
            return Exp(y * Log(x));
        }

        double high = LogInTwoParts(x, out double low);
        double product = y * high;
        if (!(product > 2.0 * ExpUnderflow && product < 2.0 * ExpOverflow))
        {
            return product > 0.0 ? double.PositiveInfinity : 0.0;
        }

        return ExpOfSum(product, ProductError(y, high, product) + (y * low));
    }

    /// <summary>
    /// 10 to the power of <paramref name="y"/>; bound as <see cref="Pow"/>. Turns decibels into ratios.
    /// </summary>
    /// <param name="y">Any finite number.</param>
    public static double PowerOfTen(double y) => Pow(10.0, y);

    private static double ExpOfSum(double x, double correction)
    {
        if (!(x <= ExpOverflow + 1.0 && x >= ExpUnderflow - 1.0))
        {
            return x > 0.0 ? double.PositiveInfinity : x < 0.0 ? 0.0 : x;
        }

        double rounded = (x * InverseLn2) + Rounder;
        double k = rounded - Rounder;
        double high = x - (k * Ln2High);
        double low = (k * Ln2Low) - correction;
        double r = high - low;
        double lost = (high - r) - low;
        double value = 1.0 + (r + (ExpTail(r) + (lost + (lost * r))));
        return Scale(value, WholeBits(rounded));
    }

    // e^r - 1 - r for |r| <= 0.35 by Taylor's series to r^14; the rest is below 2^-57 of the sum.
    private static double ExpTail(double r)
    {
        double r2 = r * r;
        double r4 = r2 * r2;
        double a = (1.0 / 2.0) + (r * (1.0 / 6.0));
        double b = (1.0 / 24.0) + (r * (1.0 / 120.0));
        double c = (1.0 / 720.0) + (r * (1.0 / 5040.0));
        double d = (1.0 / 40320.0) + (r * (1.0 / 362880.0));
        double e = (1.0 / 3628800.0) + (r * (1.0 / 39916800.0));
        double f = (1.0 / 479001600.0) + (r * (1.0 / 6227020800.0));
        double upper = (e + (r2 * f)) + (r4 * (1.0 / 87178291200.0));
        return r2 * ((a + (r2 * b)) + (r4 * ((c + (r2 * d)) + (r4 * upper))));
    }

    // value * 2^exponent for a value in [1/2, 2): exact in one step while the result is normal; else in two, so that
    // subnormal results are rounded once and nothing overflows on the way.
    private static double Scale(double value, long exponent)
    {
        if (exponent is > -1022 and < 1024)
        {
            return value * PowerOfTwo(exponent);
        }

        long half = exponent >> 1;
        return value * PowerOfTwo(half) * PowerOfTwo(exponent - half);
    }

    private static double PowerOfTwo(long exponent) => BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);

    // x = (1 + f) 2^exponent with 1 + f in [sqrt(1/2), sqrt(2)); exact.
    private static double SplitNearOne(double x, out double f)
    {
        const long mantissaMask = 0xFFFFFFFFFFFFF;
        const long sqrtHalfOffset = 0x6A09E667F3BCD;
        double shift = 0.0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            shift = -54.0;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        long mantissa = bits & mantissaMask;
        long carry = mantissa >= sqrtHalfOffset ? 1L : 0L;
        f = BitConverter.Int64BitsToDouble(mantissa | ((1023L - carry) << 52)) - 1.0;
        return (bits >> 52) - 1023L + carry + shift;
    }

    // The series 2/3 z + 2/5 z^2 + ... of 2 artanh(s)/s - 2 with z = s^2 <= 0.0295, to z^11; the rest is below 2^-62.
    private static double LogTail(double z)
    {
        double z2 = z * z;
        double z4 = z2 * z2;
        double a = (2.0 / 3.0) + (z * (2.0 / 5.0));
        double b = (2.0 / 7.0) + (z * (2.0 / 9.0));
        double c = (2.0 / 11.0) + (z * (2.0 / 13.0));
        double d = (2.0 / 15.0) + (z * (2.0 / 17.0));
        double e = (2.0 / 19.0) + (z * (2.0 / 21.0)) + (z2 * (2.0 / 23.0));
        return z * ((a + (z2 * b)) + (z4 * ((c + (z2 * d)) + (z4 * e))));
    }

    // ln x as high + low with a relative error below 2^-57.
    private static double LogInTwoParts(double x, out double low)
    {
        double exponent = SplitNearOne(x, out double f);
        double divisor = 2.0 + f;
        double divisorLow = f - (divisor - 2.0);
        double s = f / divisor;
        double product = s * divisor;
        double sLow = (((f - product) - ProductError(s, divisor, product)) - (s * divisorLow)) / divisor;
        double tail = s * LogTail(s * s);
        double main = 2.0 * s;
        double sum = (exponent * Ln2High) + main;
        double sumError = exponent == 0.0 ? 0.0 : main - (sum - (exponent * Ln2High));
        double rest = sumError + ((2.0 * sLow) + (tail + (exponent * Ln2Low)));
        double high = sum + rest;
        low = rest - (high - sum);
        return high;
    }

    // a * b - product, exact unless it underflows (Dekker 1971, "A floating-point technique").
    private static double ProductError(double a, double b, double product)
    {
        double t = Splitter * a;
        double aHigh = t - (t - a);
        double aLow = a - aHigh;
        t = Splitter * b;
        double bHigh = t - (t - b);
        double bLow = b - bHigh;
        return (((aHigh * bHigh) - product) + (aHigh * bLow) + (aLow * bHigh)) + (aLow * bLow);
    }
}
