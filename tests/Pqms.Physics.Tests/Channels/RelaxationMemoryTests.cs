using System.Numerics;
using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Channels;

public class RelaxationMemoryTests
{
    [Fact]
    public void Age_GivenAnyState_agreesWithTheKrausOperators()
    {
        var stream = new RandomStream(19, 2, 2);
        for (ulong n = 0; n < 20; n++)
        {
            double[] u = [.. Enumerable.Range(0, 5).Select(i => stream.Uniform((5 * n) + (ulong)i))];
            double t1A = 0.2 + u[0], t2A = 2 * t1A * u[1], t1B = 0.2 + u[2], t2B = 2 * t1B * u[3], t = u[4];
            BellDiagonal v = RandomStates.Draw(n);
            double[] expected = Damp(Damp(MasterEquation.Of(v), 0, t1A, t2A, t), 1, t1B, t2B, t).Bell();
            RandomStates.AssertClose(expected, RelaxationMemory.Create(t1A, t2A, t1B, t2B).Age(v, t));
        }
    }

    [Fact]
    public void Age_GivenAnyState_agreesWithTheIntegratedMasterEquation()
    {
        const double t1 = 0.9, t2 = 1.1, t = 0.8;
        BellDiagonal v = RandomStates.Draw(21);
        const double phase = ((1 / t2) - (1 / (2 * t1))) / 2;
        double[] expected = MasterEquation.Of(v)
            .Add(0, MasterEquation.Lower, 1 / t1).Add(0, MasterEquation.Z, phase)
            .Add(1, MasterEquation.Lower, 1 / t1).Add(1, MasterEquation.Z, phase)
            .Integrate(t, 400).Bell();
        RandomStates.AssertClose(expected, RelaxationMemory.Create(t1, t2, t1, t2).Age(v, t), 1e-11);
    }

    [Theory]
    [InlineData(1.0, 2.0, 0.3)]
    [InlineData(1.0, 0.5, 0.3)]
    [InlineData(3.0, 1.0, 2.0)]
    public void FidelityAfter_GivenBellStates_isTheClosedFormAndAQuarterOfGSquaredFromTheTwirl(
        double t1, double t2, double t)
    {
        double g = 1 - Math.Exp(-t / t1), coherence = Math.Exp(-2 * t / t2);
        RelaxationMemory exact = RelaxationMemory.Create(t1, t2, t1, t2);
        PauliMemory twirled = PauliMemory.RelaxationDephasing(t1, t2, t1, t2);
        double phi = exact.FidelityAfter(BellDiagonal.Perfect, t);
        BellDiagonal psiPlus = BellDiagonal.Create(0, 1, 0, 0);
        double psi = exact.Age(psiPlus, t).PsiPlus;
        Assert.Equal(((1 - g + (g * g)) / 2) + (coherence / 2), phi, 1e-15);
        Assert.Equal(((1 - g) / 2) + (coherence / 2), psi, 1e-15);
        Assert.Equal(g * g / 4, phi - twirled.FidelityAfter(BellDiagonal.Perfect, t), 1e-15);
        Assert.Equal(-g * g / 4, psi - twirled.Age(psiPlus, t).PsiPlus, 1e-15);
    }

    [Fact]
    public void Age_GivenNoRelaxation_isDephasing()
    {
        BellDiagonal v = RandomStates.Draw(3);
        RelaxationMemory memory = RelaxationMemory.Create(double.PositiveInfinity, 3, double.PositiveInfinity, 5);
        RandomStates.AssertClose(Circuit.Vector(PauliMemory.Dephasing(3, 5).Age(v, 2)), memory.Age(v, 2), 1e-15);
        RandomStates.AssertClose(Circuit.Vector(v), default(RelaxationMemory).Age(v, 2), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => memory.Age(v, double.NaN));
    }

    // Amplitude damping, then phase damping so that coherence is e^(-t/T2) in all.
    private static MasterEquation Damp(MasterEquation state, int qubit, double t1, double t2, double t)
    {
        double g = 1 - Math.Exp(-t / t1);
        double flip = (1 - Math.Exp((-t / t2) + (t / (2 * t1)))) / 2;
        return state
            .Kraus(
                qubit,
                new Complex[,] { { 1, 0 }, { 0, Math.Sqrt(1 - g) } },
                new Complex[,] { { 0, Math.Sqrt(g) }, { 0, 0 } })
            .Kraus(
                qubit,
                new Complex[,] { { Math.Sqrt(1 - flip), 0 }, { 0, Math.Sqrt(1 - flip) } },
                new Complex[,] { { Math.Sqrt(flip), 0 }, { 0, -Math.Sqrt(flip) } });
    }
}
