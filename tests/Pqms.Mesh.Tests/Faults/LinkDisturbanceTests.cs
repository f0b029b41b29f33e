using Pqms.Mesh.Faults;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Faults;

public sealed class LinkDisturbanceTests
{
    private const double H = 0.70710678118654752;

    // Amplitudes over |00>, |01>, |10>, |11> in the order (Phi+, Psi+, Psi-, Phi-).
    private static readonly double[][] s_bell = [[H, 0, 0, H], [0, H, H, 0], [0, H, -H, 0], [H, 0, 0, -H]];

    private static readonly double[][] s_basisZ = [[1, 0], [0, 1]];
    private static readonly double[][] s_basisX = [[H, H], [H, -H]];

    [Fact]
    public void Apply_GivenAnInterceptedPair_isTheDensityMatrixOfMeasuringAndSendingAnew()
    {
        BellDiagonal state = BellDiagonal.Create(0.7, 0.15, 0.05, 0.1);
        SpanConditions all = SpanConditions.Nominal with { InterceptedShare = 1.0 };

        AssertClose(Measured(state, s_basisZ), LinkDisturbance.Apply(state, all, 0.3));
        AssertClose(Measured(state, s_basisX), LinkDisturbance.Apply(state, all, 0.7));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.7)]
    public void Apply_GivenAPerfectInterceptedPair_errsInAQuarterOfTheTwoBases(double uniform)
    {
        SpanConditions all = SpanConditions.Nominal with { InterceptedShare = 1.0 };
        BellDiagonal state = LinkDisturbance.Apply(BellDiagonal.Perfect, all, uniform);

        Assert.Equal(0.25, 0.5 * (PairMetrics.QberX(state) + PairMetrics.QberZ(state)), 12);
        Assert.Equal(0.5, state.Fidelity, 12);
    }

    [Fact]
    public void Apply_GivenAShare_touchesThatShareOfTheDraws()
    {
        BellDiagonal state = BellDiagonal.Werner(0.97);
        SpanConditions some = SpanConditions.Nominal with { InterceptedShare = 0.4 };

        Assert.NotEqual(state, LinkDisturbance.Apply(state, some, 0.19));
        Assert.NotEqual(state, LinkDisturbance.Apply(state, some, 0.39));
        Assert.NotEqual(LinkDisturbance.Apply(state, some, 0.19), LinkDisturbance.Apply(state, some, 0.39));
        Assert.Equal(state, LinkDisturbance.Apply(state, some, 0.41));
    }

    [Fact]
    public void Apply_GivenWhiteNoise_lowersTheWernerParameterByItsFactor()
    {
        BellDiagonal state = LinkDisturbance.Apply(
            BellDiagonal.Werner(0.97), SpanConditions.Nominal with { NoiseProbability = 0.25 }, 0.5);

        Assert.Equal(0.75 * BellDiagonal.Werner(0.97).WernerParameter, state.WernerParameter, 12);
        Assert.Equal(state.PsiPlus, state.PhiMinus, 12);
    }

    [Fact]
    public void Apply_GivenNominalConditions_keepsEveryBit() => Assert.Equal(
        BellDiagonal.Werner(0.97), LinkDisturbance.Apply(BellDiagonal.Werner(0.97), SpanConditions.Nominal, 1e-16));

    private static BellDiagonal Measured(BellDiagonal state, double[][] basis)
    {
        double[] before = [state.PhiPlus, state.PsiPlus, state.PsiMinus, state.PhiMinus];
        double[] after = new double[4];
        for (int from = 0; from < 4; from++)
        {
            foreach (double[] result in basis)
            {
                // (1 (x) |r><r|) |bell>, not normalised: its square norm is the probability of the result.
                double[] sent = new double[4];
                for (int a = 0; a < 2; a++)
                {
                    double overlap = (result[0] * s_bell[from][2 * a]) + (result[1] * s_bell[from][(2 * a) + 1]);
                    sent[2 * a] = overlap * result[0];
                    sent[(2 * a) + 1] = overlap * result[1];
                }

                for (int to = 0; to < 4; to++)
                {
                    double amplitude = Enumerable.Range(0, 4).Sum(i => s_bell[to][i] * sent[i]);
                    after[to] += before[from] * amplitude * amplitude;
                }
            }
        }

        return BellDiagonal.Create(after[0], after[1], after[2], after[3]);
    }

    private static void AssertClose(BellDiagonal expected, BellDiagonal actual)
    {
        Assert.Equal(expected.PhiPlus, actual.PhiPlus, 12);
        Assert.Equal(expected.PsiPlus, actual.PsiPlus, 12);
        Assert.Equal(expected.PsiMinus, actual.PsiMinus, 12);
        Assert.Equal(expected.PhiMinus, actual.PhiMinus, 12);
    }
}
