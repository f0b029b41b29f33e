using Pqms.Mesh.Control;
using Pqms.Mesh.Health;
using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Control;

public sealed class EstimateTests
{
    [Fact]
    public void Of_GivenNoTests_isTheModelWithTwiceTheVarianceOfAPair()
    {
        Estimate estimate = Estimate.Of(0.96, 0.001, null, 1.0);

        Assert.Equal(0.96, estimate.Point, 12);
        Assert.Equal(0.96 - (1.959964 * Math.Sqrt(2) * 0.001), estimate.Lower, 8);
        Assert.Equal(0.96 + (1.959964 * Math.Sqrt(2) * 0.001), estimate.Upper, 8);
        Assert.Equal(estimate, Estimate.Of(0.96, 0.001, new TestTally(), 1.0));
    }

    [Fact]
    public void Of_GivenMoreErrorsThanExpected_fallsAndNarrows()
    {
        TestTally tally = new();
        for (int i = 0; i < 4_000; i++)
        {
            tally.Add(TestBasis.X, i % 20 == 0, 0.03);
        }

        Estimate none = Estimate.Of(0.955, 0.01, null, 1.0);
        Estimate tested = Estimate.Of(0.955, 0.01, tally, 1.0);

        // d = -1.5 (0.05 - 0.03) = -0.03 with a standard error of 0.0052: the bias is d x 0.79.
        Assert.Equal(0.955 - 0.0237, tested.Point, 3);
        Assert.True(tested.Upper - tested.Lower < none.Upper - none.Lower);
    }

    [Theory]
    [InlineData(0.999, 0.1)]
    [InlineData(0.001, 0.1)]
    public void Of_GivenAnEdge_staysWithinZeroAndOne(double point, double spread)
    {
        Estimate estimate = Estimate.Of(point, spread, null, 1.0);

        Assert.InRange(estimate.Lower, 0.0, estimate.Point);
        Assert.InRange(estimate.Upper, estimate.Point, 1.0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void Of_GivenPoolsThatScatterAsAssumed_covers95PerCent(int tests)
    {
        // The model itself, n = 4,000 pools, seed 12: 95 % +- 4 sigma (1.4 %).
        int pools = TestProfile.Count(4_000, 50_000);
        Random random = new(12);
        int covered = 0;
        const double Spread = 0.01;
        for (int i = 0; i < pools; i++)
        {
            double mean = 0.93 + (Spread * Normal(random));
            TestTally tally = new();
            for (int k = 0; k < tests; k++)
            {
                tally.Add(TestBasis.X, random.NextDouble() < 2.0 * (1.0 - mean) / 3.0, 2.0 * (1.0 - 0.93) / 3.0);
            }

            double pair = mean + (Spread * Normal(random));
            Estimate estimate = Estimate.Of(0.93, Spread, tally, 1.0);
            covered += estimate.Lower <= pair && pair <= estimate.Upper ? 1 : 0;
        }

        Assert.InRange(covered / (double)pools, 0.936, 0.964);
    }

    [Fact]
    public void NominalSpread_GivenEvenInfidelities_isTheirDeviation()
    {
        // 8 links of infidelity 0.0025 (1 +- 0.2): sqrt(8) 0.0005/sqrt(3).
        PoolPath path = MeshPlan.Of(TestScenarios.Chain(8)).Pools[0].Path!;

        Assert.Equal(Math.Sqrt(8.0 / 3.0) * 0.0005, path.Spread, 12);
    }

    [Fact]
    public void NominalSpread_GivenALinkWithItsOwnFidelity_goesByIt()
    {
        Scenario chain = TestScenarios.Chain(2);
        ScenarioLink poor = chain.Links[1] with { Settings = new LinkSettings { Fidelity = 0.96 } };
        PoolPath path = MeshPlan.Of(chain with { Links = [chain.Links[0], poor] }).Pools[0].Path!;

        Assert.Equal(0.2 * Math.Sqrt(((0.0025 * 0.0025) + (0.04 * 0.04)) / 3.0), path.Spread, 12);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2.0 * Math.Log(1.0 - random.NextDouble())) * Math.Cos(2.0 * Math.PI * random.NextDouble());
}
