namespace Pqms.Mesh.Tests.Engine;

public sealed class ConservationTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void Totals_GivenRandomCommands_balancePerPoolAndInTotal(int seed)
    {
        MeshEmulator mesh = Script.Random(new Random(seed)).Play(new Random(seed));
        MeshTotals totals = mesh.Totals;

        Assert.True(totals.Delivered > 0 && totals.Discarded > 0);
        Assert.Equal(totals.Generated, totals.Delivered + totals.Discarded + totals.Stock);
        Assert.Equal(
            totals.LinkPairsGenerated,
            totals.LinkPairsSwapped + totals.LinkPairsDiscarded + totals.LinkPairsStored);
        for (int pool = 0; pool < 3; pool++)
        {
            PoolCounters counters = mesh.View(pool).Counters;
            Assert.Equal(counters.Generated, counters.Delivered + counters.Discarded + (ulong)counters.Stock);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Statistics_GivenFaultsTestsPurificationAndDemand_balanceInEveryPool(int variant)
    {
        // The engine checks the same at every step and stops on a difference; here every way out must have been taken.
        MeshEmulator mesh = new(WildScenario.Of(variant), 3, TestScenarios.At(1000));
        mesh.AdvanceTo(TestScenarios.At(1080));
        ulong tested = 0;
        ulong burnt = 0;
        ulong purified = 0;
        for (int pool = 0; pool < 5; pool++)
        {
            PoolStatistics sums = mesh.Statistics(pool);
            ulong gone = sums.Delivered + sums.Discarded + sums.PurifiedAway + sums.Tested + sums.Burnt;
            Assert.Equal(sums.Generated, gone + sums.Stock);
            Assert.Equal(sums.Requests, sums.Served + sums.Lost + sums.Waiting);
            Assert.True(sums.Generated > 0 && sums.Attempts > sums.LinkPairs, $"pool {pool} stood still");
            tested += sums.Tested;
            burnt += sums.Burnt;
            purified += sums.PurifiedAway;
        }

        Assert.True(tested > 0 && burnt > 0, $"{tested} tested, {burnt} burnt");
        Assert.Equal(variant % 2 == 0, purified > 0);
    }

    [Theory]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    public void Statistics_GivenOrders_balanceInEveryPoolAndInTotal(int seed)
    {
        EventRecorder recorder = new();
        MeshEmulator mesh = Script.Random(new Random(seed)).Play(new Random(seed), observer: recorder);
        ulong delivered = 0;
        ulong aside = 0;
        for (int pool = 0; pool < 3; pool++)
        {
            PoolStatistics sums = mesh.Statistics(pool);
            ulong gone = sums.Delivered + sums.Discarded + sums.PurifiedAway + sums.Tested + sums.Burnt;
            Assert.Equal(sums.Generated, gone + sums.Stock);
            Assert.Equal(sums.Delivered, sums.Served + sums.SetAside);
            Assert.Equal(sums.SetAside, (ulong)recorder.Events.Count(
                e => e.Kind == MeshEventKind.PairTaken && e.Entity == pool && e.Reservation >> 100 == 1));
            delivered += sums.Delivered;
            aside += sums.SetAside;
        }

        Assert.Equal(mesh.Totals.Delivered, delivered);
        Assert.InRange(aside, 1UL, delivered - 1);
    }

    [Fact]
    public void DrainReportItems_GivenRandomCommands_holdEveryDeliveredPairOnce()
    {
        Script script = Script.Random(new Random(21));
        EventRecorder recorder = new();
        MeshEmulator mesh = script.Play(null, observer: recorder);
        ulong ordered = (ulong)recorder.Events.Count(
            e => e.Kind == MeshEventKind.PairTaken && e.Reservation >> 100 == 1);
        List<PairId> pairs = [.. script.Items.OfType<TakeItem>()
            .Where(take => take.Outcome == TakeOutcome.Delivered).Select(take => take.Pair)];

        Assert.Equal(mesh.Totals.Delivered, ordered + (ulong)pairs.Distinct().Count());
        Assert.True(ordered >= (ulong)script.Items.OfType<ProductionItem>().Sum(item => item.Count));
        Assert.True(ordered > 0, "some orders were served");
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
    }
}
