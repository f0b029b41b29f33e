using Pqms.Mesh.Scenarios;
using Pqms.Physics.Purification;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>
/// Buffers and pools of the literature, out of the general pool: figures of the formulas in Pqms.Physics, which are
/// tested there by other means. Fixed seeds; tolerances are 4 standard errors of the run, estimated from batches.
/// </summary>
public sealed class BufferTheoryTests
{
    private const long Seconds = 200_000;

    [Fact]
    public void Pool_GivenHardCutOffAndRareProbes_hasErlangsAvailabilityAndFidelity()
    {
        // K = 2, rate 1/s, cut-off 2 s, F0 = 0.98, T = 10 s for both memories together: A = 0.8, F = 0.911632751.
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                Poisson(1.0, 0.98),
                new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 2.0,
                    Places = 2,
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 1.0, IsProbe: true),
                },
                TheoryScenario.Profile(depolarisingSeconds: 20.0)),
            100,
            Seconds);

        Assert.InRange(Availability(from, to), 0.8 - 0.006, 0.8 + 0.006);
        Assert.InRange((double)(to.ProbeHits - from.ProbeHits) / (to.Probes - from.Probes), 0.794, 0.806);
        double fidelity = (to.ProbeTruthSum - from.ProbeTruthSum) / (to.ProbeHits - from.ProbeHits);
        Assert.InRange(fidelity, 0.911632751 - 0.0008, 0.911632751 + 0.0008);
        Assert.Equal(to.ProbeTruthSum, to.ProbeEstimateSum, 6);
    }

    [Fact]
    public void Pool_GivenOneSlotWithDemand_hasTheFormulasFigures()
    {
        // G7: lambda = mu = 1, tau = 2: A = 0.463710558, F at consumption 0.932464945, discards 0.072578883/s.
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                Poisson(1.0, 0.98),
                new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 2.0,
                    Places = 1,
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 1.0),
                },
                TheoryScenario.Profile(depolarisingSeconds: 20.0)),
            100,
            Seconds);

        double seconds = Seconds - 100;
        Assert.InRange(Availability(from, to), 0.4637 - 0.006, 0.4637 + 0.006);
        Assert.InRange((double)(to.Served - from.Served) / (to.Requests - from.Requests), 0.4577, 0.4697);
        Assert.InRange((to.TruthSum - from.TruthSum) / (to.Served - from.Served), 0.932465 - 0.0008, 0.932465 + 0.0008);
        Assert.InRange((to.Discarded - from.Discarded) / seconds, 0.0726 - 0.003, 0.0726 + 0.003);
        Assert.InRange((double)(to.StockNanoseconds - from.StockNanoseconds) * 1e-9 / seconds, 0.4577, 0.4697);
    }

    [Fact]
    public void Pool_GivenExponentialLifetimes_hasTheDistributionOfABirthAndDeathProcess()
    {
        // G8: lambda = mu = 1, delta = 0.5, K = 3: A = 0.53125, mean 0.8125.
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                Poisson(1.0, 0.98),
                new PoolSettings
                {
                    CutOff = CutOffKind.Exponential,
                    CutOffSeconds = 2.0,
                    Places = 3,
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 1.0),
                },
                TheoryScenario.Profile()),
            100,
            Seconds);

        double mean = (double)(to.StockNanoseconds - from.StockNanoseconds) * 1e-9 / (Seconds - 100);
        Assert.InRange(Availability(from, to), 0.53125 - 0.006, 0.53125 + 0.006);
        Assert.InRange(mean, 0.8125 - 0.012, 0.8125 + 0.012);
    }

    [Fact]
    public void Pool_GivenWaitingDemand_servesAtOnceAndWaitsAsTheQueueDoes()
    {
        // G9: lambda = 10, mu = 7, K = 3: P(immediate) = 0.657, mean wait 0.114333 s.
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                Poisson(10.0, 0.98),
                new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 1e6,
                    Places = 3,
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 7.0, Waits: true),
                },
                TheoryScenario.Profile()),
            100,
            50_000);

        double served = to.Served - from.Served;
        Assert.InRange((to.ServedAtOnce - from.ServedAtOnce) / served, 0.657 - 0.008, 0.657 + 0.008);
        double wait = (double)(to.SetupNanoseconds - from.SetupNanoseconds) * 1e-9 / served;
        Assert.InRange(wait, 0.114333 - 0.004, 0.114333 + 0.004);
        Assert.Equal(0UL, to.Lost);
    }

    [Fact]
    public void Pool_GivenSlotsAndPurificationOnArrival_isTheBufferWithOneGoodAndManyBadMemories()
    {
        // 1G2B, p = 0.5, F = 0.9, q = 1, DEJMPS, decay 1/50 per slot, consumption 0.3: A = 0.672164823, F at
        // consumption
        // 0.898468942. A take ends the slot: its place stays occupied until after the heralds of the
        // same moment; link pairs that are not used at once are dropped. The theory twirls the stored pair to a Werner
        // state after every round, and DEJMPS does to two Werner pairs what BBPSSW does.
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                new LinkSettings { Kind = LinkKind.Slotted, Probability = 0.5, Fidelity = 0.9, Memories = 2 },
                new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 1e6,
                    Places = 1,
                    TakeSeconds = 1e-9,
                    Purify = new PurifySettings(PurificationProtocol.Bbpssw, 1.0, 0, 0),
                    Demand = new DemandSettings(DemandKind.Slotted, Probability: 0.3),
                },
                TheoryScenario.Profile(depolarisingSeconds: 100.0) with { LinkCutOffSeconds = 1e-10 }),
            100,
            Seconds);

        double served = to.Served - from.Served;
        Assert.InRange(served / (to.Requests - from.Requests), 0.672165 - 0.008, 0.672165 + 0.008);
        Assert.InRange((to.TruthSum - from.TruthSum) / served, 0.898469 - 0.001, 0.898469 + 0.001);
        Assert.True(to.PurifiedAway > 1000);
    }

    private static LinkSettings Poisson(double rate, double fidelity) =>
        new() { Kind = LinkKind.Poisson, RatePerSecond = rate, Fidelity = fidelity };

    private static double Availability(PoolStatistics from, PoolStatistics to) =>
        (double)(to.AvailableNanoseconds - from.AvailableNanoseconds)
        / (to.At.Nanoseconds - from.At.Nanoseconds);
}
