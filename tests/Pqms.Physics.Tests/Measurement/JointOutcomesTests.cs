using System.Numerics;
using Pqms.Physics.Measurement;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Measurement;

public class JointOutcomesTests
{
    [Fact]
    public void Of_GivenAnyStateAndDirections_agreesWithTheDensityMatrix()
    {
        var stream = new RandomStream(29, 6, 0);
        for (ulong n = 0; n < 40; n++)
        {
            BellDiagonal v = RandomStates.Draw(n);
            MeasurementDirection a = Direction(stream, 4 * n), b = Direction(stream, (4 * n) + 2);
            JointOutcomes outcomes = JointOutcomes.Of(v, a, b);
            Assert.Equal(Expected(v, a, 1, b, 1), outcomes.PlusPlus, 1e-14);
            Assert.Equal(Expected(v, a, 1, b, -1), outcomes.PlusMinus, 1e-14);
            Assert.Equal(Expected(v, a, -1, b, 1), outcomes.MinusPlus, 1e-14);
            Assert.Equal(Expected(v, a, -1, b, -1), outcomes.MinusMinus, 1e-14);
        }
    }

    [Fact]
    public void ChshGame_GivenAnyState_isWonAsOftenAsTheFourSettingsSay()
    {
        for (ulong n = 0; n < 20; n++)
        {
            BellDiagonal v = RandomStates.Draw(n);
            double chsh = 0, wins = 0;
            for (int x = 0; x < 2; x++)
            {
                for (int y = 0; y < 2; y++)
                {
                    JointOutcomes o = JointOutcomes.Of(v, MeasurementDirection.ChshA(x), MeasurementDirection.ChshB(y));
                    chsh += (x & y) == 1 ? -o.Correlation : o.Correlation;
                    wins += 0.25 * ((x & y) == 1 ? o.PlusMinus + o.MinusPlus : o.PlusPlus + o.MinusMinus);
                }
            }

            Assert.Equal(chsh, PairMetrics.ChshFixed(v), 1e-14);
            Assert.Equal(wins, PairMetrics.ChshGameWinProbability(v), 1e-14);
        }

        double best = Math.Cos(Math.PI / 8) * Math.Cos(Math.PI / 8);
        Assert.Equal(best, PairMetrics.ChshGameWinProbability(BellDiagonal.Perfect), 1e-15);
        BellDiagonal threshold = BellDiagonal.Werner(PairMetrics.WernerChshThreshold);
        Assert.Equal(0.75, PairMetrics.ChshGameWinProbability(threshold), 1e-15);
    }

    [Fact]
    public void Sample_GivenManyDraws_givesTheProbabilities()
    {
        // n = 200,000; each of four frequencies within 5 sigma.
        JointOutcomes o = JointOutcomes.Of(
            BellDiagonal.Werner(0.8), MeasurementDirection.Z, MeasurementDirection.InXZPlane(1.0));
        var stream = new RandomStream(31, 7, 0);
        const int n = 200_000;
        var counts = new Dictionary<(int, int), int>();
        for (int i = 0; i < n; i++)
        {
            (int, int) result = o.Sample(stream.Uniform((ulong)i));
            counts[result] = counts.GetValueOrDefault(result) + 1;
        }

        foreach ((double p, (int, int) result) in new[]
        {
            (o.PlusPlus, (1, 1)), (o.PlusMinus, (1, -1)), (o.MinusPlus, (-1, 1)), (o.MinusMinus, (-1, -1)),
        })
        {
            Assert.Equal(p, counts[result] / (double)n, 5 * Math.Sqrt(p * (1 - p) / n));
        }
    }

    [Fact]
    public void Sample_GivenBadArguments_refuses()
    {
        JointOutcomes o = JointOutcomes.Of(BellDiagonal.Perfect, MeasurementDirection.X, MeasurementDirection.Y);
        Assert.Throws<ArgumentOutOfRangeException>(() => o.Sample(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => o.Sample(-0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementDirection.ChshA(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementDirection.ChshB(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeasurementDirection.InXZPlane(double.NaN));
    }

    private static MeasurementDirection Direction(RandomStream stream, ulong counter) => stream.Uniform(counter) switch
    {
        < 0.15 => MeasurementDirection.X,
        < 0.35 => MeasurementDirection.Y,
        < 0.5 => MeasurementDirection.Z,
        _ => MeasurementDirection.InXZPlane(10 * (stream.Uniform(counter + 1) - 0.5)),
    };

    // Tr(rho (1 + s a.sigma)/2 x (1 + s' b.sigma)/2).
    private static double Expected(BellDiagonal v, MeasurementDirection a, int signA, MeasurementDirection b, int signB)
    {
        Complex[,] product = MasterEquation.Product(
            MasterEquation.Of(v).Rho,
            MasterEquation.Product(
                MasterEquation.On(0, Projector(a, signA)), MasterEquation.On(1, Projector(b, signB))));
        return Enumerable.Range(0, 4).Sum(i => product[i, i].Real);
    }

    private static Complex[,] Projector(MeasurementDirection d, int sign) => new Complex[,]
    {
        { (1 + (sign * d.AlongZ)) / 2, sign * new Complex(d.AlongX, -d.AlongY) / 2 },
        { sign * new Complex(d.AlongX, d.AlongY) / 2, (1 - (sign * d.AlongZ)) / 2 },
    };
}
