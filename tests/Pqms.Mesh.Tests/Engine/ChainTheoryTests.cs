using Pqms.Mesh.Scenarios;

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
    [InlineData(0.3, 2, 5.634451)]
    [InlineData(0.1, 5, 20.751172)]
    public void Chain_GivenTwoSpansWithACutOff_takesTheMeanTimeOfTheFormula(double p, int cutOff, double slots)
    {
        // G11. A pair heralded at the end of slot k may be swapped up to and with the end of slot k + cut-off.
        double mean = MeanSlots(2, p, 1.0, SwapOrder.Together, cutOff);

        Assert.InRange(mean / slots, 0.98, 1.02);
    }

    private static double MeanSlots(int spans, double p, double swap, SwapOrder order, double cutOffSeconds)
    {
        Scenario scenario = TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Slotted, Probability = p, Fidelity = 0.95 },
            new PoolSettings
            {
                SwapOrder = order,
                Places = 1,
                CutOff = CutOffKind.Hard,
                CutOffSeconds = 1e6,
                Demand = new DemandSettings(DemandKind.Saturated),
            },
            TheoryScenario.Profile() with
            {
                SwapSuccess = swap,
                LinkCutOffSeconds = double.IsInfinity(cutOffSeconds) ? 1e8 : cutOffSeconds,
            },
            spans);
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0));
        long seconds = 0;
        while (mesh.Statistics(0).Served < Pairs)
        {
            seconds += 10_000;
            mesh.AdvanceTo(TestScenarios.At(seconds));
        }

        return (double)seconds / mesh.Statistics(0).Served;
    }
}
