using Pqms.Physics.Chains;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Chains;

public class SwapAsapChainTests
{
    [Theory]
    [InlineData(2, 0.1, 1.0, 14.736842)]
    [InlineData(2, 0.1, 0.5, 29.473684)]
    [InlineData(3, 0.1, 1.0, 17.900563)]
    [InlineData(3, 0.1, 0.5, 57.057429)]
    [InlineData(4, 0.1, 1.0, 20.273378)]
    [InlineData(4, 0.1, 0.5, 91.562557)]
    [InlineData(8, 0.1, 1.0, 26.295784)]
    [InlineData(3, 0.2, 0.5, 27.920228)]
    public void MeanSlots_GivenCaseG10_givesItsFigures(int segments, double p, double swap, double expected) =>
        Assert.Equal(expected, SwapAsapChain.MeanSlots(segments, p, swap), 1e-6);

    [Theory]
    [InlineData(0.3)]
    [InlineData(1.0)]
    [InlineData(1e-7)]
    public void MeanSlots_GivenSwapsThatSucceed_isTheSlowestSegment(double p)
    {
        for (int n = 1; n <= SwapAsapChain.MaxSegments; n++)
        {
            Assert.Equal(1, SwapAsapChain.MeanSlots(n, p, 1) / ChainWaiting.DeterministicSwaps(n, p), 1e-12);
        }
    }

    [Theory]
    [InlineData(0.3, 0.2)]
    [InlineData(1e-8, 1e-6)]
    public void MeanSlots_GivenTwoSegments_isTheClosedForm(double p, double swap) =>
        Assert.Equal(1, SwapAsapChain.MeanSlots(2, p, swap) / ChainWaiting.TwoSegments(p, swap), 1e-12);

    [Theory]
    [InlineData(3, 0.3, 0.5)]
    [InlineData(4, 0.3, 0.6)]
    [InlineData(5, 0.3, 0.7)]
    [InlineData(8, 0.5, 0.8)]
    public void MeanSlots_GivenSimulatedLinks_agrees(int segments, double p, double swap)
    {
        // Links as intervals that are made, joined and dropped one by one: 20,000 deliveries, seed 41, 5 sigma.
        double[] probabilities = [.. Enumerable.Repeat(p, segments)];
        AssertSimulated(probabilities, swap);
    }

    [Fact]
    public void MeanSlots_GivenUnequalSegments_agreesWithSimulationAndMirror()
    {
        double[] probabilities = [0.5, 0.2, 0.9, 0.35];
        AssertSimulated(probabilities, 0.7);
        double[] mirrored = [0.35, 0.9, 0.2, 0.5];
        Assert.Equal(
            SwapAsapChain.MeanSlots(probabilities, 1), SwapAsapChain.MeanSlots(mirrored, 1), 1e-10);
    }

    [Fact]
    public void MeanSlots_GivenCertainLinks_countsOnlySwaps()
    {
        // At p = 1 all segments hold a link after step 1 of every slot, kept or new: each slot is one try of two swaps.
        const double s = 0.5;
        Assert.Equal(1 / (s * s), SwapAsapChain.MeanSlots(3, 1, s), 1e-12);
    }

    [Theory]
    [InlineData(0, 0.5, 0.5)]
    [InlineData(9, 0.5, 0.5)]
    [InlineData(3, 0.0, 0.5)]
    [InlineData(3, double.NaN, 0.5)]
    [InlineData(3, 0.5, 0.0)]
    [InlineData(3, 0.5, 1.5)]
    public void MeanSlots_GivenNoChain_refuses(int segments, double p, double swap) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SwapAsapChain.MeanSlots(segments, p, swap));

    private static void AssertSimulated(double[] probabilities, double swap)
    {
        const int deliveries = 20_000;
        var stream = new RandomStream(41, 1, (ulong)probabilities.Length);
        ulong draw = 0;
        double sum = 0, squares = 0;
        for (int n = 0; n < deliveries; n++)
        {
            long slots = Deliver(probabilities, swap, () => stream.Uniform(draw++));
            sum += slots;
            squares += (double)slots * slots;
        }

        double mean = sum / deliveries;
        double sigma = Math.Sqrt(((squares / deliveries) - (mean * mean)) / deliveries);
        Assert.Equal(mean, SwapAsapChain.MeanSlots(probabilities, swap), 5 * sigma);
    }

    private static long Deliver(double[] probabilities, double swap, Func<double> uniform)
    {
        int n = probabilities.Length;
        List<(int From, int To)> links = [];
        for (long slot = 1; ; slot++)
        {
            for (int s = 0; s < n; s++)
            {
                if (!links.Exists(link => link.From <= s && s < link.To) && uniform() < probabilities[s])
                {
                    links.Add((s, s + 1));
                }
            }

            for (int site = 1; site < n; site++)
            {
                int left = links.FindIndex(link => link.To == site);
                int right = links.FindIndex(link => link.From == site);
                if (left < 0 || right < 0)
                {
                    continue;
                }

                (int From, int To) joined = (links[left].From, links[right].To);
                links.RemoveAll(link => link.To == site || link.From == site);
                if (uniform() < swap)
                {
                    links.Add(joined);
                }
            }

            if (links.Contains((0, n)))
            {
                return slot;
            }
        }
    }
}
