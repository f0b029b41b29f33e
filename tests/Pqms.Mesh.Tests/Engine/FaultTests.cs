using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>What faults and attacks do to the pools of a running mesh. Seconds count from the era's start, 0.</summary>
public sealed class FaultTests
{
    private static readonly PoolSettings s_standing =
        new() { CutOff = CutOffKind.Hard, CutOffSeconds = 1e6, Places = 20 };

    private static readonly PoolSettings s_saturated =
        s_standing with { Places = 1, Demand = new DemandSettings(DemandKind.Saturated) };

    private readonly EventRecorder _log = new();

    [Theory]
    [InlineData(SwapOrder.Together)]
    [InlineData(SwapOrder.Asap)]
    [InlineData(SwapOrder.Nested)]
    public void LinkDown_GivenAStandingPool_makesNothingMeanwhileAndTheStockDecays(SwapOrder order)
    {
        MeshEmulator mesh = Mesh(
            Chain(3, 20.0, s_standing with { CutOffSeconds = 2.0, SwapOrder = order }),
            new ScenarioFault(FaultKind.LinkDown, 10.0, 5.0, "S1 - S2", 1.0));

        mesh.AdvanceTo(TestScenarios.At(10));
        Assert.True(mesh.View(0).Counters.Stock > 5);
        mesh.AdvanceTo(TestScenarios.At(14));
        Assert.Equal(0, mesh.View(0).Counters.Stock);
        mesh.AdvanceTo(TestScenarios.At(25));
        Assert.True(mesh.View(0).Counters.Stock > 5);

        List<MeshEvent> heralds = _log.Of(MeshEventKind.LinkPairHeralded).FindAll(e => e.Subject == 1);
        Assert.DoesNotContain(heralds, e => IsWithin(e, 10, 15));
        Assert.Contains(heralds, e => IsWithin(e, 9, 10));
        Assert.Contains(heralds, e => IsWithin(e, 15, 16));

        // What had met on the way before is born at once: the links have no length.
        Assert.Empty(_log.Within(MeshEventKind.PairBorn, 10.0, 15.0));
        Assert.NotEmpty(_log.Within(MeshEventKind.PairBorn, 15.0, 16.0));
    }

    [Fact]
    public void NoiseBurst_GivenAChain_lowersTheTruthByTheWernerFactorAndNotTheEstimate()
    {
        // Link pairs wait 0.5 s at most, so what is born a second after a change is of one kind.
        MeshEmulator mesh = Mesh(
            Chain(2, 20.0, s_saturated, fidelity: 0.98, TheoryScenario.Profile() with { LinkCutOffSeconds = 0.5 }),
            new ScenarioFault(FaultKind.NoiseBurst, 10.0, 10.0, "S0 - S1", 0.3));
        mesh.AdvanceTo(TestScenarios.At(30));

        double link = BellDiagonal.Werner(0.98).WernerParameter;
        double nominal = 0.25 + (0.75 * link * link);
        double noisy = 0.25 + (0.75 * link * link * 0.7);
        PoolStatistics sums = mesh.Statistics(0);
        Assert.Equal(nominal, sums.EstimateSum / sums.Served, 9);
        Assert.All(Delivered(0, 10), truth => Assert.Equal(nominal, truth, 12));
        Assert.All(Delivered(11, 20), truth => Assert.Equal(noisy, truth, 12));
        Assert.All(Delivered(21, 30), truth => Assert.Equal(nominal, truth, 12));
        Assert.True(Delivered(11, 20).Count > 50);
    }

    [Fact]
    public void SiteCrash_GivenAnEnd_dropsAllAndThePoolFillsAnewAfterwards()
    {
        // The reference chain, real link figures. Its pool stands full when its end crashes for 3 s at 10 s.
        MeshEmulator mesh = Mesh(
            TestScenarios.Chain(3), new ScenarioFault(FaultKind.SiteCrash, 10.0, 3.0, "S3", 1.0));
        mesh.AdvanceTo(TestScenarios.At(0));
        mesh.Apply(TestScenarios.Request(1, 0, 60));
        mesh.AdvanceTo(new MeshTime(9_999_999_999));
        PoolCounters before = mesh.View(0).Counters;
        Assert.True(before.Stock > 20);

        mesh.AdvanceTo(TestScenarios.At(10));
        PoolCounters after = mesh.View(0).Counters;
        Assert.Equal(0, after.Stock);
        Assert.Equal(before.Discarded + (ulong)before.Stock, after.Discarded);

        mesh.AdvanceTo(TestScenarios.At(12));
        mesh.Apply(new TakeCommand(1, 1, 1));
        Assert.Equal(TakeOutcome.PoolEmpty, mesh.DrainReportItems().OfType<TakeItem>().Single().Outcome);
        Assert.Empty(_log.Within(MeshEventKind.PairBorn, 10.0, 13.0));
        Assert.DoesNotContain(_log.Within(MeshEventKind.LinkPairHeralded, 10.0, 13.0), e => e.Subject == 2);

        mesh.AdvanceTo(TestScenarios.At(25));
        Assert.True(mesh.View(0).Counters.Stock > 20);
        mesh.Apply(new TakeCommand(1, 2, 1));
        Assert.Equal(TakeOutcome.Delivered, mesh.DrainReportItems().OfType<TakeItem>().Single().Outcome);
    }

    [Theory]
    [InlineData(SwapOrder.Together)]
    [InlineData(SwapOrder.Asap)]
    public void SiteCrash_GivenARepeater_losesTheLinkPairsThereAndKeepsTheStock(SwapOrder order)
    {
        // The last link is down from 5 s on, a pair is taken: the other two spans hold a pair each and wait. (As soon
        // as possible they have been joined to one.) The repeater between them crashes at 10 s.
        MeshEmulator mesh = Mesh(
            Chain(3, 20.0, s_standing with
            {
                SwapOrder = order,
                Demand = new DemandSettings(DemandKind.Slotted, SlotSeconds: 7.0, Probability: 1.0),
            }),
            new ScenarioFault(FaultKind.LinkDown, 5.0, 10.0, "S2 - S3", 1.0),
            new ScenarioFault(FaultKind.SiteCrash, 10.0, 2.0, "S1", 1.0));

        mesh.AdvanceTo(new MeshTime(9_999_999_999));
        Assert.Equal(19, mesh.View(0).Counters.Stock);
        Assert.Equal(order == SwapOrder.Together ? 2UL : 0UL, mesh.Totals.LinkPairsStored);
        mesh.AdvanceTo(new MeshTime(11_999_999_999));
        Assert.Equal(19, mesh.View(0).Counters.Stock);
        Assert.Equal(0UL, mesh.Totals.LinkPairsStored);
        Assert.Equal(order == SwapOrder.Together ? 2UL : 0UL, mesh.View(0).LinkPairsCutOff);
        Assert.DoesNotContain(_log.Within(MeshEventKind.LinkPairHeralded, 10.0, 12.0), e => e.Subject < 2);
        Assert.Empty(_log.Of(MeshEventKind.Dropped));

        mesh.AdvanceTo(TestScenarios.At(13));
        // A pair that was swapped at S1 before does not need S1 any more.
        Assert.Equal(
            order == SwapOrder.Together,
            _log.Within(MeshEventKind.LinkPairHeralded, 12.0, 13.0).Exists(e => e.Subject == 0));
        mesh.AdvanceTo(TestScenarios.At(20));
        Assert.Equal(20, mesh.View(0).Counters.Stock);
    }

    [Fact]
    public void MemoryDecay_GivenOneSite_actsOnTheTruthAloneAndWithoutAJump()
    {
        // T2 = 100 s at both ends; from 10 to 15 s that of S0 runs 20 times as fast. Dephasing leaves I + Z alone and
        // lets I - Z decay with exp(-t/T2) per side, so F_true = (I + Z + (I - Z) exp(-19 t/T2))/2 for every pair.
        HardwareProfile profile = TheoryScenario.Profile() with { T2Seconds = 100.0 };
        Scenario scenario = Chain(1, 20.0, s_standing, fidelity: 0.98, profile);
        MeshEmulator nominal = new(scenario, 1, TestScenarios.At(0));
        MeshEmulator mesh = Mesh(scenario, new ScenarioFault(FaultKind.MemoryDecay, 10.0, 5.0, "S0", 20.0));
        double sum = 0.98 + (0.02 / 3.0);

        foreach (double seconds in (double[])[9.0, 9.999999999, 10.0, 10.000000001, 12.5, 15.0, 15.000000001, 40.0])
        {
            MeshTime at = new((long)(seconds * 1e9));
            mesh.AdvanceTo(at);
            nominal.AdvanceTo(at);
            PoolCounters seen = mesh.View(0).Counters;
            double decayed = Math.Clamp(seconds - 10.0, 0.0, 5.0) * 19.0 / 100.0;
            double difference = (2.0 * seen.FidelityEstimateMean) - sum;
            Assert.Equal(20, seen.Stock);
            Assert.Equal(nominal.View(0).Counters.FidelityEstimateMean, seen.FidelityEstimateMean);
            Assert.Equal(0.5 * (sum + (difference * Math.Exp(-decayed))), seen.FidelityTrueMean, 9);
        }
    }

    [Fact]
    public void InterceptResend_GivenAllPairsOfOneSpan_makesAQuarterErrorsInXAndZ()
    {
        // Perfect links, every second pair tested, all once the pool is isolated: n of about 8,000 in X and Z.
        Scenario scenario = Chain(1, 1000.0, s_saturated, fidelity: 1.0) with
        {
            Health = new HealthSettings(0.5, 0.0, 0.1, 1e-3, 1e-3),
        };
        MeshEmulator mesh = Mesh(scenario, new ScenarioFault(FaultKind.InterceptResend, 2.0, 12.0, "S0 - S1", 1.0));
        mesh.AdvanceTo(TestScenarios.At(14));

        List<MeshEvent> before = _log.Within(MeshEventKind.PairTested, 0.0, 2.0);
        List<MeshEvent> during = _log.Within(MeshEventKind.PairTested, 2.0, 14.0).FindAll(e => e.Value / 2 != 1);
        double errors = during.Count(e => e.Value % 2 == 1);
        double sigma = Math.Sqrt(0.25 * 0.75 / during.Count);
        Assert.True(during.Count > 5_000);
        Assert.InRange(errors / during.Count, 0.25 - (5.0 * sigma), 0.25 + (5.0 * sigma));
        Assert.DoesNotContain(before, e => e.Value % 2 == 1);
    }

    [Fact]
    public void InterceptResend_GivenAShare_raisesTheErrorRatesAsCalculated()
    {
        // Half of the touched pairs are dephased in Z, half in X: t_x and t_z fall by the factor 1 - s/2 on average.
        const double Share = 0.4;
        (PoolStatistics from, PoolStatistics to) = TheoryScenario.Run(
            Chain(1, 1000.0, s_saturated, fidelity: 0.95) with
            {
                Faults = [new ScenarioFault(FaultKind.InterceptResend, 10.0, 100.0, "S1 - S0", Share)],
            },
            10,
            30);

        double w = BellDiagonal.Werner(0.95).WernerParameter;
        double served = to.Served - from.Served;
        double expected = 0.5 * (1.0 - ((1.0 - (0.5 * Share)) * w));
        double sigma = 0.5 * w * Math.Sqrt(0.5 * Share * (1.0 - (0.5 * Share)) / served);
        Assert.True(served > 15_000);
        Assert.InRange(((to.ErrorXSum - from.ErrorXSum) / served) - expected, -5.0 * sigma, 5.0 * sigma);
        Assert.InRange(((to.ErrorZSum - from.ErrorZSum) / served) - expected, -5.0 * sigma, 5.0 * sigma);
        Assert.Equal(0.5 * (1.0 - w), from.ErrorXSum / from.Served, 9);
    }

    [Fact]
    public void Drain_GivenAStock_takesAtItsRateAndFromNobodyElse()
    {
        Scenario one = Chain(1, 0.001, s_standing with { Places = 300 });
        Scenario scenario = one with
        {
            Links = [one.Links[0] with { Settings = Poisson(50.0, 0.98) with { Memories = 2 } }],
            Pools = [one.Pools[0], one.Pools[0] with { Name = "other" }],
        };
        MeshEmulator mesh = Mesh(scenario, new ScenarioFault(FaultKind.Drain, 60.0, 10.0, "pool0", 80.0));
        mesh.AdvanceTo(TestScenarios.At(60));
        Assert.Equal(300, mesh.View(0).Counters.Stock);
        mesh.AdvanceTo(TestScenarios.At(70));

        // 300 stand and 50 come per second: the stock lasts for 10 s at 80/s. The last one would fall on the end.
        Assert.Equal(799UL, mesh.Statistics(0).Burnt);
        Assert.All(_log.Of(MeshEventKind.PairBurnt), e => Assert.Equal(2UL, e.Value));
        Assert.Equal(0UL, mesh.Statistics(1).Burnt);
        Assert.Equal(300, mesh.View(1).Counters.Stock);
        mesh.AdvanceTo(TestScenarios.At(100));
        Assert.Equal((799UL, 300), (mesh.Statistics(0).Burnt, mesh.View(0).Counters.Stock));
    }

    [Fact]
    public void Drain_GivenMoreThanIsMade_lowersTheVictimsAvailability()
    {
        // Two places, a pair per second, eight taken: a pair stands for 1/16 s of every second on average.
        MeshEmulator mesh = Mesh(
            Chain(1, 1.0, s_standing with { Places = 2 }),
            new ScenarioFault(FaultKind.Drain, 2000.0, 2000.0, "pool0", 8.0));
        UInt128[] available = [.. ((long[])[100, 2000, 2100, 4000]).Select(second =>
        {
            mesh.AdvanceTo(TestScenarios.At(second));
            return mesh.Statistics(0).AvailableNanoseconds;
        })];

        Assert.Equal(1.0, (double)(available[1] - available[0]) * 1e-9 / 1900.0, 9);
        Assert.InRange((double)(available[3] - available[2]) * 1e-9 / 1900.0, 0.055, 0.07);
    }

    private static LinkSettings Poisson(double rate, double fidelity) =>
        new() { Kind = LinkKind.Poisson, RatePerSecond = rate, Fidelity = fidelity };

    private static Scenario Chain(
        int spans, double rate, PoolSettings pool, double fidelity = 0.98, HardwareProfile? profile = null) =>
        TheoryScenario.Of(Poisson(rate, fidelity), pool, profile ?? TheoryScenario.Profile(), spans);

    private static bool IsWithin(MeshEvent e, double from, double until) =>
        e.At.Nanoseconds >= from * 1e9 && e.At.Nanoseconds < until * 1e9;

    private MeshEmulator Mesh(Scenario scenario, params ScenarioFault[] faults) =>
        new(scenario with { Faults = faults }, 1, TestScenarios.At(0), new MeshOptions(Observer: _log));

    private List<double> Delivered(double from, double until) =>
        [.. _log.Within(MeshEventKind.PairTaken, from, until).Select(e => BitConverter.UInt64BitsToDouble(e.Value))];
}
