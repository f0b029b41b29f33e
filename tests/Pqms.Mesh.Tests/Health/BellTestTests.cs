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
    public void WinsChsh_GivenAnyBellDiagonalState_hasTheRateOfItsChshValueOverTheSettings(int seed)
    {
        BellDiagonal state = Random(seed);
        double mean = Enumerable.Range(0, 4)
            .Average(settings => Probability(uniform => BellTest.WinsChsh(state, settings, 1.0, uniform)));

        Assert.Equal(0.5 + (PairMetrics.ChshFixed(state) / 8.0), mean, 9);
    }

    [Theory]
    [InlineData(1.0, 0.853553390593)] // Cirelson's bound.
    [InlineData(0.780330085889911, 0.75)] // The local bound, at the Werner threshold.
    [InlineData(0.25, 0.5)]
    public void ChshWinRate_GivenAFidelity_isThatOfTheWernerState(double fidelity, double expected)
    {
        Assert.Equal(expected, BellTest.ChshWinRate(fidelity, 1.0), 9);
        double won = Enumerable.Range(0, 4).Average(settings => Probability(
            uniform => BellTest.WinsChsh(BellDiagonal.Werner(fidelity), settings, 0.9, uniform)));
        Assert.Equal(won, BellTest.ChshWinRate(fidelity, 0.9), 9);
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
