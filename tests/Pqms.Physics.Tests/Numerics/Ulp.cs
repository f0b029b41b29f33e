namespace Pqms.Physics.Tests.Numerics;

internal static class Ulp
{
    /// <summary>Distance of two doubles in units in the last place: the number of doubles between them.</summary>
    public static double Distance(double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return double.IsNaN(a) && double.IsNaN(b) ? 0.0 : double.PositiveInfinity;
        }

        return (double)Int128.Abs(Ordered(a) - Ordered(b));
    }

    private static Int128 Ordered(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        return bits >= 0 ? bits : long.MinValue - (Int128)bits;
    }
}
