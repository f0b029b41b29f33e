using Pqms.Mesh.Scenarios;
using Pqms.Physics.Chains;
using Pqms.Physics.States;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Waiting times of chains out of the general engine, against the figures of absorbing Markov
/// chains.</summary>
public sealed class ChainTheoryTests
{
    private const int Pairs = 40_000;

    [Theory]
    [InlineData(1, 0.1, 1.0, 10.0)]
    [InlineData(2, 0.1, 1.0, 14.736842)]
    [InlineData(2, 0.1, 0.5, 29.473684)]
    [InlineData(3, 0.1, 1.0, 17.900563)]
    [InlineData(3, 0.1, 0.5, 57.057429)]
    [InlineData(3, 0.2, 0.5, 27.920228)]
    [InlineData(4, 0.1, 1.0, 20.273378)]
    [InlineData(4, 0.1, 0.5, 91.562557)]
    [InlineData(8, 0.1, 1.0, 26.295784)]
    public void Chain_GivenSlotsAndSwapsAsSoonAsPossible_takesTheMeanTimeOfTheMarkovChain(
        int spans, double p, double swap, double slots)
    {
        // G10. n = 40,000 pairs; the time's deviation is below its mean, so 4 standard errors are 2 %.
        double mean = MeanSlots(spans, p, swap, SwapOrder.Asap, double.PositiveInfinity);

        Assert.InRange(mean / slots, 0.98, 1.02);
    }

    [Theory]
    [InlineData(4, 0.3, 0.5)]
    [InlineData(5, 0.3, 0.5)]
    public void Chain_GivenSwapsThatFail_swapsTheNodesInTheOrderOfTheMarkovChain(int spans, double p, double swap)
    {
        // Were every node to decide before it knows what its neighbour did, these means would be 1.3 % and 2.0 % less:
        // the nightly run tells the two apart, SwapOrderTests does so by hand. 4 errors; the deviation is below the
        // mean.
        int pairs = TestProfile.Count(usual: 25_000, nightly: 2_000_000);
        double mean = MeanSlots(spans, p, swap, SwapOrder.Asap, double.PositiveInfinity, pairs);
        double tolerance = 4.0 / Math.Sqrt(pairs);

        Assert.InRange(mean / SwapAsapChain.MeanSlots(spans, p, swap), 1.0 - tolerance, 1.0 + tolerance);
    }

    [Theory]
    [InlineData(0.1, 5, 0.872322509)]
    [InlineData(0.3, 2, 0.0)]
    [InlineData(0.3, 0, 0.0)]
    public void Chain_GivenTwoSpansWithACutOff_hasTheMeanFidelityOfTheFormula(double p, int cutOff, double known)
    {
        // G11: F0 = 0.95, the waiting link decays by e^-0.02 per slot, both its memories together: T = 100 slots each.
        var chain = TwoSegmentsWithCutOff.Create(p, 1.0, cutOff);
        double fidelity = chain.MeanFidelity(0.95, 0.02, SwapNoise.None);
        Assert.True(known == 0.0 || Math.Abs(fidelity - known) < 1e-8);
        Scenario scenario = Of(
            2, p, 1.0, SwapOrder.Together, cutOff, TheoryScenario.Profile(depolarisingSeconds: 100.0));
        PoolStatistics sums = TheoryScenario.Run(scenario, 0, 200_000).To;

        // n above 9,000 pairs whose fidelities differ by less than 0.03 (standard deviation): 4 errors are 0.0012.
        Assert.InRange((sums.TruthSum / sums.Served) - fidelity, -0.0012, 0.0012);
        Assert.InRange(200_000.0 / sums.Served / chain.MeanSlots, 0.96, 1.04);
    }

    [Theory]
    [InlineData(0.3, 2, 5.634451)]
    [InlineData(0.1, 5, 20.751172)]
    public void Chain_GivenTwoSpansWithACutOff_takesTheMeanTimeOfTheFormula(double p, int cutOff, double slots)
    {
        // G11. A pair heralded at the end of slot k may be swapped up to and with the end of slot k + cut-off.
        double mean = MeanSlots(2, p, 1.0, SwapOrder.Together, cutOff);

        Assert.InRange(mean / slots, 0.98, 1.02);
    }

    private static double MeanSlots(
        int spans, double p, double swap, SwapOrder order, double cutOffSeconds, int pairs = Pairs)
    {
        MeshEmulator mesh = new(
            Of(spans, p, swap, order, cutOffSeconds, TheoryScenario.Profile()), 1, TestScenarios.At(0));
        long seconds = 0;
        while (mesh.Statistics(0).Served < (ulong)pairs)
        {
            seconds += 10_000;
            mesh.AdvanceTo(TestScenarios.At(seconds));
        }

        return (double)seconds / mesh.Statistics(0).Served;
    }

    // A cut-off of 0 slots: at once, but after the heralds of the same moment.
    private static Scenario Of(
        int spans, double p, double swap, SwapOrder order, double cutOffSeconds, HardwareProfile profile) =>
        TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Slotted, Probability = p, Fidelity = 0.95 },
            new PoolSettings
            {
                SwapOrder = order,
                Places = 1,
                CutOff = CutOffKind.Hard,
                CutOffSeconds = 1e6,
                Demand = new DemandSettings(DemandKind.Saturated),
            },
            profile with
            {
                SwapSuccess = swap,
                LinkCutOffSeconds = double.IsInfinity(cutOffSeconds) ? 1e8 : cutOffSeconds,
            },
            spans);
}
