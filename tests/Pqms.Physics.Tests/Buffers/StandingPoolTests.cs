using Pqms.Physics.Buffers;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Buffers;

public class StandingPoolTests
{
    [Fact]
    public void CutOff_GivenCaseG6_givesItsFigures()
    {
        Assert.Equal(0.8, StandingPool.CutOffAvailability(1, 2, 2), 1e-12);
        Assert.Equal(0.911632751, StandingPool.RandomPairFidelity(0.98, 2, 10), 1e-9);
        Assert.Equal(0.864664717, StandingPool.CutOffAvailability(1, 2, 1000), 1e-9);
        Assert.Equal(0.932464945, StandingPool.YoungestPairFidelity(0.98, 1, 2, 10), 1e-9);
    }

    [Fact]
    public void OnePlace_GivenCaseG7_givesItsFigures()
    {
        OnePlaceFigures figures = StandingPool.OnePlace(1, 1, 2, 0.98, 10);
        Assert.Equal(0.463710558, figures.Availability, 1e-9);
        Assert.Equal(0.932464945, figures.ConsumedFidelity, 1e-9);
        Assert.Equal(0.072578883, figures.DiscardedPerSecond, 1e-9);
        Assert.Equal(0.536289442, figures.StoredPerSecond, 1e-9);
    }

    [Fact]
    public void Stock_GivenCaseG8_givesItsFigures()
    {
        StockFigures figures = StandingPool.Stock(1, 1, 0.5, 3);
        Assert.Equal(0.53125, figures.Availability, 1e-12);
        Assert.Equal(0.8125, figures.MeanPairs, 1e-12);
        Assert.Equal(0.0625, figures.FullProbability, 1e-12);
    }

    [Fact]
    public void Waiting_GivenCaseG9_givesItsFigures()
    {
        WaitingFigures figures = StandingPool.Waiting(10, 7, 3);
        Assert.Equal(0.657, figures.ImmediateProbability, 1e-12);
        Assert.Equal(0.114333, figures.MeanWaitSeconds, 1e-6);
        Assert.Equal(1.0 / 3, StandingPool.Waiting(10, 7, 0).MeanWaitSeconds, 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void CutOff_GivenASimulatedPool_agrees(int places)
    {
        // Pairs one by one, looked at 60,000 times after gaps of 5 (2.5 cut-offs: independent); seed 21; 5 sigma.
        // 40 places never fill at lambda tau = 2, so they stand for infinitely many.
        var stream = new RandomStream(21, 1, (ulong)places);
        ulong draw = 0;
        double born = stream.Exponential(draw++);
        Queue<double> births = new();
        double[] random = new double[60_000], youngest = new double[60_000];
        int looks = 60_000, found = 0;
        for (int look = 1; look <= looks; look++)
        {
            double now = 5.0 * look;
            while (born < now)
            {
                Expire(births, born);
                if (births.Count < places)
                {
                    births.Enqueue(born);
                }

                born += stream.Exponential(draw++);
            }

            Expire(births, now);
            if (births.Count > 0)
            {
                double[] ages = [.. births.Select(birth => now - birth)];
                random[found] = 0.25 + (0.73 * Math.Exp(-ages[(int)(stream.Uniform(draw++) * ages.Length)] / 10));
                youngest[found++] = 0.25 + (0.73 * Math.Exp(-ages[^1] / 10));
            }
        }

        double a = StandingPool.CutOffAvailability(1, 2, places);
        Assert.Equal(a, found / (double)looks, 5 * Math.Sqrt(a * (1 - a) / looks));
        AssertMean(StandingPool.RandomPairFidelity(0.98, 2, 10), random.AsSpan(0, found));
        if (places == 40)
        {
            AssertMean(StandingPool.YoungestPairFidelity(0.98, 1, 2, 10), youngest.AsSpan(0, found));
        }
    }

    [Theory]
    [InlineData(1.0, 1.0, 2.0)]
    [InlineData(5.0, 0.3, 4.0)]
    public void OnePlace_GivenASimulatedPlace_agrees(double generation, double demand, double cutOff)
    {
        // 100,000 stored pairs, each with the waits before and after; seed 22; 5 sigma.
        const int n = 100_000;
        var stream = new RandomStream(22, 1, 1);
        double time = 0, stood = 0;
        int discards = 0, served = 0;
        double[] fidelity = new double[n];
        for (ulong pair = 0; pair < n; pair++)
        {
            double asked = stream.Exponential(2 * pair) / demand;
            time += Math.Min(asked, cutOff) + (stream.Exponential((2 * pair) + 1) / generation);
            stood += Math.Min(asked, cutOff);
            discards += asked >= cutOff ? 1 : 0;
            fidelity[served] = 0.25 + (0.73 * Math.Exp(-asked / 10));
            served += asked < cutOff ? 1 : 0;
        }

        OnePlaceFigures figures = StandingPool.OnePlace(generation, demand, cutOff, 0.98, 10);
        double d = Math.Exp(-demand * cutOff);
        AssertMean(figures.ConsumedFidelity, fidelity.AsSpan(0, served));
        Assert.Equal(d, discards / (double)n, 5 * Math.Sqrt(d * (1 - d) / n));
        Assert.Equal(figures.DiscardedPerSecond, d * figures.StoredPerSecond, 1e-12);

        // The spread of a cycle is below its mean, so that of the ratios is below 1.5 over sqrt n.
        Assert.Equal(1, stood / time / figures.Availability, 5 * 1.5 / Math.Sqrt(n));
        Assert.Equal(1, n / time / figures.StoredPerSecond, 5 * 1.5 / Math.Sqrt(n));
    }

    [Fact]
    public void OnePlace_GivenVanishingDemand_isTheCutOffPoolOfOnePlace()
    {
        OnePlaceFigures figures = StandingPool.OnePlace(0.7, 0, 3, 0.98, 10);
        Assert.Equal(StandingPool.CutOffAvailability(0.7, 3, 1), figures.Availability, 1e-12);
        Assert.Equal(StandingPool.RandomPairFidelity(0.98, 3, 10), figures.ConsumedFidelity, 1e-12);
        Assert.Equal(0.98, StandingPool.OnePlace(0.7, 1, 3, 0.98, double.PositiveInfinity).ConsumedFidelity, 1e-12);
    }

    [Theory]
    [InlineData(1, 1, 0.5, 3)]
    [InlineData(30, 2, 0.1, 200)]
    [InlineData(0.2, 3, 2, 5)]
    public void Stock_GivenTheBalanceEquations_solvesThem(double born, double taken, double lost, int places)
    {
        // Flow into each state equals flow out of it: the generator of the chain, not the product form.
        double[] law = StandingPool.StockDistribution(born, taken, lost, places);
        Assert.Equal(1, law.Sum(), 1e-12);
        for (int n = 0; n <= places; n++)
        {
            double into = (n > 0 ? law[n - 1] * born : 0)
                + (n < places ? law[n + 1] * (taken + ((n + 1) * lost)) : 0);
            double outOf = law[n] * ((n < places ? born : 0) + (n > 0 ? taken + (n * lost) : 0));
            Assert.Equal(into, outOf, 1e-12);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Waiting_GivenASimulatedQueue_agrees(int places)
    {
        // Requests in order of arrival, 400,000 of them; seed 23; block errors (100 blocks), 5 sigma.
        var stream = new RandomStream(23, 1, (ulong)places);
        ulong draw = 0;
        Queue<double> waiting = new();
        int stock = places;
        double now = 0;
        var waits = new Blocks(100);
        var immediate = new Blocks(100);
        while (waits.Count < 400_000)
        {
            now += stream.Exponential(draw++) / 17;
            int block = (int)(waits.Count / 4000);
            if (stream.Uniform(draw++) * 17 >= 7)
            {
                if (waiting.TryDequeue(out double since))
                {
                    waits.Add(now - since, block);
                    immediate.Add(0, block);
                }
                else
                {
                    stock = Math.Min(places, stock + 1);
                }
            }
            else if (stock > 0)
            {
                stock--;
                waits.Add(0, block);
                immediate.Add(1, block);
            }
            else
            {
                waiting.Enqueue(now);
            }
        }

        WaitingFigures figures = StandingPool.Waiting(10, 7, places);
        Assert.Equal(waits.Mean, figures.MeanWaitSeconds, 5 * waits.StandardError);
        Assert.Equal(immediate.Mean, figures.ImmediateProbability, (5 * immediate.StandardError) + 1e-12);
    }

    [Fact]
    public void Calls_GivenNoPool_refuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.CutOffAvailability(0, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.CutOffAvailability(1, double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.CutOffAvailability(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.RandomPairFidelity(0.98, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.YoungestPairFidelity(1.1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.OnePlace(1, -1, 1, 0.9, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.StockDistribution(1, 1, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.StockDistribution(1, 1, 1, 100_001));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.Waiting(1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => StandingPool.Waiting(1, 0.5, -1));
    }

    private static void Expire(Queue<double> births, double now)
    {
        while (births.Count > 0 && births.Peek() <= now - 2)
        {
            births.Dequeue();
        }
    }

    private static void AssertMean(double expected, ReadOnlySpan<double> samples)
    {
        double mean = 0, square = 0;
        foreach (double sample in samples)
        {
            mean += sample / samples.Length;
            square += sample * sample / samples.Length;
        }

        Assert.Equal(expected, mean, 5 * Math.Sqrt((square - (mean * mean)) / samples.Length));
    }
}
