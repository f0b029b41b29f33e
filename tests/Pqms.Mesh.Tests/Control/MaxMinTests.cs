using Pqms.Mesh.Control;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Control;

public sealed class MaxMinTests
{
    public static TheoryData<int> Seeds => TestProfile.Range(1, 40, 2_000);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_GivenRandomPools_isFairAndConserves(int seed)
    {
        (int[] memories, double[] rates, MaxMinClaim[] claims) = Random(seed);
        int[][] shares = MaxMin.Divide(memories, rates, claims);
        int[] left = [.. memories];
        for (int i = 0; i < claims.Length; i++)
        {
            for (int k = 0; k < claims[i].Spans.Count; k++)
            {
                left[claims[i].Spans[k]] -= shares[i][k];
            }
        }

        Assert.All(left, rest => Assert.True(rest >= 0, $"Seed {seed}: more memories than there are."));
        for (int i = 0; i < claims.Length; i++)
        {
            if (claims[i].Spans.Count > 0 && MaxMin.Rate(claims[i], shares[i], rates) < claims[i].Demand)
            {
                Assert.True(IsHeldBack(i, claims, shares, rates, left), $"Seed {seed}: pool {i} could gain.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Divide_GivenAnyPool_givesNoMemoryThatDoesNotCount(int seed)
    {
        (int[] memories, double[] rates, MaxMinClaim[] claims) = Random(seed);
        int[][] shares = MaxMin.Divide(memories, rates, claims);
        for (int i = 0; i < claims.Length; i++)
        {
            double rate = MaxMin.Rate(claims[i], shares[i], rates);
            for (int k = 0; k < claims[i].Spans.Count; k++)
            {
                Assert.True(shares[i][k] == 0 || (shares[i][k] - 1) * rates[claims[i].Spans[k]] < rate);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void AddSpare_GivenADivision_changesNoRateAndLeavesNothingWanted(int seed)
    {
        (int[] memories, double[] rates, MaxMinClaim[] claims) = Random(seed);
        int[][] shares = MaxMin.Divide(memories, rates, claims);
        double[] before = [.. claims.Select((claim, i) => MaxMin.Rate(claim, shares[i], rates))];
        MaxMin.AddSpare(memories, rates, claims, shares);

        Assert.Equal(before, claims.Select((claim, i) => MaxMin.Rate(claim, shares[i], rates)));
        for (int span = 0; span < memories.Length; span++)
        {
            int used = claims.Select((claim, i) => shares[i].Where((_, k) => claim.Spans[k] == span).Sum()).Sum();
            bool wanted = claims.Where((claim, i) => before[i] > 0 && before[i] < claim.Demand)
                .Any(claim => claim.Spans.Contains(span));
            Assert.True(used <= memories[span]);
            Assert.True(used == memories[span] || !wanted, $"Seed {seed}: span {span} has memories that are wanted.");
        }
    }

    [Fact]
    public void AddSpare_GivenAQuickSpan_isSharedByWeight()
    {
        MaxMinClaim[] claims = [Claim(1, 0, 1), Claim(3, 0, 2)];
        int[][] shares = MaxMin.Divide([16, 1, 1], [1.0, 1.0, 1.0], claims);
        Assert.Equal([1, 1], shares.Select(share => share[0]));
        MaxMin.AddSpare([16, 1, 1], [1.0, 1.0, 1.0], claims, shares);

        Assert.Equal([4, 12], shares.Select(share => share[0]));
    }

    [Fact]
    public void Divide_GivenOneSpan_followsTheWeights()
    {
        MaxMinClaim[] claims = [Claim(1, 0), Claim(2, 0), Claim(5, 0)];

        Assert.Equal([2, 4, 10], MaxMin.Divide([16], [1.0], claims).Select(share => share[0]));
        Assert.Equal([20, 40, 100], MaxMin.Divide([160], [7.0], claims).Select(share => share[0]));
    }

    [Fact]
    public void Divide_GivenFewerMemoriesThanPools_servesTheGreatestWeightsThenTheFirst()
    {
        MaxMinClaim[] claims = [Claim(1, 0), Claim(2, 0), Claim(1, 0)];

        Assert.Equal([1, 1, 0], MaxMin.Divide([2], [1.0], claims).Select(share => share[0]));
    }

    [Fact]
    public void Divide_GivenADemand_leavesTheRestToOthers()
    {
        MaxMinClaim[] claims = [Claim(1, 0) with { Demand = 2.5 }, Claim(1, 0)];

        Assert.Equal([3, 13], MaxMin.Divide([16], [1.0], claims).Select(share => share[0]));
    }

    [Fact]
    public void Divide_GivenUnequalSpans_givesTheSlowOneMore()
    {
        int[][] shares = MaxMin.Divide([16, 16], [1.0, 4.0], [Claim(1, 0, 1)]);

        Assert.Equal([16, 4], shares[0]);
    }

    [Fact]
    public void Divide_GivenABottleneckElsewhere_givesWhatALongPoolCannotUseToAShortOne()
    {
        // The long pool is held to 2 by span 1; the short one may then use 14 of span 0.
        int[][] shares = MaxMin.Divide([16, 2], [1.0, 1.0], [Claim(1, 0, 1), Claim(1, 0)]);

        Assert.Equal([2, 2], shares[0]);
        Assert.Equal([14], shares[1]);
    }

    [Fact]
    public void Divide_GivenAPoolThatCannotReachItsEnd_wastesNothingOnIt()
    {
        int[][] shares = MaxMin.Divide([4, 0], [1.0, 1.0], [Claim(1, 0, 1), Claim(1, 0)]);

        Assert.Equal([0, 0], shares[0]);
        Assert.Equal([4], shares[1]);
    }

    private static MaxMinClaim Claim(double weight, params int[] spans) => new(weight, double.PositiveInfinity, spans);

    /// <summary>Whether a span that limits a pool is used up by pools that would fall to its level.</summary>
    private static bool IsHeldBack(int pool, MaxMinClaim[] claims, int[][] shares, double[] rates, int[] left)
    {
        MaxMinClaim claim = claims[pool];
        double rate = MaxMin.Rate(claim, shares[pool], rates);
        for (int k = 0; k < claim.Spans.Count; k++)
        {
            int span = claim.Spans[k];
            bool limits = shares[pool][k] * rates[span] <= rate;
            bool fair = true;
            for (int other = 0; other < claims.Length; other++)
            {
                int at = claims[other].Spans.ToList().IndexOf(span);
                int held = at < 0 ? 0 : shares[other][at];
                fair &= held == 0 || other == pool
                    || (held - 1) * rates[span] / claims[other].Weight <= (rate / claim.Weight) + 1e-12;
            }

            if (limits && fair && left[span] == 0)
            {
                return true;
            }
        }

        return false;
    }

    private static (int[] Memories, double[] Rates, MaxMinClaim[] Claims) Random(int seed)
    {
        Random random = new(seed);
        int spans = 1 + random.Next(8);
        int[] memories = [.. Enumerable.Range(0, spans).Select(_ => random.Next(20))];
        double[] rates = [.. Enumerable.Range(0, spans).Select(_ => 0.1 + random.NextDouble())];
        MaxMinClaim[] claims = new MaxMinClaim[1 + random.Next(10)];
        for (int i = 0; i < claims.Length; i++)
        {
            int[] order = [.. Enumerable.Range(0, spans)];
            random.Shuffle(order);
            double demand = random.Next(3) == 0 ? 3.0 * random.NextDouble() : double.PositiveInfinity;
            claims[i] = new MaxMinClaim(0.5 + random.Next(4), demand, order[..random.Next(spans + 1)]);
        }

        return (memories, rates, claims);
    }
}
