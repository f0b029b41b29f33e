using Pqms.Physics.Channels;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Channels;

public class MemoryTests
{
    [Fact]
    public void Dephasing_GivenBothQubits_givesCaseG14()
    {
        // Lindblad rate g = 0.7 means T2 = 1/(2g); Phi+ after t = 0.3 on both sides: (1 + e^(-4gt))/2.
        PauliMemory memory = PauliMemory.Dephasing(1 / 1.4, 1 / 1.4);
        Assert.Equal(0.715855262, memory.Age(BellDiagonal.Perfect, 0.3).Fidelity, 1e-9);
    }

    [Fact]
    public void Dephasing_GivenAnyState_agreesWithTheIntegratedMasterEquation()
    {
        // d(flip)/dt = rate (1/2 - flip)... integrated by small steps of the Pauli channel on each half alone.
        PauliMemory memory = PauliMemory.Dephasing(3.0, 5.0);
        const int steps = 200_000;
        const double dt = 2.0 / steps;
        BellDiagonal v = RandomStates.Draw(8);
        BellDiagonal stepped = v;
        for (int i = 0; i < steps; i++)
        {
            stepped = stepped.ApplyPauli(0, 0, dt / 3.0 / 2).ApplyPauli(0, 0, dt / 5.0 / 2);
        }

        RandomStates.AssertClose(Circuit.Vector(stepped), memory.Age(v, 2.0), 1e-5);
    }

    [Fact]
    public void Age_GivenOneStepOrMany_agrees()
    {
        PauliMemory memory = PauliMemory.Dephasing(900, 300);
        BellDiagonal v = RandomStates.Draw(4);
        RandomStates.AssertClose(
            Circuit.Vector(memory.Age(memory.Age(memory.Age(v, 0.5), 10), 4.5)), memory.Age(v, 15), 1e-15);
        Assert.Equal(memory.Age(v, 15).Fidelity, memory.FidelityAfter(v, 15), 1e-15);
    }

    [Theory]
    [InlineData(0.9706, 0.95, 19.7)]
    [InlineData(0.9668, 0.95, 16.2)]
    [InlineData(0.9631, 0.95, 12.6)]
    public void SecondsUntil_GivenTheDesignFigures_givesTheDesignLifetimes(double fresh, double floor, double seconds)
    {
        PauliMemory memory = PauliMemory.Dephasing(900, 900);
        BellDiagonal v = BellDiagonal.Werner(fresh);
        double found = memory.SecondsUntil(v, floor);
        Assert.Equal(seconds, found, 0.1);
        Assert.Equal(floor, memory.FidelityAfter(v, found), 1e-15);
    }

    [Fact]
    public void SecondsUntil_GivenUnreachableFloors_givesZeroOrInfinity()
    {
        PauliMemory memory = PauliMemory.Dephasing(900, 900);
        Assert.Equal(0.0, memory.SecondsUntil(BellDiagonal.Werner(0.95), 0.95));
        Assert.Equal(double.PositiveInfinity, memory.SecondsUntil(BellDiagonal.Werner(0.95), 0.4));
        Assert.Equal(
            double.PositiveInfinity,
            PauliMemory.Dephasing(double.PositiveInfinity, double.PositiveInfinity).SecondsUntil(BellDiagonal.Perfect,
                0.9));
    }

    [Fact]
    public void Depolarising_GivenWerner_shrinksTheParameter()
    {
        PauliMemory memory = PauliMemory.Depolarising(10, 20);
        BellDiagonal v = BellDiagonal.Werner(0.97);
        Assert.Equal(
            v.WernerParameter * Math.Exp(-3.0 / 10) * Math.Exp(-3.0 / 20), memory.Age(v, 3).WernerParameter, 1e-15);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void Create_GivenNoCoherenceTime_refuses(double t2) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PauliMemory.Dephasing(t2, t2));

    [Theory]
    [InlineData(-1e-9)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Age_GivenNoDuration_refuses(double seconds) => Assert.Throws<ArgumentOutOfRangeException>(() =>
        PauliMemory.Dephasing(1, 1).Age(BellDiagonal.Perfect, seconds));
}
