using System.Numerics;
using Pqms.Physics.Buffers;

namespace Pqms.Physics.Tests.Buffers;

public class ErlangLossTests
{
    [Theory]
    [InlineData(1, 2, 0.2)]
    [InlineData(0, 3, 0.0)]
    [InlineData(5, 0, 1.0)]
    [InlineData(2, 2, 0.4)]
    public void Blocking_GivenSmallSystems_givesTheirFractions(double load, int places, double expected) =>
        Assert.Equal(expected, ErlangLoss.Blocking(load, places), 1e-15);

    [Theory]
    [InlineData(0.01, 4)]
    [InlineData(22.8, 24)]
    [InlineData(300, 200)]
    [InlineData(5000, 5100)]
    public void Blocking_GivenTheDirectSum_agrees(double load, int places)
    {
        // The terms a^k/k! relative to the last one, added from the greatest index down.
        double sum = 0, term = 1;
        for (int k = places; k >= 0; k--)
        {
            sum += term;
            term *= k / load;
        }

        Assert.Equal(1, ErlangLoss.Blocking(load, places) * sum, 1e-11);
        Assert.Equal(1, ErlangLoss.AtLeast(load, places, places) * sum, 1e-11);
    }

    [Fact]
    public void Blocking_GivenExactIntegers_agreesToTheLastDigits()
    {
        // a = 20, C = 40: 20^k/k! as integers over 40!.
        BigInteger sum = 0, term = 0;
        for (int k = 0; k <= 40; k++)
        {
            term = BigInteger.Pow(20, k) * Factorial(40) / Factorial(k);
            sum += term;
        }

        double exact = (double)(term * BigInteger.Pow(10, 30) / sum) * 1e-30;
        Assert.Equal(1, ErlangLoss.Blocking(20, 40) / exact, 1e-14);
    }

    [Fact]
    public void Blocking_GivenAMillionPlacesAtFullLoad_isRootOfTwoOverPiC()
    {
        // B(n, n) = sqrt(2/(pi n)) (1 - c/sqrt n ...), c = (2/3) sqrt(2/pi): Jagerman, Bell Syst. Tech. J. 53 (1974).
        const double n = 1e6;
        double inverse = Math.Sqrt(Math.PI * n / 2) + (2.0 / 3);
        Assert.Equal(1, ErlangLoss.Blocking(n, 1_000_000) * inverse, 1e-6);
        Assert.Equal(0.0, ErlangLoss.Blocking(1, 10_000_000));
        Assert.Equal(1.0, ErlangLoss.Blocking(1e12, 100), 1e-9);
    }

    [Theory]
    [InlineData(22.8, 24, 15, 0.9479)]
    [InlineData(10, 24, 0, 1)]
    [InlineData(10, 24, 25, 0)]
    [InlineData(0, 24, 1, 0)]
    [InlineData(double.PositiveInfinity, 24, 24, 1)]
    public void AtLeast_GivenCheckedCases_givesThem(double load, int places, int taken, double expected) =>
        Assert.Equal(expected, ErlangLoss.AtLeast(load, places, taken), 4);

    [Fact]
    public void AtLeast_GivenEveryCount_isTheSumOfTheCutPoissonLaw()
    {
        const double load = 7;
        double[] weights = [.. Enumerable.Range(0, 13).Select(k => Math.Pow(load, k) / (double)Factorial(k))];
        for (int taken = 0; taken <= 12; taken++)
        {
            Assert.Equal(weights.Skip(taken).Sum() / weights.Sum(), ErlangLoss.AtLeast(load, 12, taken), 1e-14);
        }
    }

    [Fact]
    public void Calls_GivenNoSystem_refuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangLoss.Blocking(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangLoss.Blocking(double.NaN, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangLoss.Blocking(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangLoss.Blocking(1, ErlangLoss.MaxPlaces + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangLoss.AtLeast(double.NaN, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ErlangLoss.AtLeast(1, -1, 1));
    }

    private static BigInteger Factorial(int n) =>
        Enumerable.Range(1, n).Aggregate(BigInteger.One, (product, k) => product * k);
}
