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

    [Fact]
    public void BilateralCnot_GivenAnyStates_agreesWithTheDensityMatrixCircuit() => AssertCircuit(
        TwoToOne.BilateralCnot, circuit => circuit);

    [Fact]
    public void Dejmps_GivenAnyStates_agreesWithTheDensityMatrixCircuit() => AssertCircuit(
        TwoToOne.Dejmps,
        circuit => circuit.Apply(0, Circuit.RotationX(Math.PI / 2)).Apply(2, Circuit.RotationX(Math.PI / 2))
            .Apply(1, Circuit.RotationX(-Math.PI / 2)).Apply(3, Circuit.RotationX(-Math.PI / 2)));

    [Fact]
    public void BilateralCnot_GivenOppositeParities_refuses() => Assert.Throws<ArgumentException>(() =>
        TwoToOne.BilateralCnot(BellDiagonal.Perfect, BellDiagonal.Create(0, 1, 0, 0)));

    // Qubits A1, B1 (kept pair), A2, B2 (measured pair).
    private static void AssertCircuit(
        Func<BellDiagonal, BellDiagonal, PurificationRound> formula, Func<Circuit, Circuit> rotate)
    {
        for (ulong n = 0; n < 10; n++)
        {
            BellDiagonal kept = RandomStates.Draw(2 * n), measured = RandomStates.Draw((2 * n) + 1);
            Circuit circuit = rotate(Circuit.Pairs(kept, (0, 1), measured, (2, 3))).Cnot(0, 2).Cnot(1, 3);
            Circuit equal = Circuit.Sum(
                (1, circuit.Project(2, 0).Project(3, 0)), (1, circuit.Project(2, 1).Project(3, 1)));
            double[] expected = [.. equal.BellOverlaps(0, 1).Select(v => v / equal.Trace)];
            PurificationRound round = formula(kept, measured);
            Assert.Equal(equal.Trace, round.SuccessProbability, 1e-14);
            RandomStates.AssertClose(expected, round.State);
        }
    }
}
