using Pqms.Physics.Chains;

namespace Pqms.Physics.Tests.Chains;

public class ChainWaitingTests
{
    [Theory]
    [InlineData(2, 14.736842)]
    [InlineData(3, 17.900563)]
    [InlineData(4, 20.273378)]
    [InlineData(8, 26.295784)]
    public void DeterministicSwaps_GivenCaseG10_givesItsFigures(int segments, double expected) =>
        Assert.Equal(expected, ChainWaiting.DeterministicSwaps(segments, 0.1), 1e-6);

    [Fact]
    public void TwoSegments_GivenCaseG10_givesItsFigures()
    {
        Assert.Equal(14.736842, ChainWaiting.TwoSegments(0.1, 1), 1e-6);
        Assert.Equal(29.473684, ChainWaiting.TwoSegments(0.1, 0.5), 1e-6);
    }

    [Theory]
    [InlineData(0.02)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void DeterministicSwaps_GivenFewSegments_isTheAlternatingSum(double p)
    {
        for (int n = 1; n <= 10; n++)
        {
            double sum = 0, choose = 1;
            for (int k = 1; k <= n; k++)
            {
                choose = choose * (n - k + 1) / k;
                sum += (k % 2 == 1 ? choose : -choose) / (1 - Math.Pow(1 - p, k));
            }

            Assert.Equal(1, ChainWaiting.DeterministicSwaps(n, p) / sum, 1e-10);
        }
    }

    [Theory]
    [InlineData(60, 0.1)]
    [InlineData(1024, 0.01)]
    public void DeterministicSwaps_GivenManySegments_isTheSumOfTheTail(int n, double p)
    {
        // E[max] = sum over t from 0 of 1 - (1 - (1 - p)^t)^n.
        double sum = 0;
        for (int t = 0; t < 10_000; t++)
        {
            sum -= double.ExpM1(n * double.LogP1(-Math.Pow(1 - p, t)));
        }

        Assert.Equal(1, ChainWaiting.DeterministicSwaps(n, p) / sum, 1e-12);
    }

    [Fact]
    public void DeterministicSwaps_GivenRareLinks_isTheHarmonicNumber()
    {
        // p to 0: the tries become exponential clocks, E = H_n/p to first order in p.
        double harmonic = Enumerable.Range(1, 1024).Reverse().Sum(k => 1.0 / k);
        Assert.Equal(1, ChainWaiting.DeterministicSwaps(1024, 1e-9) * 1e-9 / harmonic, 1e-8);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1025, 0.5)]
    [InlineData(2, 0.0)]
    [InlineData(2, 1.1)]
    [InlineData(2, double.NaN)]
    public void DeterministicSwaps_GivenNoChain_refuses(int n, double p) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChainWaiting.DeterministicSwaps(n, p));

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 0.0)]
    [InlineData(double.NaN, 0.5)]
    public void TwoSegments_GivenNoChain_refuses(double p, double swap) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ChainWaiting.TwoSegments(p, swap));
}
