using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Numerics;

public class RandomStreamTests
{
    private const int Draws = 200_000;
    private static readonly RandomStream Stream = new(42, 1, 5);

    [Fact]
    public void Uniform_GivenManyDraws_hasTheMomentsOfTheUnitInterval()
    {
        // n = 200,000; tolerance 5 sigma: mean 1/2 +- 5 sqrt(1/12/n), second moment 1/3 +- 5 sqrt(4/45/n).
        double[] values = [.. Enumerable.Range(0, Draws).Select(i => Stream.Uniform((ulong)i))];
        Assert.All(values, u => Assert.True(u > 0 && u < 1));
        Assert.Equal(0.5, values.Average(), 5 * Math.Sqrt(1.0 / 12 / Draws));
        Assert.Equal(1.0 / 3, values.Average(u => u * u), 5 * Math.Sqrt(4.0 / 45 / Draws));
    }

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.3)]
    [InlineData(1.8e-3)]
    [InlineData(1e-12)]
    public void Geometric_GivenProbability_hasMeanAndTailOfTheDistribution(double p)
    {
        // Mean 1/p +- 5 sigma/sqrt n with sigma = sqrt(1-p)/p; P(N > m) = (1-p)^m at the median, +- 5 sqrt(1/4/n).
        double[] values = [.. Enumerable.Range(0, Draws).Select(i => (double)Stream.Geometric((ulong)i, p))];
        Assert.True(values.Min() >= 1);
        Assert.Equal(1 / p, values.Average(), 5 * Math.Sqrt(1 - p) / p / Math.Sqrt(Draws));
        double median = Math.Ceiling(Math.Log(0.5) / double.LogP1(-p));
        double tail = Math.Exp(median * double.LogP1(-p));
        Assert.Equal(tail, values.Count(v => v > median) / (double)Draws, 5 * Math.Sqrt(0.25 / Draws));
    }

    [Fact]
    public void Geometric_GivenCertainty_isOne() =>
        Assert.All(Enumerable.Range(0, 1000), i => Assert.Equal(1UL, Stream.Geometric((ulong)i, 1.0)));

    [Theory]
    [InlineData(1e-30)]
    [InlineData(double.Epsilon)]
    public void Geometric_GivenTinyProbability_staysWithinTheBound(double p) =>
        Assert.All(Enumerable.Range(0, 1000), i =>
            Assert.InRange(Stream.Geometric((ulong)i, p), 1UL, RandomStream.MaxGeometric));

    [Theory]
    [InlineData(0.0)]
    [InlineData(-0.1)]
    [InlineData(1.0000001)]
    [InlineData(double.NaN)]
    public void Geometric_GivenNoProbability_refuses(double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Stream.Geometric(0, p));

    [Fact]
    public void Exponential_GivenManyDraws_hasUnitMeanAndVariance()
    {
        double[] values = [.. Enumerable.Range(0, Draws).Select(i => Stream.Exponential((ulong)i))];
        Assert.Equal(1.0, values.Average(), 5 / Math.Sqrt(Draws));
        Assert.Equal(2.0, values.Average(v => v * v), 5 * Math.Sqrt(20.0 / Draws));
    }

    [Fact]
    public void Bits_GivenTheSameNames_areTheSameAndElseDiffer()
    {
        Assert.Equal(Stream.Bits(9), new RandomStream(42, 1, 5).Bits(9));
        ulong[] others =
        [
            Stream.Bits(9), Stream.Bits(10), new RandomStream(43, 1, 5).Bits(9), new RandomStream(42, 2, 5).Bits(9),
            new RandomStream(42, 1, 6).Bits(9), Stream.Bits(9UL << 32), new RandomStream(42UL << 32, 1, 5).Bits(9),
            new RandomStream(42, 1, 5UL << 32).Bits(9),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Fact]
    public void Uniform_GivenNeighbouringStreams_isUncorrelated()
    {
        // Correlation of n pairs of uniforms is 0 +- 1/sqrt n; tolerance 5 sigma.
        for (ulong entity = 0; entity < 10; entity++)
        {
            var a = new RandomStream(1, 1, entity);
            var b = new RandomStream(1, 1, entity + 1);
            double sum = Enumerable.Range(0, 20_000)
                .Sum(i => (a.Uniform((ulong)i) - 0.5) * (b.Uniform((ulong)i) - 0.5));
            Assert.Equal(0, 12 * sum / 20_000, 5 / Math.Sqrt(20_000));
        }
    }
}
