using Pqms.Physics.Buffers;
using Pqms.Physics.Numerics;

namespace Pqms.Physics.Tests.Buffers;

public class OneGoodOneBadTests
{
    [Fact]
    public void Figures_GivenCaseG4_givesItsFigures()
    {
        BufferFigures figures = OneGoodOneBad.Create(2, 1, 0.1, 0.92).Figures(1, 0.9, LinearJump.LowerBound(0.92));
        Assert.Equal(0.625, figures.Availability, 1e-12);
        Assert.Equal(0.788873995, figures.ConsumedFidelity, 1e-9);
    }

    [Theory]
    [InlineData(2.0, 1.0, 0.1, 1.0, 0.9, 0)]
    [InlineData(0.7, 0.2, 0.05, 0.6, 0.7, 1)]
    public void Figures_GivenASimulatedBuffer_agree(
        double generation, double consumption, double decay, double q, double p, int bound)
    {
        // Event by event, seed 11; 200,000 requests served; standard errors from 100 blocks of requests, 5 sigma.
        LinearJump jump = bound == 0 ? LinearJump.LowerBound(0.92) : LinearJump.UpperBound(0.92);
        var stream = new RandomStream(11, 1, 1);
        ulong n = 0;
        double fidelity = 0;
        long asked = 0;
        var served = new Blocks(100);
        var found = new Blocks(100);
        while (served.Count < 200_000)
        {
            double wait = stream.Exponential(n++) / (generation + consumption);
            fidelity = fidelity > 0 ? 0.25 + ((fidelity - 0.25) * Math.Exp(-decay * wait)) : 0;
            if (stream.Uniform(n++) * (generation + consumption) < consumption)
            {
                asked++;
                found.Add(fidelity > 0 ? 1 : 0, (int)(asked / 500 % 100));
                if (fidelity > 0)
                {
                    served.Add(fidelity, (int)(served.Count / 2000));
                }

                fidelity = 0;
            }
            else if (fidelity == 0)
            {
                fidelity = 0.92;
            }
            else if (stream.Uniform(n++) < q)
            {
                fidelity = stream.Uniform(n++) < p ? jump.Apply(fidelity) : 0;
            }
        }

        BufferFigures figures =
            OneGoodOneBad.Create(generation, consumption, decay, 0.92).Figures(q, p, jump);
        Assert.Equal(served.Mean, figures.ConsumedFidelity, 5 * served.StandardError);
        Assert.Equal(found.Mean, figures.Availability, 5 * found.StandardError);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.92)]
    [InlineData(1.0)]
    public void Bounds_GivenAllBilocalCliffords_holdForEachAtEveryFidelity(double fresh)
    {
        LinearJump lower = LinearJump.LowerBound(fresh), upper = LinearJump.UpperBound(fresh);
        Assert.Equal(720, BilocalCliffords.All.Count);
        bool gains = false;
        foreach (int[] clifford in BilocalCliffords.All)
        {
            for (int step = 0; step <= 60; step++)
            {
                double stored = 0.25 + (step / 80.0);
                double after = BilocalCliffords.FidelityAfter(clifford, stored, fresh);
                Assert.InRange(after, lower.Apply(stored) - 1e-12, upper.Apply(stored) + 1e-12);
                gains |= after > Math.Max(stored, fresh) + 1e-3;
            }
        }

        // Not all of them keep or replace: somewhere between one half and one, purification gains.
        Assert.Equal(fresh is > 0.5 and < 1, gains);
    }

    [Fact]
    public void Bounds_GivenIdentityAndReplacement_lieBetween()
    {
        Assert.Equal(0.7, LinearJump.Identity.Apply(0.7));
        Assert.Equal(0.92, LinearJump.Replacement(0.92).Apply(0.3));
        Assert.Equal(0.5, LinearJump.Create(0.4, 0.2).Apply(0.75), 1e-15);
    }

    [Theory]
    [InlineData(1.1, 0)]
    [InlineData(0, 0.2)]
    [InlineData(double.NaN, 0)]
    [InlineData(0.5, 0.6)]
    public void Create_GivenALineOutsideFidelities_refuses(double slope, double offset) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LinearJump.Create(slope, offset));

    [Theory]
    [InlineData(0, 1, 0.1, 0.9)]
    [InlineData(1, 0, 0.1, 0.9)]
    [InlineData(1, 1, -0.1, 0.9)]
    [InlineData(1, 1, 0.1, 0.2)]
    [InlineData(double.NaN, 1, 0.1, 0.9)]
    [InlineData(1, double.PositiveInfinity, 0.1, 0.9)]
    public void Create_GivenNoBuffer_refuses(double generation, double consumption, double decay, double fresh) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => OneGoodOneBad.Create(generation, consumption, decay, fresh));

    [Theory]
    [InlineData(-0.1, 0.5)]
    [InlineData(0.5, 1.1)]
    [InlineData(double.NaN, 0.5)]
    public void Figures_GivenNoProbability_refuses(double q, double p) => Assert.Throws<ArgumentOutOfRangeException>(
        () => OneGoodOneBad.Create(1, 1, 1, 0.9).Figures(q, p, LinearJump.Identity));
}
