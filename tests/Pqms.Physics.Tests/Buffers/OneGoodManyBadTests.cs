using Pqms.Physics.Buffers;
using Pqms.Physics.Numerics;
using Pqms.Physics.Purification;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Buffers;

public class OneGoodManyBadTests
{
    // The parameters of the paper's figures.
    private static readonly OneGoodManyBad Paper = OneGoodManyBad.Create(2, 0.5, 0.3, 1.0 / 50);

    [Fact]
    public void Figures_GivenTheCoefficientsOfPublicCode_givesCaseG5()
    {
        // Case G5 was made with b = (3 A + 5 B - 3 C - 3 D)/24, which is not the circuit's: see the next test.
        const double a = 0.9, rest = 0.1 / 3;
        var printed = new PurificationCoefficients(
            ((5 * a) - (3 * rest) + (2 * rest)) / 6, ((3 * a) + (5 * rest) - (6 * rest)) / 24, 2 * (a - rest) / 3, 0.5);
        BufferFigures figures = Paper.Figures(0.9, 1, [printed, printed]);
        Assert.Equal(0.672574078, figures.Availability, 1e-9);
        Assert.Equal(0.900707247, figures.ConsumedFidelity, 1e-9);
    }

    [Fact]
    public void Dejmps_GivenAnyNewPair_isTheCircuitOnAWernerPair()
    {
        for (ulong n = 0; n < 50; n++)
        {
            BellDiagonal fresh = RandomStates.Draw(n);
            PurificationCoefficients step = PurificationCoefficients.Dejmps(fresh);
            for (double fidelity = 0.25; fidelity <= 1; fidelity += 0.125)
            {
                PurificationRound round = TwoToOne.Dejmps(BellDiagonal.Werner(fidelity), fresh);
                double p = (step.C * (fidelity - 0.25)) + step.D;
                Assert.Equal(round.SuccessProbability, p, 1e-14);
                Assert.Equal(round.State.Fidelity, 0.25 + (((step.A * (fidelity - 0.25)) + step.B) / p), 1e-13);
            }
        }
    }

    [Fact]
    public void Figures_GivenTheCircuitInCaseG5_differFromItInTheThirdDigit()
    {
        BufferFigures figures = Paper.Figures(BellDiagonal.Werner(0.9), 1);
        Assert.Equal(0.672164823, figures.Availability, 1e-9);
        Assert.Equal(0.898468942, figures.ConsumedFidelity, 1e-9);
    }

    [Theory]
    [InlineData(2, 0.5, 0.3, 0.02, 1.0)]
    [InlineData(5, 0.2, 0.1, 0.05, 0.7)]
    [InlineData(1, 0.9, 0.5, 0.0, 0.3)]
    public void Figures_GivenASimulatedBuffer_agree(
        int n, double generation, double consumption, double decay, double q)
    {
        // Slot by slot with the map of TwoToOne, seed 12; 150,000 requests served; block errors, 5 sigma.
        BellDiagonal fresh = BellDiagonal.Werner(0.9);
        var stream = new RandomStream(12, 1, (ulong)n);
        ulong draw = 0;
        double fidelity = 0;
        var served = new Blocks(100);
        var found = new Blocks(100);
        while (served.Count < 150_000)
        {
            bool stored = fidelity > 0;
            fidelity = stored ? 0.25 + ((fidelity - 0.25) * Math.Exp(-decay)) : 0;
            found.Add(stored ? 1 : 0, (int)(found.Count / 500 % 100));
            if (stored && stream.Uniform(draw++) < consumption)
            {
                served.Add(fidelity, (int)(served.Count / 1500));
                fidelity = 0;
                continue;
            }

            bool some = Enumerable.Range(0, n).Count(_ => stream.Uniform(draw++) < generation) > 0;
            if (some && !stored)
            {
                fidelity = fresh.Fidelity;
            }
            else if (some && stream.Uniform(draw++) < q)
            {
                PurificationRound round = TwoToOne.Dejmps(BellDiagonal.Werner(fidelity), fresh);
                fidelity = stream.Uniform(draw++) < round.SuccessProbability ? round.State.Fidelity : 0;
            }
        }

        BufferFigures figures = OneGoodManyBad.Create(n, generation, consumption, decay).Figures(fresh, q);
        Assert.Equal(served.Mean, figures.ConsumedFidelity, 5 * served.StandardError);
        Assert.Equal(found.Mean, figures.Availability, 5 * found.StandardError);
    }

    [Fact]
    public void Figures_GivenStepsByNumber_weighsThemWithTheBinomialLaw()
    {
        // Two identical replacements are one; keeping on one new pair and replacing on two lies between the two.
        BellDiagonal fresh = BellDiagonal.Werner(0.9);
        PurificationCoefficients keep = PurificationCoefficients.Identity;
        PurificationCoefficients replace = PurificationCoefficients.Replacement(fresh);
        double kept = Paper.Figures(0.9, 1, [keep, keep]).ConsumedFidelity;
        double mixed = Paper.Figures(0.9, 1, [keep, replace]).ConsumedFidelity;
        double replaced = Paper.Figures(0.9, 1, [replace, replace]).ConsumedFidelity;
        Assert.True(kept < mixed && mixed < replaced, $"{kept} {mixed} {replaced}");

        // Kept pairs are geometric in age: F = 1/4 + 0.65 sum of 0.3 0.7^(k-1) e^(-k/50). Replaced ones restart with
        // probability 3/4 per slot that does not consume.
        double e = Math.Exp(-0.02);
        Assert.Equal(0.25 + (0.65 * 0.3 * e / (1 - (0.7 * e))), kept, 1e-12);
        Assert.Equal(0.25 + (0.65 * (0.3 + (0.7 * 0.75)) * e / (1 - (0.7 * 0.25 * e))), replaced, 1e-12);
    }

    [Theory]
    [InlineData(0, 0.5, 0.3, 0.02)]
    [InlineData(1001, 0.5, 0.3, 0.02)]
    [InlineData(2, 0, 0.3, 0.02)]
    [InlineData(2, 0.5, 0, 0.02)]
    [InlineData(2, 0.5, 0.3, -1)]
    [InlineData(2, double.NaN, 0.3, 0.02)]
    public void Create_GivenNoBuffer_refuses(int n, double generation, double consumption, double decay) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => OneGoodManyBad.Create(n, generation, consumption, decay));

    [Fact]
    public void Figures_GivenTooFewSteps_refuses() =>
        Assert.Throws<ArgumentException>(() => Paper.Figures(0.9, 1, [PurificationCoefficients.Identity]));
}
