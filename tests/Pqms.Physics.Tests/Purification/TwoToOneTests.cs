using System.Numerics;
using Pqms.Physics.Purification;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Purification;

public class TwoToOneTests
{
    [Theory]
    [InlineData(0.7, 0.68, 0.7352941)]
    [InlineData(0.8, 0.7688889, 0.8381503)]
    [InlineData(0.9, 0.8755556, 0.9263959)]
    public void Bbpssw_GivenWernerPairs_givesCaseG2(double fidelity, double p, double result)
    {
        PurificationRound round = TwoToOne.Bbpssw(BellDiagonal.Werner(fidelity), BellDiagonal.Werner(fidelity));
        Assert.Equal(p, round.SuccessProbability, 1e-7);
        Assert.Equal(result, round.State.Fidelity, 1e-7);
    }

    [Fact]
    public void Bbpssw_GivenUnequalPairs_agreesWithTheWernerFormula()
    {
        const double f1 = 0.83, f2 = 0.71, q1 = (1 - f1) / 3, q2 = (1 - f2) / 3;
        PurificationRound round = TwoToOne.Bbpssw(BellDiagonal.Werner(f1), BellDiagonal.Werner(f2));
        double p = (f1 * f2) + (f1 * q2) + (q1 * f2) + (5 * q1 * q2);
        Assert.Equal(p, round.SuccessProbability, 1e-15);
        Assert.Equal(((f1 * f2) + (q1 * q2)) / p, round.State.Fidelity, 1e-15);
    }

    [Fact]
    public void Dejmps_GivenTwoRounds_givesCaseG3()
    {
        BellDiagonal start = BellDiagonal.Werner(0.8);
        PurificationRound first = TwoToOne.Dejmps(start, start);
        Assert.Equal(0.7688889, first.SuccessProbability, 1e-7);
        RandomStates.AssertClose([0.8381503, 0.0115607, 0.0115607, 0.1387283], first.State, 1e-7);
        PurificationRound second = TwoToOne.Dejmps(first.State, first.State);
        Assert.Equal(0.7445955, second.SuccessProbability, 1e-7);
        RandomStates.AssertClose([0.9436392, 0.0260265, 0.0043078, 0.0260265], second.State, 1e-7);
    }

    [Theory]
    [InlineData(1.0, 1.0, 1.0, 1.0)]
    [InlineData(0.98, 0.95, 0.99, 0.97)]
    [InlineData(1.0, 0.7, 1.0, 0.8)]
    [InlineData(0.9, 0.9, 0.5, 1.0)]
    [InlineData(0.0, 1.0, 0.9, 0.9)]
    [InlineData(1.0, 1.0, 0.0, 1.0)]
    public void Round_GivenAnyStatesAndErrors_agreesWithTheDensityMatrixCircuit(
        double gateA, double gateB, double readoutA, double readoutB)
    {
        PurificationNoise noise = PurificationNoise.Create(gateA, gateB, readoutA, readoutB);
        for (ulong n = 0; n < 5; n++)
        {
            BellDiagonal a = RandomStates.Draw(2 * n), b = RandomStates.Draw((2 * n) + 1);
            foreach (PurificationProtocol protocol in Enum.GetValues<PurificationProtocol>().Skip(1))
            {
                (double p, double[] v) = RunCircuit(protocol, a, b, (gateA, gateB, readoutA, readoutB));
                PurificationRound round = Purifier.Round(protocol, a, b, noise);
                Assert.Equal(p, round.SuccessProbability, 1e-14);
                RandomStates.AssertClose(v, round.State);
            }
        }
    }

    [Fact]
    public void Round_GivenNoErrors_isTheIdealCircuitOfItsName()
    {
        BellDiagonal a = RandomStates.Draw(5), b = RandomStates.Draw(6);
        PurificationNoise none = PurificationNoise.None;
        Assert.Equal(TwoToOne.Bbpssw(a, b), Purifier.Round(PurificationProtocol.Bbpssw, a, b, none));
        Assert.Equal(TwoToOne.BilateralCnot(a, b), Purifier.Round(PurificationProtocol.BilateralCnot, a, b, none));
        Assert.Equal(TwoToOne.Dejmps(a, b), Purifier.Round(PurificationProtocol.Dejmps, a, b, none));
        Assert.Equal(new PurificationRound(1, a), Purifier.Round(PurificationProtocol.None, a, b, none));
        Assert.Throws<ArgumentOutOfRangeException>(() => Purifier.Round((PurificationProtocol)4, a, b, none));
        Assert.Equal(none, PurificationNoise.FromFidelities(1, 1));
    }

    [Fact]
    public void Round_GivenOppositeParities_isImpossibleWithoutErrorsOnly()
    {
        BellDiagonal flipped = BellDiagonal.Create(0, 1, 0, 0);
        PurificationRound never = TwoToOne.BilateralCnot(BellDiagonal.Perfect, flipped);
        Assert.Equal(0.0, never.SuccessProbability);
        Assert.Equal(default, never.State);
        PurificationRound wrong = TwoToOne.BilateralCnot(
            BellDiagonal.Perfect, flipped, PurificationNoise.Create(1.0, 0.9));
        Assert.Equal(0.18, wrong.SuccessProbability, 1e-15);
        Assert.Equal(1.0, wrong.State.Fidelity, 1e-15);
    }

    [Fact]
    public void Dejmps_GivenWernerPairsAndErrors_stopsImprovingBelowOne()
    {
        // With errors of 1 % each the map has a fixed point clearly below 1, which iteration from 0.9 reaches.
        PurificationNoise noise = PurificationNoise.Create(0.99, 0.99);
        BellDiagonal v = BellDiagonal.Werner(0.9);
        for (int round = 0; round < 40; round++)
        {
            v = TwoToOne.Dejmps(v, v, noise).State;
        }

        Assert.InRange(v.Fidelity, 0.95, 0.99);
        Assert.Equal(v.Fidelity, TwoToOne.Dejmps(v, v, noise).State.Fidelity, 1e-9);
    }

    [Theory]
    [InlineData(1.01)]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    public void Noise_GivenNoProbability_refuses(double bad)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PurificationNoise.Create(bad, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PurificationNoise.Create(1, bad));
        Assert.Throws<ArgumentOutOfRangeException>(() => PurificationNoise.Create(1, bad, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PurificationNoise.Create(1, 1, 1, bad));
    }

    // Qubits A1, B1 (kept pair), A2, B2 (measured pair). Twirling keeps the fidelity and evens out the rest.
    private static (double Probability, double[] State) RunCircuit(
        PurificationProtocol protocol,
        BellDiagonal kept,
        BellDiagonal measured,
        (double GateA, double GateB, double ReadoutA, double ReadoutB) device)
    {
        bool twirl = protocol == PurificationProtocol.Bbpssw;
        Circuit start = Circuit.Pairs(
            twirl ? kept.Twirl() : kept, (0, 1), twirl ? measured.Twirl() : measured, (2, 3));
        if (protocol == PurificationProtocol.Dejmps)
        {
            Complex[,] plus = Circuit.RotationX(Math.PI / 2), minus = Circuit.RotationX(-Math.PI / 2);
            start = start.Apply(0, plus).Apply(2, plus).Apply(1, minus).Apply(3, minus);
        }

        Circuit afterA = Circuit.Sum((device.GateA, start.Cnot(0, 2)), (1 - device.GateA, start.Mix(0, 2)));
        Circuit afterB = Circuit.Sum((device.GateB, afterA.Cnot(1, 3)), (1 - device.GateB, afterA.Mix(1, 3)));
        var parts = new List<(double, Circuit)>();
        for (int i = 0; i < 16; i++)
        {
            int trueA = i & 1, trueB = (i >> 1) & 1, wrongA = (i >> 2) & 1, wrongB = i >> 3;
            double weight = (wrongA == 0 ? device.ReadoutA : 1 - device.ReadoutA)
                * (wrongB == 0 ? device.ReadoutB : 1 - device.ReadoutB);
            if ((trueA ^ wrongA) == (trueB ^ wrongB))
            {
                parts.Add((weight, afterB.Project(2, trueA).Project(3, trueB)));
            }
        }

        Circuit accepted = Circuit.Sum([.. parts]);
        double[] v = [.. accepted.BellOverlaps(0, 1).Select(x => x / accepted.Trace)];
        return (accepted.Trace, twirl ? [v[0], (1 - v[0]) / 3, (1 - v[0]) / 3, (1 - v[0]) / 3] : v);
    }
}
