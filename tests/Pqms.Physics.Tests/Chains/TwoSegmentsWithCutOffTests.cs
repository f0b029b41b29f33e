using Pqms.Physics.Chains;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Physics.Tests.Chains;

public class TwoSegmentsWithCutOffTests
{
    [Fact]
    public void MeanSlotsAndFidelity_GivenCaseG11_giveItsFigures()
    {
        Assert.Equal(5.634451, TwoSegmentsWithCutOff.Create(0.3, 1, 2).MeanSlots, 1e-6);
        TwoSegmentsWithCutOff chain = TwoSegmentsWithCutOff.Create(0.1, 1, 5);
        Assert.Equal(20.751172, chain.MeanSlots, 1e-6);
        Assert.Equal(0.872322509, chain.MeanFidelity(0.95, 0.02, SwapNoise.None), 1e-9);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.7)]
    [InlineData(1.0)]
    public void MeanSlots_GivenTwoSlots_isThePublishedForm(double p) => Assert.Equal(
        ((2 * p * p * p) - (6 * p * p) + (4 * p) + 1) / ((2 * Math.Pow(p, 4)) - (6 * p * p * p) + (5 * p * p)),
        TwoSegmentsWithCutOff.Create(p, 1, 2).MeanSlots, 1e-10);

    [Fact]
    public void MeanSlots_GivenLimits_givesThem()
    {
        Assert.Equal(1 / (0.3 * 0.3 * 0.5), TwoSegmentsWithCutOff.Create(0.3, 0.5, 0).MeanSlots, 1e-10);
        Assert.Equal(
            ChainWaiting.TwoSegments(0.01, 0.5), TwoSegmentsWithCutOff.Create(0.01, 0.5, 1_000_000).MeanSlots, 1e-9);
        Assert.Equal(1.0, TwoSegmentsWithCutOff.Create(1, 1, 3).MeanSlots);
        double swapped = TwoSegmentsWithCutOff.Create(1, 1, 3).MeanFidelity(1, 5, SwapNoise.Create(0.9, 1));
        Assert.Equal(0.925, swapped, 1e-12);
    }

    [Theory]
    [InlineData(0.1, 1.0, 5)]
    [InlineData(0.3, 0.5, 2)]
    [InlineData(0.4, 0.8, 0)]
    public void MeanSlotsAndFidelity_GivenASimulatedChain_agree(double p, double swap, int cutOff)
    {
        // Slot by slot as the documentation says; 100,000 deliveries, seed 42, 5 sigma (+ 1e-9 where nothing varies).
        const int deliveries = 100_000;
        SwapNoise noise = SwapNoise.Create(0.98, 0.99);
        var stream = new RandomStream(42, 1, (ulong)cutOff);
        ulong draw = 0;
        double slots = 0, slotSquares = 0, fidelity = 0, fidelitySquares = 0;
        for (int n = 0; n < deliveries; n++)
        {
            (long took, int age) = Deliver(p, swap, cutOff, () => stream.Uniform(draw++));
            BellDiagonal fresh = BellDiagonal.Werner(0.95);
            double f = noise.Swap(fresh.Depolarise(Math.Exp(-0.02 * age)), fresh).Fidelity;
            slots += took;
            slotSquares += (double)took * took;
            fidelity += f;
            fidelitySquares += f * f;
        }

        TwoSegmentsWithCutOff chain = TwoSegmentsWithCutOff.Create(p, swap, cutOff);
        AssertMean(chain.MeanSlots, slots / deliveries, slotSquares / deliveries, deliveries);
        AssertMean(
            chain.MeanFidelity(0.95, 0.02, noise), fidelity / deliveries, fidelitySquares / deliveries, deliveries);
    }

    [Theory]
    [InlineData(0.0, 1, 1)]
    [InlineData(double.NaN, 1, 1)]
    [InlineData(0.5, 0, 1)]
    [InlineData(0.5, 1, -1)]
    public void Create_GivenNoChain_refuses(double p, double swap, int cutOff) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TwoSegmentsWithCutOff.Create(p, swap, cutOff));

    [Theory]
    [InlineData(0.2, 0.1)]
    [InlineData(0.9, -0.1)]
    [InlineData(0.9, double.NaN)]
    public void MeanFidelity_GivenNoLink_refuses(double fresh, double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => TwoSegmentsWithCutOff.Create(0.5, 1, 1).MeanFidelity(fresh, decay, SwapNoise.None));

    private static void AssertMean(double expected, double mean, double meanSquare, int n) => Assert.Equal(
        expected, mean, (5 * Math.Sqrt(Math.Max(0, meanSquare - (mean * mean)) / n)) + 1e-9);

    private static (long Slots, int Age) Deliver(double p, double swap, int cutOff, Func<double> uniform)
    {
        long madeLeft = 0, madeRight = 0;
        for (long slot = 1; ; slot++)
        {
            madeLeft = madeLeft == 0 && uniform() < p ? slot : madeLeft;
            madeRight = madeRight == 0 && uniform() < p ? slot : madeRight;
            if (madeLeft > 0 && madeRight > 0)
            {
                if (uniform() < swap)
                {
                    return (slot, (int)Math.Abs(madeLeft - madeRight));
                }

                madeLeft = madeRight = 0;
            }

            madeLeft = madeLeft > 0 && slot - madeLeft >= cutOff ? 0 : madeLeft;
            madeRight = madeRight > 0 && slot - madeRight >= cutOff ? 0 : madeRight;
        }
    }
}
