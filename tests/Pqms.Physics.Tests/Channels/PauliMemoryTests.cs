using Pqms.Physics.Channels;
using Pqms.Physics.Numerics;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;
using Pqms.Tests;

namespace Pqms.Physics.Tests.Channels;

public class PauliMemoryTests
{
    [Fact]
    public void Dephasing_GivenAnyStates_flipsPhasesAsTheClosedFormDoes()
    {
        for (ulong n = 0; n < 2000; n++)
        {
            (double a, double b, double age, double floor) = Draw(n);
            PauliMemory memory = PauliMemory.Dephasing(a, b);
            double flip = -0.5 * PortableMath.ExpMinus1(-((1.0 / a) + (1.0 / b)) * age);
            BellDiagonal v = RandomStates.Draw(n);
            Assert.True(memory.IsDephasing);
            RandomStates.AssertClose(Circuit.Vector(v.ApplyPauli(0, 0, flip)), memory.Age(v, age), 1e-15);
            Assert.Equal(memory.Age(v, age).Fidelity, memory.FidelityAfter(v, age), 1e-15);
            AssertFirstCrossing(memory, v, floor);
            Assert.Equal(
                memory, PauliMemory.RelaxationDephasing(double.PositiveInfinity, a, double.PositiveInfinity, b));
        }
    }

    [Fact]
    public void Depolarising_GivenAnyStates_mixesAsTheClosedFormDoes()
    {
        for (ulong n = 0; n < 2000; n++)
        {
            (double a, double b, double age, double floor) = Draw(n);
            PauliMemory memory = PauliMemory.Depolarising(a, b);
            BellDiagonal v = RandomStates.Draw(n);
            Assert.True(memory.IsDepolarising);
            double kept = PortableMath.Exp(-((1.0 / a) + (1.0 / b)) * age);
            RandomStates.AssertClose(Circuit.Vector(v.Depolarise(kept)), memory.Age(v, age), 1e-15);
            Assert.Equal(memory.Age(v, age).Fidelity, memory.FidelityAfter(v, age));
            AssertFirstCrossing(memory, v, floor);
        }
    }

    [Fact]
    public void Age_GivenAnyRates_agreesWithTheIntegratedMasterEquation()
    {
        var stream = new RandomStream(11, 3, 5);
        for (ulong n = 0; n < (ulong)TestProfile.Count(3, 30); n++)
        {
            double[] g = [.. Enumerable.Range(0, 6).Select(i => stream.Uniform((8 * n) + (ulong)i))];
            double t = 0.7 * stream.Uniform((8 * n) + 6);
            BellDiagonal v = RandomStates.Draw(n);
            double[] expected = MasterEquation.Of(v)
                .Add(0, MasterEquation.X, g[0]).Add(0, MasterEquation.Y, g[1]).Add(0, MasterEquation.Z, g[2])
                .Add(1, MasterEquation.X, g[3]).Add(1, MasterEquation.Y, g[4]).Add(1, MasterEquation.Z, g[5])
                .Integrate(t, 400).Bell();
            PauliMemory memory = PauliMemory.Create(
                PauliRates.Create(g[0], g[1], g[2]), PauliRates.Create(g[3], g[4], g[5]));
            RandomStates.AssertClose(expected, memory.Age(v, t), 1e-10);
            Assert.Equal(expected[0], memory.FidelityAfter(v, t), 1e-10);
        }
    }

    [Fact]
    public void RelaxationDephasing_GivenTimes_givesTheTwirledFormula()
    {
        const double t1 = 3.0, t2 = 4.0, t = 1.3;
        double expected = (1 + (2 * Math.Exp(-2 * t / t2)) + Math.Exp(-2 * t / t1)) / 4;
        PauliMemory memory = PauliMemory.RelaxationDephasing(t1, t2, t1, t2);
        Assert.Equal(expected, memory.FidelityAfter(BellDiagonal.Perfect, t), 1e-15);

        // For all four Bell states: the overlap with the one it began as.
        Assert.Equal(expected, memory.Age(BellDiagonal.Create(0, 1, 0, 0), t).PsiPlus, 1e-15);
        Assert.Equal(expected, memory.Age(BellDiagonal.Create(0, 0, 1, 0), t).PsiMinus, 1e-15);
        Assert.Equal(expected, memory.Age(BellDiagonal.Create(0, 0, 0, 1), t).PhiMinus, 1e-15);
    }

    [Fact]
    public void Age_GivenOneStepOrMany_agrees()
    {
        PauliMemory memory = PauliMemory.Create(PauliRates.Create(0.1, 0.02, 0.3), PauliRates.Create(0, 0.2, 0.01));
        for (ulong n = 0; n < 50; n++)
        {
            BellDiagonal v = RandomStates.Draw(n);
            RandomStates.AssertClose(
                Circuit.Vector(memory.Age(memory.Age(memory.Age(v, 0.5), 3), 1.5)), memory.Age(v, 5), 1e-15);
        }
    }

    [Fact]
    public void SecondsUntil_GivenAnyRatesAndStates_givesTheFirstCrossing()
    {
        // Random states are mostly worse than 1/2, so F rises and falls here as it never does for a good pair.
        for (ulong n = 0; n < (ulong)TestProfile.Count(1000, 30_000); n++)
        {
            var stream = new RandomStream(13, 4, n);
            double Rate(ulong i) => stream.Uniform(i) < 0.3 ? 0 : Math.Pow(10, (4 * stream.Uniform(i + 10)) - 2);
            PauliMemory memory = PauliMemory.Create(
                PauliRates.Create(Rate(0), Rate(1), Rate(2)), PauliRates.Create(Rate(3), 0, Rate(4)));
            BellDiagonal v = RandomStates.Draw(n);
            AssertFirstCrossing(memory, v, v.Fidelity * stream.Uniform(30));
            AssertFirstCrossing(memory, v, Math.BitDecrement(v.Fidelity));
            AssertFirstCrossing(memory, v, 0.25 * (1 + (0.02 * (stream.Uniform(31) - 0.5))));
        }
    }

    [Theory]
    [InlineData(0.9706, 0.95)]
    [InlineData(0.99, 0.5)]
    [InlineData(1.0, 0.2501)]
    [InlineData(0.95000001, 0.95)]
    public void SecondsUntil_GivenRelaxation_meetsTheFloor(double fresh, double floor)
    {
        PauliMemory memory = PauliMemory.RelaxationDephasing(2000, 900, 500, 700);
        BellDiagonal v = BellDiagonal.Werner(fresh);
        Assert.Equal(floor, memory.FidelityAfter(v, memory.SecondsUntil(v, floor)), 1e-15);
    }

    [Fact]
    public void SecondsUntil_GivenUnreachableFloors_givesZeroOrInfinity()
    {
        PauliMemory memory = PauliMemory.RelaxationDephasing(1000, 900, 1000, 900);
        Assert.Equal(0.0, memory.SecondsUntil(BellDiagonal.Werner(0.9), 0.9));
        Assert.Equal(0.0, memory.SecondsUntil(BellDiagonal.Werner(0.9), 1.0));
        Assert.Equal(double.PositiveInfinity, memory.SecondsUntil(BellDiagonal.Werner(0.9), 0.25));
        Assert.Equal(double.PositiveInfinity, memory.SecondsUntil(BellDiagonal.Werner(0.9), 0.0));
        Assert.Equal(double.PositiveInfinity, default(PauliMemory).SecondsUntil(BellDiagonal.Perfect, 0.9));
    }

    [Fact]
    public void Default_GivenAnyTime_neverAges()
    {
        BellDiagonal v = RandomStates.Draw(1);
        Assert.Equal(v, default(PauliMemory).Age(v, 1e9));
        Assert.Equal(v.Fidelity, default(PauliMemory).FidelityAfter(v, 1e9));
        Assert.Equal(default, PauliMemory.Dephasing(double.PositiveInfinity, double.PositiveInfinity));
        Assert.Equal(default, PauliMemory.Depolarising(double.PositiveInfinity, double.PositiveInfinity));
    }

    [Fact]
    public void Age_GivenVeryLongTime_isTheStationaryState()
    {
        BellDiagonal v = RandomStates.Draw(2);
        PauliMemory memory = PauliMemory.RelaxationDephasing(1, 0.5, 2, 1);
        RandomStates.AssertClose([0.25, 0.25, 0.25, 0.25], memory.Age(v, 1e6), 1e-15);
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-1.0, 1.0)]
    [InlineData(double.NaN, 1.0)]
    [InlineData(1.0, 2.01)]
    [InlineData(1.0, double.PositiveInfinity)]
    [InlineData(1.0, 0.0)]
    [InlineData(1.0, double.NaN)]
    public void RelaxationDephasing_GivenNoMemory_refuses(double t1, double t2)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PauliMemory.RelaxationDephasing(t1, t2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PauliMemory.RelaxationDephasing(1, 1, t1, t2));
        Assert.Throws<ArgumentOutOfRangeException>(() => RelaxationMemory.Create(t1, t2, 1, 1));
    }

    [Fact]
    public void Functions_GivenBadArguments_refuse()
    {
        PauliMemory memory = PauliMemory.RelaxationDephasing(1, 2, 1, 2);
        foreach (double bad in new[] { -1e-9, double.NaN, double.PositiveInfinity })
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => memory.Age(BellDiagonal.Perfect, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => memory.FidelityAfter(BellDiagonal.Perfect, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => memory.SecondsUntil(BellDiagonal.Perfect, bad));
            Assert.Throws<ArgumentOutOfRangeException>(() => PauliRates.Create(bad, 0, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => PauliRates.Create(0, bad, 0));
            Assert.Throws<ArgumentOutOfRangeException>(() => PauliRates.Create(0, 0, bad));
        }
    }

    private static (double A, double B, double Age, double Floor) Draw(ulong n)
    {
        var stream = new RandomStream(17, 1, n);
        double a = Math.Pow(10, (8 * stream.Uniform(0)) - 4);
        double b = n % 5 == 0 ? double.PositiveInfinity : Math.Pow(10, (8 * stream.Uniform(1)) - 4);
        return (a, b, a * 3 * stream.Uniform(2), stream.Uniform(3));
    }

    // At the result the fidelity is the floor; on a grid before it (or for ever) it is above.
    private static void AssertFirstCrossing(PauliMemory memory, BellDiagonal v, double floor)
    {
        double found = memory.SecondsUntil(v, floor);
        if (v.Fidelity <= floor)
        {
            Assert.Equal(0.0, found);
            return;
        }

        double end = found;
        if (double.IsPositiveInfinity(found))
        {
            double[] rates = [memory.DecayXPerSecond, memory.DecayYPerSecond, memory.DecayZPerSecond];
            end = 40 / rates.Where(r => r > 0).DefaultIfEmpty(1).Min();
        }
        else
        {
            Assert.Equal(floor, memory.FidelityAfter(v, found), 2e-15);
        }

        for (int i = 1; i < 60; i++)
        {
            double linear = end * i / 60, logarithmic = end * Math.Pow(10, -6.0 * i / 60);
            Assert.InRange(memory.FidelityAfter(v, linear), floor - 1e-15, 1);
            Assert.InRange(memory.FidelityAfter(v, logarithmic), floor - 1e-15, 1);
        }
    }
}
