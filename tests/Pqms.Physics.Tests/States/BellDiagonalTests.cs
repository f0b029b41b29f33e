using Pqms.Physics.States;

namespace Pqms.Physics.Tests.States;

public class BellDiagonalTests
{
    [Fact]
    public void Swap_GivenWernerPairs_givesCaseG1()
    {
        BellDiagonal pair = BellDiagonal.Werner(0.95);
        Assert.Equal(0.9033333333, BellDiagonal.Swap(pair, pair).Fidelity, 1e-9);
        Assert.Equal(0.8732782578, BellDiagonal.Swap(pair, pair, 0.98, 0.99).Fidelity, 1e-9);
    }

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(0.98, 0.99)]
    [InlineData(0.7, 0.8)]
    [InlineData(0.0, 1.0)]
    [InlineData(1.0, 0.5)]
    public void Swap_GivenAnyStates_agreesWithTheDensityMatrixCircuit(double gate, double readout)
    {
        for (ulong n = 0; n < 10; n++)
        {
            BellDiagonal a = RandomStates.Draw(2 * n), b = RandomStates.Draw((2 * n) + 1);
            RandomStates.AssertClose(SwapCircuit(a, b, gate, readout), BellDiagonal.Swap(a, b, gate, readout));
        }
    }

    [Fact]
    public void Swap_GivenWernerPairs_agreesWithTheWernerFactor()
    {
        SwapNoise noise = SwapNoise.Create(0.97, 0.985);
        BellDiagonal swapped = noise.Swap(BellDiagonal.Werner(0.9), BellDiagonal.Werner(0.8));
        double expected = noise.WernerFactor * BellDiagonal.Werner(0.9).WernerParameter
            * BellDiagonal.Werner(0.8).WernerParameter;
        Assert.Equal(expected, swapped.WernerParameter, 1e-15);
    }

    [Fact]
    public void Swap_GivenThreePairs_doesNotDependOnOrderBeyondRounding()
    {
        SwapNoise noise = SwapNoise.Create(0.99, 0.97);
        for (ulong n = 0; n < 100; n++)
        {
            BellDiagonal a = RandomStates.Draw(3 * n), b = RandomStates.Draw((3 * n) + 1);
            BellDiagonal c = RandomStates.Draw((3 * n) + 2);
            RandomStates.AssertClose(
                Circuit.Vector(noise.Swap(noise.Swap(a, b), c)), noise.Swap(a, noise.Swap(b, c)), 1e-15);
        }
    }

    [Fact]
    public void Operations_GivenLongChains_keepTheSum()
    {
        BellDiagonal v = RandomStates.Draw(1);
        SwapNoise noise = SwapNoise.Create(0.999, 0.999);
        for (ulong n = 0; n < 10_000; n++)
        {
            v = noise.Swap(v.FlipPhase(1e-4), BellDiagonal.Werner(0.9999)).ApplyPauli(1e-5, 2e-5, 3e-5);
        }

        Assert.Equal(1.0, Circuit.Vector(v).Sum(), BellDiagonal.SumTolerance);
        Assert.Equal(1.0, Circuit.Vector(v.Normalise()).Sum(), 1e-15);
    }

    [Fact]
    public void Twirl_GivenAnyState_keepsFidelityOnly()
    {
        BellDiagonal v = RandomStates.Draw(3);
        BellDiagonal twirled = v.Twirl();
        Assert.Equal(v.Fidelity, twirled.Fidelity);
        Assert.Equal(twirled.PsiPlus, twirled.PhiMinus);
        Assert.Equal(1.0, Circuit.Vector(twirled).Sum(), 1e-15);
    }

    [Theory]
    [InlineData(0.2499)]
    [InlineData(1.0001)]
    [InlineData(double.NaN)]
    public void Werner_GivenFidelityOutOfRange_refuses(double fidelity) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BellDiagonal.Werner(fidelity));

    [Theory]
    [InlineData(0.5, 0.5, 0.1, 0.0)]
    [InlineData(1.1, -0.1, 0.0, 0.0)]
    [InlineData(double.NaN, 0.5, 0.5, 0.0)]
    [InlineData(0.2, 0.2, 0.2, 0.2)]
    public void Create_GivenNoDistribution_refuses(double i, double x, double y, double z) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BellDiagonal.Create(i, x, y, z));

    [Fact]
    public void Normalise_GivenDefault_refuses() =>
        Assert.Throws<InvalidOperationException>(() => default(BellDiagonal).Normalise());

    [Fact]
    public void GateProbability_GivenDesignFidelity_isThatOfTheDesign()
    {
        Assert.Equal(0.9996, SwapNoise.GateProbabilityFromFidelity(0.9997), 1e-15);
        Assert.Throws<ArgumentOutOfRangeException>(() => SwapNoise.GateProbabilityFromFidelity(0.2));
        Assert.Throws<ArgumentOutOfRangeException>(() => SwapNoise.Create(1.0, double.NaN));
    }

    // Qubits A, C, C', B: depolarised CNOT from C to C', Hadamard on C, both read with errors, correction on B.
    private static double[] SwapCircuit(BellDiagonal a, BellDiagonal b, double gate, double readout)
    {
        Circuit start = Circuit.Pairs(a, (0, 1), b, (2, 3));
        Circuit noisy = Circuit.Sum((gate, start), (1 - gate, start.Mix(1, 2))).Cnot(1, 2).Apply(1, Circuit.H);
        var result = new double[4];
        for (int outcome = 0; outcome < 4; outcome++)
        {
            Circuit found = noisy.Project(1, outcome >> 1).Project(2, outcome & 1);
            for (int error = 0; error < 4; error++)
            {
                double weight = ((error >> 1) == 0 ? readout : 1 - readout)
                    * ((error & 1) == 0 ? readout : 1 - readout);
                int read = outcome ^ error;
                Circuit corrected = (read & 1) == 1 ? found.Apply(3, Circuit.X) : found;
                corrected = (read >> 1) == 1 ? corrected.Apply(3, Circuit.Z) : corrected;
                double[] overlaps = corrected.BellOverlaps(0, 3);
                for (int k = 0; k < 4; k++)
                {
                    result[k] += weight * overlaps[k];
                }
            }
        }

        return result;
    }
}
