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

    [Fact]
    public void DrainReportItems_GivenRandomCommands_holdEveryDeliveredPairOnce()
    {
        MeshEmulator mesh = Script.Random(new Random(21)).Play(null);
        List<PairId> pairs = [.. mesh.DrainReportItems().OfType<TakeItem>()
            .Where(take => take.Outcome == TakeOutcome.Delivered).Select(take => take.Pair)];

        Assert.Equal(mesh.Totals.Delivered, (ulong)pairs.Distinct().Count());
        Assert.Equal(pairs.Count, pairs.Distinct().Count());
    }
}
