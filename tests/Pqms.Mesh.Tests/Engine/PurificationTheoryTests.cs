using Pqms.Mesh.Control;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Buffers;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Purification of link pairs, of new pairs and of standing pairs, out of the general pool.</summary>
public sealed class PurificationTheoryTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void LinkRounds_GivenEightSpans_costAndGiveWhatIsPredicted(int rounds)
    {
        // Links of 0.969 with imperfect gates and readouts in memories that do not decay: truth and estimate are the
        // prediction itself. n = 1,500 pairs need about 12,000 purified links; 4 standard errors are below 4 %.
        const int pairs = 1500;
        HardwareProfile profile = TheoryScenario.Profile() with
        {
            CommunicationMemoriesPerLinkEnd = 16,
            GateFidelity = 0.9997,
            ReadoutFidelity = 0.9995,
        };
        Scenario scenario = TheoryScenario.Of(
            new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 10.0, Fidelity = 0.969 },
            Saturated(new PurifySettings(PurificationProtocol.Dejmps, 0.0, 0, rounds)),
            profile,
            spans: 8);
        PoolPlan plan = MeshPlan.Of(scenario).Pools[0];
        (BellDiagonal fresh, double[] raw) = plan.Path!.Predict(rounds, plan.Rule);
        PoolStatistics sums = UntilServed(scenario, pairs);

        Assert.Equal(fresh.PhiPlus, sums.TruthSum / sums.Served, 9);
        Assert.Equal(fresh.PhiPlus, sums.EstimateSum / sums.Served, 9);
        Assert.InRange(sums.LinkPairs / (8.0 * sums.Served) / raw[0], 0.95, 1.05);
        Assert.InRange(fresh.PhiPlus, rounds == 2 ? 0.96 : 0.975, 0.99);
        Assert.InRange(raw[0], rounds == 2 ? 4.0 : 8.0, rounds == 2 ? 4.6 : 9.3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void PumpingRounds_GivenNewPairs_areARecurrenceWithAFreshPairEachTime(int rounds)
    {
        // C(k + 1) = (C(k) + 1)/p(k) pairs: a failure loses both and begins anew. n = 20,000; 4 errors below 3 %.
        const int pairs = 20_000;
        BellDiagonal link = BellDiagonal.Werner(0.9);
        BellDiagonal kept = link;
        double cost = 1.0;
        for (int i = 0; i < rounds; i++)
        {
            PurificationRound round = Purifier.Round(
                PurificationProtocol.Dejmps, kept, link, PurificationNoise.None);
            cost = (cost + 1.0) / round.SuccessProbability;
            kept = round.State;
        }

        PoolStatistics sums = UntilServed(
            TheoryScenario.Of(
                new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 10.0, Fidelity = 0.9 },
                Saturated(new PurifySettings(PurificationProtocol.Dejmps, 0.0, rounds, 0)),
                TheoryScenario.Profile()),
            pairs);

        Assert.Equal(kept.PhiPlus, sums.TruthSum / sums.Served, 9);
        Assert.InRange((double)sums.Generated / sums.Served / cost, 0.97, 1.03);
        Assert.Equal(sums.Generated, sums.Served + sums.PurifiedAway + sums.Stock);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void ArrivalProbability_GivenSlots_isThatOfTheBufferWithOneGoodAndManyBadMemories(double q)
    {
        // 1G2B as in BufferTheoryTests, but for every q. 60,000 slots; tolerances of 4 standard errors.
        BufferFigures figures = OneGoodManyBad.Create(2, 0.5, 0.3, 0.02).Figures(BellDiagonal.Werner(0.9), q);
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                new LinkSettings { Kind = LinkKind.Slotted, Probability = 0.5, Fidelity = 0.9, Memories = 2 },
                new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 1e6,
                    Places = 1,
                    TakeSeconds = 1e-9,
                    Purify = new PurifySettings(PurificationProtocol.Bbpssw, q, 0, 0),
                    Demand = new DemandSettings(DemandKind.Slotted, Probability: 0.3),
                },
                TheoryScenario.Profile(depolarisingSeconds: 100.0) with { LinkCutOffSeconds = 1e-10 }),
            100,
            60_000);

        double served = to.Served - from.Served;
        Assert.InRange(served / (to.Requests - from.Requests) - figures.Availability, -0.014, 0.014);
        Assert.InRange(((to.TruthSum - from.TruthSum) / served) - figures.ConsumedFidelity, -0.0012, 0.0012);
        Assert.Equal(q > 0.0, to.PurifiedAway > 0);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(1.0)]
    public void ArrivalProbability_GivenContinuousTime_isWithinTheBoundsOfOneGoodAndOneBadMemory(double q)
    {
        // 1G1B: lambda = 2, mu = 1, Gamma = 0.1, F = 0.92; exact at q = 0. At q = 1 the jump lies between the linear
        // bounds and the success probability between those at F = 1/4 and F = 1. 4 errors: 0.008 and 0.0015.
        const double fresh = 0.92;
        OneGoodOneBad buffer = OneGoodOneBad.Create(2.0, 1.0, 0.1, fresh);
        double least = 0.5;
        double most = TwoToOne.Bbpssw(BellDiagonal.Werner(1.0), BellDiagonal.Werner(fresh)).SuccessProbability;
        BufferFigures low = buffer.Figures(q, least, LinearJump.LowerBound(fresh));
        BufferFigures high = buffer.Figures(q, most, LinearJump.UpperBound(fresh));
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            TheoryScenario.Of(
                new LinkSettings { Kind = LinkKind.Poisson, RatePerSecond = 2.0, Fidelity = fresh },
                new PoolSettings
                {
                    CutOff = CutOffKind.Hard,
                    CutOffSeconds = 1e6,
                    Places = 1,
                    Purify = new PurifySettings(PurificationProtocol.Bbpssw, q, 0, 0),
                    Demand = new DemandSettings(DemandKind.Poisson, RatePerSecond: 1.0),
                },
                TheoryScenario.Profile(depolarisingSeconds: 20.0)),
            100,
            60_000);

        double served = to.Served - from.Served;
        double fidelity = (to.TruthSum - from.TruthSum) / served;
        Assert.InRange(served / (to.Requests - from.Requests), low.Availability - 0.008, high.Availability + 0.008);
        Assert.InRange(fidelity, low.ConsumedFidelity - 0.0015, high.ConsumedFidelity + 0.0015);
        if (q > 0.0)
        {
            // Better than never purifying by far more than the error.
            Assert.True(fidelity > buffer.Figures(0.0, 1.0, LinearJump.Identity).ConsumedFidelity + 0.01);
        }
        else
        {
            Assert.InRange(served / (to.Requests - from.Requests), low.Availability - 0.008, low.Availability + 0.008);
            Assert.InRange(fidelity, low.ConsumedFidelity - 0.0015, low.ConsumedFidelity + 0.0015);
        }
    }

    private static PoolSettings Saturated(PurifySettings purify) => new()
    {
        Places = 1,
        CutOff = CutOffKind.Hard,
        CutOffSeconds = 1e6,
        Purify = purify,
        Demand = new DemandSettings(DemandKind.Saturated),
    };

    private static PoolStatistics UntilServed(Scenario scenario, int pairs)
    {
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(0));
        for (long second = 100; mesh.Statistics(0).Served < (ulong)pairs; second += 100)
        {
            mesh.AdvanceTo(TestScenarios.At(second));
        }

        return mesh.Statistics(0);
    }
}
