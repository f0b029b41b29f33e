using Pqms.Mesh.Memories;
using Pqms.Mesh.Routing;
using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Memories;

public sealed class AgeModelTests
{
    private const long Second = 1_000_000_000;

    private static readonly PauliMemory s_memory =
        PauliMemory.Dephasing(TestScenarios.Profile.T2Seconds, TestScenarios.Profile.T2Seconds);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Estimate_GivenLinkPairsOfNominalFidelity_isTheTruth(int spans)
    {
        // Truth swaps Bell-diagonal states link by link; the estimate knows one age only. They must agree.
        AgeModel model = Model(spans);
        long age = 0;
        PairTruth truth = default;
        for (int i = 0; i < spans; i++)
        {
            long start = (10 * Second) - (i * Second / 7);
            age += (10 * Second) - start;
            PairTruth link = PairTruth.Heralded(BellDiagonal.Werner(0.9975), start);
            truth = i == 0
                ? link
                : PairTruth.Swap(truth, link, 10 * Second, RouteFidelity.Noise(TestScenarios.Profile), s_memory,
                    s_memory);
        }

        TruthProbe probe = new(s_memory);
        Assert.Equal(probe.Fidelity(truth, 10 * Second), model.Estimate(age), 12);
        Assert.Equal(probe.Fidelity(truth, 25 * Second), model.Estimate(age + (15 * Second)), 12);
    }

    [Theory]
    [InlineData(8, 0.95)]
    [InlineData(4, 0.98)]
    [InlineData(10, 0.9)]
    public void LongestAge_GivenAFloor_isTheLastNanosecondAboveIt(int spans, double floor)
    {
        AgeModel model = Model(spans);
        long age = model.LongestAge(floor);

        Assert.True(model.Estimate(age) >= floor);
        Assert.True(model.Estimate(age + 1_000) < floor);
    }

    [Fact]
    public void LongestAge_GivenAFloorOutOfReach_isZero() =>
        Assert.Equal(0, Model(8).LongestAge(0.98));

    [Fact]
    public void LongestAge_GivenAFloorThatIsNeverReached_isAHundredYears() =>
        Assert.Equal(3_155_760_000_000_000_000, Model(2).LongestAge(0.3));

    [Fact]
    public void Sample_GivenUniformNumbers_hasTheNominalMean()
    {
        Assert.Equal(0.9975, LinkTruth.Sample(0.9975, 0.2, 0.5), 15);
        Assert.Equal(0.9970, LinkTruth.Sample(0.9975, 0.2, 1.0), 12);
        Assert.Equal(0.9980, LinkTruth.Sample(0.9975, 0.2, 0.0), 12);
    }

    private static AgeModel Model(int spans) => new(RouteFidelity.Fresh(TestScenarios.Profile, spans), s_memory);
}
