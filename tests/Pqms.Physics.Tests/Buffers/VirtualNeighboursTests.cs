using Pqms.Physics.Buffers;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Buffers;

public class VirtualNeighboursTests
{
    [Theory]
    [InlineData(0.1, 0.2, 5)]
    [InlineData(0.9, 0.1, 3)]
    [InlineData(0.3, 0.3001, 4)]
    public void Distribution_GivenThePapersClosedForm_agrees(double pg, double pc, int r)
    {
        double rho = pg * (1 - pc) / (pc * (1 - pg));
        double empty = (pg - pc) / ((1 - pg) * ((pg * Math.Pow(rho, r)) - pc));
        double[] law = VirtualNeighbours.Distribution(pg, pc, r);
        for (int s = 0; s <= r; s++)
        {
            Assert.Equal(empty * Math.Pow(rho, s) * (s == r ? 1 - pg : 1), law[s], 1e-10);
        }
    }

    [Theory]
    [InlineData(0.1, 0.2, 3, 4)]
    [InlineData(0.4, 0.4, 2, 3)]
    [InlineData(0.6, 0.1, 5, 1)]
    public void Figures_GivenSimulatedChannels_agree(double pg, double pc, int r, int channels)
    {
        // One channel slot by slot, 1,000,000 slots; seed 31; block errors (100 blocks), 5 sigma.
        var stream = new RandomStream(31, 1, (ulong)r);
        int pairs = 0;
        var some = new Blocks(100);
        var mean = new Blocks(100);
        for (ulong slot = 0; slot < 1_000_000; slot++)
        {
            pairs += pairs < r && stream.Uniform(2 * slot) < pg ? 1 : 0;
            pairs -= pairs > 0 && stream.Uniform((2 * slot) + 1) < pc ? 1 : 0;
            some.Add(pairs > 0 ? 1 : 0, (int)(slot / 10_000));
            mean.Add(pairs, (int)(slot / 10_000));
        }

        NeighbourFigures figures = VirtualNeighbours.Figures(pg, pc, r, channels);
        Assert.Equal(some.Mean, 1 - figures.EmptyProbability, 5 * some.StandardError);
        Assert.Equal(mean.Mean, figures.MeanPairs, 5 * mean.StandardError);
        Assert.Equal(channels * (1 - figures.EmptyProbability), figures.Neighbourhood, 1e-12);
        Assert.Equal(channels * figures.MeanPairs, figures.Degree, 1e-12);
    }

    [Fact]
    public void Figures_GivenLimits_giveThem()
    {
        Assert.Equal([1.0, 0.0, 0.0], VirtualNeighbours.Distribution(0, 0.5, 2));
        Assert.Equal([1.0, 0.0, 0.0], VirtualNeighbours.Distribution(0.5, 1, 2));
        Assert.Equal(1.0, VirtualNeighbours.Distribution(0.5, 1e-9, 100_000)[100_000], 1e-6);
    }

    [Fact]
    public void Calls_GivenNoChannel_refuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualNeighbours.Distribution(1, 0.5, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualNeighbours.Distribution(double.NaN, 0.5, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualNeighbours.Distribution(0.5, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualNeighbours.Distribution(0.5, 0.5, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => VirtualNeighbours.Figures(0.5, 0.5, 2, -1));
    }
}
