using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Numerics;

/// <summary>Accuracy against the platform's library, which is itself within 1 ulp of the true value.</summary>
public class PortableMathTests
{
    private const int Samples = 200_000;
    private const double NearZero = 8.5e-22;

    [Theory]
    [InlineData(-1e-3, 1e-3, 1)]
    [InlineData(-0.35, 0.35, 1)]
    [InlineData(-40, 1, 1)]
    [InlineData(-708, 709.7, 1)]
    [InlineData(-745.2, -708, 2)]
    public void Exp_GivenRange_isWithinTheBound(double from, double to, double bound) =>
        AssertWithin(PortableMath.Exp, Math.Exp, from, to, bound);

    [Theory]
    [InlineData(0.25, 1, 1)]
    [InlineData(0.999, 1.001, 1)]
    [InlineData(1, 1e6, 1)]
    [InlineData(1e-300, 1e-290, 1)]
    [InlineData(1e-320, 1e-310, 1)]
    [InlineData(1e-16, 1e-10, 1)]
    public void Log_GivenRange_isWithinTheBound(double from, double to, double bound) =>
        AssertWithin(PortableMath.Log, Math.Log, from, to, bound);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(-10, 10, 1)]
    [InlineData(-1e6, 1e6, 1)]
    public void Sin_GivenRange_isWithinTheBound(double from, double to, double bound) =>
        AssertWithin(PortableMath.Sin, Math.Sin, from, to, bound, NearZero);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(-10, 10, 1)]
    [InlineData(-1e6, 1e6, 1)]
    public void Cos_GivenRange_isWithinTheBound(double from, double to, double bound) =>
        AssertWithin(PortableMath.Cos, Math.Cos, from, to, bound, NearZero);

    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(0, 1e-8, 4)]
    [InlineData(-100, 100, 4)]
    public void Atan_GivenRange_isWithinTheBound(double from, double to, double bound) =>
        AssertWithin(PortableMath.Atan, Math.Atan, from, to, bound);

    [Theory]
    [InlineData(10, -27, 27, 2)]
    [InlineData(0.5, -92, 92, 2)]
    [InlineData(1.000001, -1e6, 1e6, 2)]
    [InlineData(10, -307, 308, 32)]
    [InlineData(0.999, -1000, 1000, 2)]
    public void Pow_GivenExponents_isWithinTheBound(double x, double from, double to, double bound) =>
        AssertWithin(y => PortableMath.Pow(x, y), y => Math.Pow(x, y), from, to, bound);

    [Theory]
    [InlineData(1e-6, 8.0, 4.0, 2)]
    [InlineData(1e-3, 1e3, 9.0, 2)]
    [InlineData(0.9, 1.1, 300.0, 2)]
    public void Pow_GivenBases_isWithinTheBound(double from, double to, double y, double bound) =>
        AssertWithin(x => PortableMath.Pow(x, y), x => Math.Pow(x, y), from, to, bound);

    [Fact]
    public void LogOnePlus_GivenSmallArguments_agreesWithTheSeries()
    {
        for (int i = 1; i < 2000; i++)
        {
            double x = (i % 2 == 0 ? -1 : 1) * 1e-3 / i;
            double series = x * (1 - x * (0.5 - x * (1.0 / 3 - x * (0.25 - x * (0.2 - x / 6)))));
            Assert.InRange(Ulp.Distance(PortableMath.LogOnePlus(x), series), 0, 2);
        }
    }

    [Theory]
    [InlineData(-0.9999, 5)]
    [InlineData(-0.3, 0.45)]
    public void LogOnePlus_GivenRange_agreesWithLog(double from, double to) => AssertClose(
        PortableMath.LogOnePlus, x => Math.Log(1 + x), from, to, 2.3e-16);

    [Fact]
    public void ExpMinus1_GivenSmallArguments_agreesWithTheSeries()
    {
        for (int i = 1; i < 2000; i++)
        {
            double x = (i % 2 == 0 ? -1 : 1) * 1e-3 / i;
            double series = x * (1 + x / 2 * (1 + x / 3 * (1 + x / 4 * (1 + x / 5 * (1 + x / 6)))));
            Assert.InRange(Ulp.Distance(PortableMath.ExpMinus1(x), series), 0, 2);
        }
    }

    [Theory]
    [InlineData(-30, 2)]
    [InlineData(-0.5, 0.5)]
    public void ExpMinus1_GivenRange_agreesWithExp(double from, double to) => AssertClose(
        PortableMath.ExpMinus1, x => Math.Exp(x) - 1, from, to, 4.5e-16);

    [Theory]
    [InlineData(1.0, 1.0, 0.7853981633974483)]
    [InlineData(1.0, -1.0, 2.356194490192345)]
    [InlineData(-1.0, -1.0, -2.356194490192345)]
    [InlineData(0.0, -1.0, 3.141592653589793)]
    [InlineData(2.0, 0.0, 1.5707963267948966)]
    [InlineData(-2.0, 0.0, -1.5707963267948966)]
    public void Atan2_GivenQuadrants_givesTheAngle(double y, double x, double expected) =>
        Assert.Equal(expected, PortableMath.Atan2(y, x), 1e-15);

    [Fact]
    public void Exp_GivenEdges_givesLimits()
    {
        Assert.Equal(1.0, PortableMath.Exp(0.0));
        Assert.Equal(0.0, PortableMath.Exp(-746));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(709.79));
        Assert.Equal(0.0, PortableMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(double.PositiveInfinity));
        Assert.Equal(double.NaN, PortableMath.Exp(double.NaN));
    }

    [Fact]
    public void Log_GivenEdges_givesLimits()
    {
        Assert.Equal(0.0, PortableMath.Log(1.0));
        Assert.Equal(double.NegativeInfinity, PortableMath.Log(0.0));
        Assert.Equal(double.NaN, PortableMath.Log(-1.0));
        Assert.Equal(double.NaN, PortableMath.Log(double.NaN));
        Assert.Equal(double.PositiveInfinity, PortableMath.Log(double.PositiveInfinity));
        Assert.Equal(Math.Log(double.Epsilon), PortableMath.Log(double.Epsilon));
        Assert.Equal(Math.Log(double.MaxValue), PortableMath.Log(double.MaxValue));
    }

    [Fact]
    public void Pow_GivenEdges_givesLimits()
    {
        Assert.Equal(1.0, PortableMath.Pow(0.0, 0.0));
        Assert.Equal(0.0, PortableMath.Pow(0.0, 2.0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Pow(0.0, -2.0));
        Assert.Equal(double.PositiveInfinity, PortableMath.Pow(10.0, 400));
        Assert.Equal(0.0, PortableMath.Pow(10.0, -400));
        Assert.Equal(double.NaN, PortableMath.Pow(-1.0, 3.0));
        Assert.Equal(1000.0, PortableMath.Pow(10.0, 3.0));
        Assert.Equal(0.001, PortableMath.PowerOfTen(-3.0));
    }

    [Theory]
    [InlineData(1048576.1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public void Sin_GivenAngleOutOfRange_refuses(double radians) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PortableMath.Sin(radians));

    [Theory]
    [InlineData(2.5, 2.0, 3.0)]
    [InlineData(-2.5, -3.0, -2.0)]
    [InlineData(4.0, 4.0, 4.0)]
    public void Floor_GivenNumber_roundsAsNamed(double x, double floor, double ceiling)
    {
        Assert.Equal(floor, PortableMath.Floor(x));
        Assert.Equal(ceiling, PortableMath.Ceiling(x));
    }

    private static void AssertWithin(
        Func<double, double> ours, Func<double, double> theirs,
        double from, double to, double bound, double absolute = 0)
    {
        double worst = 0, at = from;
        for (int i = 0; i <= Samples; i++)
        {
            double x = from + ((to - from) * ((i * 0.6180339887498949) % 1.0));
            double distance = Math.Abs(ours(x) - theirs(x)) <= absolute ? 0 : Ulp.Distance(ours(x), theirs(x));
            if (!(distance <= worst))
            {
                (worst, at) = (distance, x);
            }
        }

        Assert.True(worst <= bound, $"{worst} ulp at {at:R}: {ours(at):R} instead of {theirs(at):R}");
    }

    private static void AssertClose(
        Func<double, double> ours, Func<double, double> theirs, double from, double to, double tolerance)
    {
        for (int i = 0; i <= Samples; i++)
        {
            double x = from + ((to - from) * i / Samples);
            Assert.Equal(theirs(x), ours(x), tolerance * Math.Max(1, Math.Abs(theirs(x))));
        }
    }
}
