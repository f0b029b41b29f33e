using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class StockTargetTests
{
    private static readonly double[] s_ratios = [0.001, 0.3, 0.5, 0.9, 0.99, 0.999999];

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.7)]
    [InlineData(3.0)]
    [InlineData(12.5)]
    [InlineData(300.0)]
    public void Newsvendor_GivenAMean_isTheLeastKOfTheLaw(double mean)
    {
        foreach (double ratio in s_ratios)
        {
            double term = Math.Exp(-mean);
            double sum = term;
            int least = 0;
            while (sum < ratio)
            {
                term *= mean / ++least;
                sum += term;
            }

            Assert.Equal(least, StockTarget.Newsvendor(mean, ratio, 1_000_000));
        }
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e6)]
    public void Newsvendor_GivenAGreatMean_followsTheNormalLaw(double mean)
    {
        // Cornish-Fisher: mean + z sqrt(mean) + (z^2 - 1)/6 - 1/2, within 1.
        Assert.InRange(
            StockTarget.Newsvendor(mean, 0.99, int.MaxValue) - (mean + (2.326348 * Math.Sqrt(mean)) + 0.24), -1, 1.01);
        Assert.InRange(StockTarget.Newsvendor(mean, 0.5, int.MaxValue) - mean, -1, 1);
    }

    [Fact]
    public void Newsvendor_GivenCosts_isTheCheapestStock()
    {
        // Brute force over K: K upkeep + miss cost x E[(N - K)+], lead time 2 s, demand 3/s.
        const double Mean = 6.0;
        const double Lead = 2.0;
        foreach (double missCost in new[] { 0.5, 2.0, 10.0, 100.0 })
        {
            double best = double.PositiveInfinity;
            int cheapest = 0;
            for (int k = 0; k < 60; k++)
            {
                double leftOver = 0.0;
                double missed = 0.0;
                double term = Math.Exp(-Mean);
                for (int n = 0; n < 120; n++)
                {
                    leftOver += term * Math.Max(0, k - n);
                    missed += term * Math.Max(0, n - k);
                    term *= Mean / (n + 1);
                }

                double cost = (Lead * leftOver) + (missCost * missed);
                (best, cheapest) = cost < best - 1e-12 ? (cost, k) : (best, cheapest);
            }

            double ratio = StockTarget.CriticalRatio(missCost, Lead);
            Assert.Equal(cheapest, StockTarget.Newsvendor(Mean, ratio, 1_000));
        }
    }

    [Theory]
    [InlineData(0.0, 0.9, 10, 0)]
    [InlineData(5.0, 0.0, 10, 0)]
    [InlineData(5.0, 1.0, 10, 10)]
    [InlineData(1e12, 0.9, 10, 10)]
    [InlineData(50.0, 0.9, 10, 10)]
    public void Newsvendor_GivenAnEdge_isExact(double mean, double ratio, int most, int expected) =>
        Assert.Equal(expected, StockTarget.Newsvendor(mean, ratio, most));

    [Fact]
    public void Of_GivenReservationsAndStorage_liesBetween()
    {
        Assert.Equal(24, StockTarget.Of(0.1, 1.0, 10.0, 24, 1_024));
        Assert.True(StockTarget.Of(100.0, 1.0, 10.0, 24, 1_024) > 100);
        Assert.Equal(50, StockTarget.Of(100.0, 1.0, 10.0, 24, 50));
        Assert.Equal(0, StockTarget.Of(0.0, 0.0, 0.0, 0, 10));
    }

    [Fact]
    public void CriticalRatio_GivenCosts_isTheShareOfTheMiss()
    {
        Assert.Equal(0.8, StockTarget.CriticalRatio(8.0, 2.0), 12);
        Assert.Equal(0.0, StockTarget.CriticalRatio(0.0, 0.0));
    }
}
