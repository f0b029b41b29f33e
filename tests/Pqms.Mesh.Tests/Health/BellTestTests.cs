using Pqms.Mesh.Health;
using Pqms.Physics.States;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Health;

public sealed class BellTestTests
{
    public static TheoryData<int> Seeds => TestProfile.Range(1, 8, 200);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Errs_GivenAnyBellDiagonalState_hasTheRateOfItsFidelityOverTheBases(int seed)
    {
        BellDiagonal state = Random(seed);
        double eta = 1.0 - (0.1 * (seed % 3));
        double mean = Enum.GetValues<TestBasis>()
            .Average(basis => Probability(uniform => BellTest.Errs(state, basis, eta, uniform)));

        Assert.Equal(BellTest.ErrorRate(state.Fidelity, eta), mean, 9);
        Assert.Equal(state.Fidelity, BellTest.Fidelity(mean, eta), 9);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Chsh_GivenTheRatesOfAState_isItsChshValueWhateverTheReadout(int seed)
    {
        BellDiagonal state = Random(seed);
        double eta = 1.0 - (0.1 * (seed % 3));
        BasisTests x = Expected(state, TestBasis.X, 1e9, eta);
        BasisTests z = Expected(state, TestBasis.Z, 1e9, eta);

        (double value, double error) = BellTest.Chsh(x, z, eta);

        Assert.Equal(PairMetrics.ChshFixed(state), value, 6);
        Assert.InRange(error, 0.0, 1e-3);
    }

    [Theory]
    [InlineData(0.97, 1.0)]
    [InlineData(0.8, 0.95)]
    public void Chsh_GivenManySamples_scattersByItsStandardError(double fidelity, double eta)
    {
        // 4,000 samples of 300 tests per basis, seed 3: the deviation of a deviation is 1/sqrt(8,000) of it; the
        // estimate of the variance is a little high by design.
        Random random = new(3);
        BellDiagonal state = BellDiagonal.Werner(fidelity);
        double squares = 0.0;
        double variance = 0.0;
        const int Samples = 4_000;
        for (int i = 0; i < Samples; i++)
        {
            (double value, double error) = BellTest.Chsh(
                Sampled(state, TestBasis.X, 300, eta, random), Sampled(state, TestBasis.Z, 300, eta, random), eta);
            double off = value - PairMetrics.ChshFixed(state);
            squares += off * off;
            variance += error * error;
        }

        Assert.InRange(Math.Sqrt(variance / squares), 0.95, 1.12);
    }

    [Fact]
    public void Chsh_GivenFewTestsWithoutAnError_isNotCertain()
    {
        (double value, double error) = BellTest.Chsh(new BasisTests(5, 0), new BasisTests(5, 0), 1.0);

        Assert.Equal(2.0 * Math.Sqrt(2.0), value, 12);
        Assert.InRange(error, 0.3, 1.0);
    }

    [Theory]
    [InlineData(0.1, TestBasis.X)]
    [InlineData(0.34, TestBasis.Y)]
    [InlineData(0.99, TestBasis.Z)]
    internal void Basis_GivenAUniformNumber_isAThird(double uniform, TestBasis expected) =>
        Assert.Equal(expected, BellTest.Basis(uniform));

    [Theory]
    [InlineData(1.0, 1e-9)]
    [InlineData(1.3, 1e-9)]
    [InlineData(0.25, 0.5)]
    [InlineData(-1.0, 0.5)]
    public void ErrorRate_GivenAnEdge_staysWithinItsRange(double fidelity, double expected) =>
        Assert.Equal(expected, BellTest.ErrorRate(fidelity, 1.0), 12);

    private static BasisTests Expected(BellDiagonal state, TestBasis basis, double tests, double eta) =>
        new(tests, tests * Probability(uniform => BellTest.Errs(state, basis, eta, uniform)));

    private static BasisTests Sampled(BellDiagonal state, TestBasis basis, int tests, double eta, Random random)
    {
        int errors = 0;
        for (int i = 0; i < tests; i++)
        {
            errors += BellTest.Errs(state, basis, eta, random.NextDouble()) ? 1 : 0;
        }

        return new BasisTests(tests, errors);
    }

    private static BellDiagonal Random(int seed)
    {
        Random random = new(seed);
        double[] parts = [random.NextDouble(), random.NextDouble(), random.NextDouble(), random.NextDouble()];
        double others = parts[1] + parts[2] + parts[3];
        double fidelity = 0.25 + (0.75 * parts[0]);
        double scale = (1.0 - fidelity) / others;
        return BellDiagonal.Create(fidelity, parts[1] * scale, parts[2] * scale, parts[3] * scale);
    }

    /// <summary>The probability of an event that happens for all uniform numbers below it.</summary>
    private static double Probability(Predicate<double> happens)
    {
        double low = 0.0;
        double high = 1.0;
        for (int i = 0; i < 45; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = happens(middle) ? (middle, high) : (low, middle);
        }

        return low;
    }
}
