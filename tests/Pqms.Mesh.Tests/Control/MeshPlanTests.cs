using Pqms.Mesh.Control;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Control;

public sealed class MeshPlanTests
{
    [Theory]
    [InlineData(16, new[] { 1.0, 1.0, 1.0 }, new[] { 6, 5, 5 })]
    [InlineData(16, new[] { 3.0, 0.0, 1.0 }, new[] { 12, 0, 4 })]
    [InlineData(2, new[] { 1.0, 3.0, 2.0 }, new[] { 0, 1, 1 })]
    [InlineData(3, new[] { 1000.0, 1.0, 1.0 }, new[] { 1, 1, 1 })]
    [InlineData(16, new double[0], new int[0])]
    [InlineData(16, new[] { 0.0 }, new[] { 0 })]
    public void Divide_GivenWeights_sharesWholeUnits(int units, double[] weights, int[] expected) =>
        Assert.Equal(expected, MeshPlan.Divide(units, weights));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Divide_GivenRandomWeights_givesOutAllUnits(int seed)
    {
        Random random = new(seed);
        for (int run = 0; run < 1_000; run++)
        {
            double[] weights = new double[random.Next(1, 20)];
            for (int i = 0; i < weights.Length; i++)
            {
                weights[i] = random.Next(3) == 0 ? 0.0 : random.NextDouble();
            }

            int units = random.Next(1, 40);
            int[] shares = MeshPlan.Divide(units, weights);

            Assert.Equal(weights.Any(w => w > 0.0) ? units : 0, shares.Sum());
            Assert.All(shares.Zip(weights), pair => Assert.True(pair.Second > 0.0 || pair.First == 0));
        }
    }

    [Fact]
    public void Of_GivenManyPools_neverHandsOutMoreMemoriesThanASpanHas()
    {
        MeshPlan plan = MeshPlan.Of(TestScenarios.Chain(4, pools: 7));

        for (int span = 0; span < 4; span++)
        {
            Assert.Equal(16, plan.Pools.Sum(pool => pool.SpanMemories[span]));
        }

        Assert.True(plan.Pools.Sum(pool => pool.Storage) <= 1024);
    }

    [Theory]
    [InlineData(15, 24)]
    [InlineData(16, 26)]
    [InlineData(5, 24)]
    public void TargetFor_GivenSlots_isTheFactorRoundedUpButNotBelowThePlan(int slots, int expected) =>
        Assert.Equal(expected, MeshPlan.Of(TestScenarios.Chain(2)).Pools[0].TargetFor(slots));

    [Fact]
    public void TargetFor_GivenScarceStorage_isLimitedByIt()
    {
        HardwareProfile scarce = TestScenarios.Profile with { StorageMemoriesPerEndNode = 10 };

        Assert.Equal(10, MeshPlan.Of(TestScenarios.Chain(2, profile: scarce)).Pools[0].TargetFor(15));
    }
}
