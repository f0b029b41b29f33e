using Pqms.Mesh.Memories;
using Pqms.Mesh.Routing;
using Pqms.Physics.Channels;

namespace Pqms.Mesh.Tests.Memories;

public sealed class AgeModelTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Estimate_GivenLinkPairsOfNominalFidelity_isTheTruth(int spans)
    {
        // Truth swaps Bell-diagonal states link by link; the estimate knows one age only. They must agree.
        AgeModel model = AgeModel.Of(TestScenarios.Profile, spans);
        DephasingMemory memory = DephasingMemory.Create(TestScenarios.Profile.T2Seconds);
        long age = 0;
        PairTruth truth = default;
        for (int i = 0; i < spans; i++)
        {
            long start = (10 * Second) - (i * Second / 7);
            age += (10 * Second) - start;
            PairTruth link = PairTruth.Heralded(LinkTruth.Sample(0.9975, 0.5), start);
            truth = i == 0
                ? link
                : PairTruth.Swap(truth, link, 10 * Second, RouteFidelity.Noise(TestScenarios.Profile), memory);
        }

        TruthProbe probe = new(memory);
        Assert.Equal(probe.Fidelity(truth, 10 * Second), model.Estimate(age), 12);
        Assert.Equal(probe.Fidelity(truth, 25 * Second), model.Estimate(age + (15 * Second)), 12);
    }

    [Theory]
    [InlineData(8, 0.95)]
    [InlineData(4, 0.98)]
    [InlineData(10, 0.9)]
    public void LongestAge_GivenAFloor_isTheLastNanosecondAboveIt(int spans, double floor)
    {
        AgeModel model = AgeModel.Of(TestScenarios.Profile, spans);
        long age = model.LongestAge(floor);

        Assert.True(model.Estimate(age) >= floor);
        Assert.True(model.Estimate(age + 1_000) < floor);
    }

    [Fact]
    public void LongestAge_GivenAFloorOutOfReach_isZero() =>
        Assert.Equal(0, AgeModel.Of(TestScenarios.Profile, 8).LongestAge(0.98));

    [Fact]
    public void LongestAge_GivenAFloorThatIsNeverReached_isAHundredYears() =>
        Assert.Equal(3_155_760_000_000_000_000, AgeModel.Of(TestScenarios.Profile, 2).LongestAge(0.3));

    [Fact]
    public void Sample_GivenUniformNumbers_hasTheNominalMean()
    {
        Assert.Equal(0.9975, LinkTruth.Sample(0.9975, 0.5), 15);
        Assert.Equal(0.9970, LinkTruth.Sample(0.9975, 1.0), 12);
        Assert.Equal(0.9980, LinkTruth.Sample(0.9975, 0.0), 12);
    }
}
