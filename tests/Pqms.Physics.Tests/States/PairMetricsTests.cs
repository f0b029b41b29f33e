using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

public class PairMetricsTests
{
    [Fact]
    public void ChshMaximal_GivenWernerAtTheThreshold_isTwo()
    {
        BellDiagonal v = BellDiagonal.Werner(PairMetrics.WernerChshThreshold);
        Assert.Equal(0.780330, PairMetrics.WernerChshThreshold, 5e-7);
        Assert.Equal(2.0, PairMetrics.ChshMaximal(v), 1e-14);
        Assert.Equal(2.0, PairMetrics.ChshFixed(v), 1e-14);
        Assert.Equal(v.Fidelity, PairMetrics.WernerFidelityFromChsh(2.0), 1e-15);
    }

    [Fact]
    public void ChshMaximal_GivenAnyState_isTheLargestValueFoundOverSettings()
    {
        // For Bell-diagonal states the best settings lie in the plane of two axes: search both angles there.
        for (ulong n = 0; n < 20; n++)
        {
            BellDiagonal v = RandomStates.Draw(n);
            double[] t = Correlations(v);
            double best = 0;
            foreach ((int i, int j) in new[] { (0, 1), (0, 2), (1, 2) })
            {
                for (double angle = 0; angle < Math.PI; angle += 1e-3)
                {
                    double s = 2 * ((Math.Cos(angle) * Math.Abs(t[i])) + (Math.Sin(angle) * Math.Abs(t[j])));
                    best = Math.Max(best, s);
                }
            }

            Assert.Equal(best, PairMetrics.ChshMaximal(v), 2e-6);
            Assert.True(PairMetrics.ChshMaximal(v) >= PairMetrics.ChshFixed(v) - 1e-14);
        }
    }

    [Fact]
    public void Qber_GivenAnyState_isHalfOfOneLessTheCorrelation()
    {
        for (ulong n = 0; n < 20; n++)
        {
            BellDiagonal v = RandomStates.Draw(n);
            double[] t = Correlations(v);
            Assert.Equal((1 - t[0]) / 2, PairMetrics.QberX(v), 1e-14);
            Assert.Equal((1 + t[1]) / 2, PairMetrics.QberY(v), 1e-14);
            Assert.Equal((1 - t[2]) / 2, PairMetrics.QberZ(v), 1e-14);
        }
    }

    [Fact]
    public void QberMean_GivenAnyState_isTheMeanOfAllThree()
    {
        for (ulong n = 0; n < 20; n++)
        {
            BellDiagonal v = RandomStates.Draw(n);
            double mean = (PairMetrics.QberX(v) + PairMetrics.QberY(v) + PairMetrics.QberZ(v)) / 3;
            Assert.Equal(mean, PairMetrics.QberMean(v), 1e-15);
            Assert.Equal(2 * (1 - v.Fidelity) / 3, PairMetrics.QberMean(v), 1e-15);
            double[] t = Correlations(v);
            Assert.Equal(t[0], PairMetrics.CorrelationX(v), 1e-14);
            Assert.Equal(t[1], PairMetrics.CorrelationY(v), 1e-14);
            Assert.Equal(t[2], PairMetrics.CorrelationZ(v), 1e-14);
        }
    }

    [Fact]
    public void TeleportFidelity_GivenLimits_isOneAndOneHalf()
    {
        Assert.Equal(1.0, PairMetrics.TeleportFidelity(BellDiagonal.Perfect), 1e-15);
        Assert.Equal(0.5, PairMetrics.TeleportFidelity(BellDiagonal.Werner(0.25)), 1e-15);
    }

    // Expectation values of X X, Y Y, Z Z from the density matrix of the pair (the second pair is a spectator).
    private static double[] Correlations(BellDiagonal v)
    {
        Circuit c = Circuit.Pairs(v, (0, 1), BellDiagonal.Perfect, (2, 3));
        double zz = 0, xx = 0, yy = 0;
        for (int r = 0; r < 16; r++)
        {
            int a = (r >> 3) & 1, b = (r >> 2) & 1;
            zz += (a == b ? 1 : -1) * c.Rho[r, r].Real;
            xx += c.Rho[r, r ^ 12].Real;
            yy += (a == b ? -1 : 1) * c.Rho[r, r ^ 12].Real;
        }

        return [xx, yy, zz];
    }
}
