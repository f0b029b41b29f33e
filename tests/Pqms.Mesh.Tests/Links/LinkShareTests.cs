using Pqms.Mesh.Engine;
using Pqms.Mesh.Links;

namespace Pqms.Mesh.Tests.Links;

public sealed class LinkShareTests
{
    private const long Round = 385_000;
    private const double P = 0.0015;

    [Theory]
    [InlineData(1, P)]
    [InlineData(5, P)]
    [InlineData(16, P)]
    [InlineData(16, 0.2)]
    public void Herald_GivenPairsTakenAtOnce_comesAtTheRateOfAllMemories(int memories, double p)
    {
        const int rounds = 20_000;
        LinkShare share = Share(memories, p);
        share.Regulate(0, int.MaxValue);
        long now = 0;
        for (int i = 0; i < rounds; i++)
        {
            now = share.NextHerald;
            share.Herald(now);
            while (share.Held > 0)
            {
                share.TakeYoungest();
                share.Release();
            }

            share.Regulate(now, int.MaxValue);
            share.CheckConservation();
        }

        // Bernoulli trials: n heralds of p in N = memories x rounds attempts. Seed 1; 4 sigma of a binomial count.
        double attempts = (double)memories * now / Round;
        double sigma = Math.Sqrt(attempts * p * (1 - p));
        Assert.InRange(share.Generated - (attempts * p), -4 * sigma, 4 * sigma);
    }

    [Fact]
    public void Regulate_WhenMemoriesJoinMidRound_keepsTheRate()
    {
        // A memory is released in the middle of every third round and joins with the next. The heralds are Bernoulli
        // trials over the memories that were free at each round's start: n about 130,000, seed 1, 4 sigma.
        const int memories = 4;
        const double p = 0.02;
        LinkShare share = Share(memories, p);
        Random random = new(1);
        double attempts = memories;
        share.Regulate(0, int.MaxValue);
        for (int i = 1; i <= 40_000; i++)
        {
            long boundary = i * Round;
            if (share.NextHerald == boundary)
            {
                share.Herald(boundary);
            }

            Assert.True(share.NextHerald > boundary);
            while (share.Held > 0)
            {
                share.TakeYoungest();
            }

            share.Regulate(boundary, int.MaxValue);
            attempts += memories - share.BusyLeft;
            if (share.BusyLeft > 0 && i % 3 == 0)
            {
                share.Release();
            }

            share.Regulate(boundary + random.Next(1, (int)Round), int.MaxValue);
        }

        double sigma = Math.Sqrt(attempts * p * (1 - p));
        Assert.InRange(share.Generated - (attempts * p), -4 * sigma, 4 * sigma);
        Assert.True(attempts < 39_900 * memories);
    }

    [Fact]
    public void NextCutOff_GivenAWaitingPair_isTheHeraldPlusTheCutOff()
    {
        LinkShare share = Share(2, P);
        share.Regulate(0, 1);
        long herald = share.NextHerald;
        share.Herald(herald);
        share.Regulate(herald, 1);

        Assert.Equal(herald + 500_000_000, share.NextCutOff);
        Assert.Equal(TimerHeap.Never, share.NextHerald);
        Assert.Equal(1UL, share.DropOldest());
        Assert.Equal((0, 1UL), (share.Held, share.CutOff));
    }

    [Fact]
    public void Regulate_GivenNoDeficit_stopsAttempts()
    {
        LinkShare share = Share(8, P);
        share.Regulate(0, 3);
        Assert.NotEqual(TimerHeap.Never, share.NextHerald);

        share.Regulate(1, 0);
        Assert.Equal(TimerHeap.Never, share.NextHerald);
    }

    [Fact]
    public void Regulate_GivenNoChance_neverHeralds()
    {
        LinkShare share = Share(8, 0.0);
        share.Regulate(0, 3);

        Assert.Equal(TimerHeap.Never, share.NextHerald);
    }

    private static LinkShare Share(int memories, double p)
    {
        return new LinkShare(TestSpans.Attempts(p, Round), memories, TestSpans.Settings(seed: 1, entity: 42));
    }
}
