namespace Pqms.Physics.Numerics;

public static partial class PortableMath
{
    /// <summary>
    /// Largest argument of <see cref="Sin"/> and <see cref="Cos"/> in radians: 2^20, about 167,000 turns.
    /// </summary>
    public const double MaxAngleRadians = 1048576.0;

    // pi/2 in three parts, the first two with 33 significant bits: multiples up to 2^20 are exact.
    private const double HalfPiHigh = 1.57079632673412561417;
    private const double HalfPiMiddle = 6.07710050630396597660e-11;
    private const double HalfPiLow = 2.02226624879595063154e-21;

    /// <summary>Sine; within 1 ulp, or 2^-70 absolute next to its zeros.</summary>
    /// <param name="radians">In [-2^20, 2^20].</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="radians"/> is outside the range or NaN.
    /// </exception>
    public static double Sin(double radians) => Quadrant(radians, 0);

    /// <summary>Cosine; within 1 ulp, or 2^-70 absolute next to its zeros.</summary>
    /// <param name="radians">In [-2^20, 2^20].</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="radians"/> is outside the range or NaN.
    /// </exception>
    public static double Cos(double radians) => Quadrant(radians, 1);

    /// <summary>Arc tangent in (-pi/2, pi/2); within 4 ulp.</summary>
    /// <param name="x">Any number.</param>
    public static double Atan(double x)
    {
        if (x < 0.0)
        {
            return -Atan(-x);
        }

        if (x > 1.0)
        {
            return (0.5 * Pi) - AtanUpToOne(1.0 / x);
        }

        return AtanUpToOne(x);
    }

    /// <summary>Angle of the point (x, y) from the positive x axis, in [-pi, pi]; within 4 ulp.</summary>
    /// <param name="y">Ordinate.</param>
    /// <param name="x">Abscissa.</param>
    public static double Atan2(double y, double x)
    {
        if (x > 0.0)
        {
            return Atan(y / x);
        }

        if (x < 0.0)
        {
            return y < 0.0 ? Atan(y / x) - Pi : Atan(y / x) + Pi;
        }

        return y > 0.0 ? 0.5 * Pi : y < 0.0 ? -0.5 * Pi : y + x;
    }

    private static double Quadrant(double radians, int turn)
    {
        if (!(radians >= -MaxAngleRadians && radians <= MaxAngleRadians))
        {
            throw new ArgumentOutOfRangeException(nameof(radians), radians, "The angle must lie in [-2^20, 2^20].");
        }

        double rounded = (radians * (2.0 / Pi)) + Rounder;
        double k = rounded - Rounder;
        double high = radians - (k * HalfPiHigh);
        double middle = k * HalfPiMiddle;
        double first = high - middle;
        double low = ((high - first) - middle) - (k * HalfPiLow);
        double r = first + low;
        double rest = low - (r - first);
        long quadrant = (WholeBits(rounded) + turn) & 3L;
        double value = (quadrant & 1) == 0 ? SinKernel(r, rest) : CosKernel(r, rest);
        return (quadrant & 2) == 0 ? value : -value;
    }

    // Taylor's series to x^17 on |x| <= pi/4; the rest is below 2^-60 of the sum.
    private static double SinKernel(double x, double rest)
    {
        double z = x * x;
        double z2 = z * z;
        double a = (-1.0 / 6.0) + (z * (1.0 / 120.0));
        double b = (-1.0 / 5040.0) + (z * (1.0 / 362880.0));
        double c = (-1.0 / 39916800.0) + (z * (1.0 / 6227020800.0));
        double d = (-1.0 / 1307674368000.0) + (z * (1.0 / 355687428096000.0));
        double series = (a + (z2 * b)) + (z2 * z2 * (c + (z2 * d)));
        return x + ((x * z * series) + (rest * (1.0 - (0.5 * z))));
    }

    // Taylor's series to x^18 on |x| <= pi/4, with 1 - z/2 kept in two parts.
    private static double CosKernel(double x, double rest)
    {
        double z = x * x;
        double z2 = z * z;
        double a = (1.0 / 24.0) + (z * (-1.0 / 720.0));
        double b = (1.0 / 40320.0) + (z * (-1.0 / 3628800.0));
        double c = (1.0 / 479001600.0) + (z * (-1.0 / 87178291200.0));
        double d = (1.0 / 20922789888000.0) + (z * (-1.0 / 6402373705728000.0));
        double series = (a + (z2 * b)) + (z2 * z2 * (c + (z2 * d)));
        double half = 0.5 * z;
        double main = 1.0 - half;
        return main + (((1.0 - main) - half) + ((z2 * series) - (x * rest)));
    }

    // Halving the angle twice brings x into [0, 0.199], where the series to t^25 is below 2^-60.
    private static double AtanUpToOne(double x)
    {
        double t = x / (1.0 + Sqrt(1.0 + (x * x)));
        t /= 1.0 + Sqrt(1.0 + (t * t));
        double z = t * t;
        double z2 = z * z;
        double z4 = z2 * z2;
        double a = (-1.0 / 3.0) + (z * (1.0 / 5.0));
        double b = (-1.0 / 7.0) + (z * (1.0 / 9.0));
        double c = (-1.0 / 11.0) + (z * (1.0 / 13.0));
        double d = (-1.0 / 15.0) + (z * (1.0 / 17.0));
        double e = (-1.0 / 19.0) + (z * (1.0 / 21.0));
        double f = (-1.0 / 23.0) + (z * (1.0 / 25.0));
        double series = (a + (z2 * b)) + (z4 * ((c + (z2 * d)) + (z4 * (e + (z2 * f)))));
        return 4.0 * (t + (t * z * series));
    }
}
