using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Links;

/// <summary>The three orders of swaps with light on its way, by hand: heralds come 1,000 ns after a start.</summary>
public sealed class SwapOrderTests
{
    private const double Never = 1e-300;

    [Theory]
    [InlineData(SwapOrder.Together, new long[] { 50, 50 }, 200)]
    [InlineData(SwapOrder.Together, new long[] { 50, 50, 50, 50 }, 400)]
    [InlineData(SwapOrder.Asap, new long[] { 50, 50 }, 50)]
    [InlineData(SwapOrder.Asap, new long[] { 30, 70 }, 70)]
    [InlineData(SwapOrder.Asap, new long[] { 50, 50, 50 }, 150)]
    [InlineData(SwapOrder.Asap, new long[] { 50, 50, 50, 50 }, 150)]
    [InlineData(SwapOrder.Nested, new long[] { 50, 50, 50, 50 }, 150)]
    [InlineData(SwapOrder.Nested, new long[] { 10, 20, 30, 40 }, 110)]
    [InlineData(SwapOrder.Nested, new long[] { 50, 50, 50, 50, 50, 50, 50, 50 }, 350)]
    public void Run_GivenOnePlace_bearsAPairWhenTheLightHasTold(SwapOrder order, long[] lights, long wait)
    {
        // Together: the order and the outcome pass the route once each. Else each level waits for the light from the
        // repeater to the farther end. With one place the next attempts begin at the birth.
        ChainBench bench = new ChainBench(ChainBench.Plan(order, lights)).Run(3 * (1000 + wait));

        Assert.Equal([1000 + wait, 2 * (1000 + wait), 3 * (1000 + wait)], bench.Births.Select(birth => birth.At));
    }

    [Theory]
    [InlineData(SwapOrder.Together, (4 * 50) + (4 * 200) + 200)]
    [InlineData(SwapOrder.Asap, (4 * 50) + (2 * 50) + 100)]
    [InlineData(SwapOrder.Nested, (4 * 50) + (2 * 50) + 100)]
    public void Run_GivenFourSpans_countsTheAgeOfEveryPart(SwapOrder order, long age)
    {
        // Four links of 50 ns at their heralds; until the swap each part ages by itself, then the whole.
        ChainBench bench = new ChainBench(ChainBench.Plan(order, 50, 50, 50, 50)).Run(2000);

        Assert.Equal(age, Assert.Single(bench.Births).Pair.AgeNanoseconds);
    }

    [Theory]
    [InlineData(SwapOrder.Together)]
    [InlineData(SwapOrder.Asap)]
    [InlineData(SwapOrder.Nested)]
    public void Run_GivenSwapsThatFail_losesBothPartsAndBeginsAnewWhenTheEndsKnow(SwapOrder order)
    {
        ChainPlan plan = ChainBench.Plan(order, 50, 50) with { SwapSuccess = [1.0, Never, 1.0] };
        long wait = order == SwapOrder.Together ? 200 : 50;
        ChainBench bench = new ChainBench(plan).Run(3 * (1000 + wait));

        Assert.Empty(bench.Births);
        Assert.Equal([1000 + wait, 2 * (1000 + wait), 3 * (1000 + wait)], bench.Losses);
        Assert.Equal((3UL, 3UL), (bench.Chain.Shares[0].Swapped, bench.Chain.Shares[1].Swapped));
    }

    [Fact]
    public void Run_GivenAFailureInTheMiddle_keepsTheOtherHalfAndLosesNoWholePair()
    {
        // Node 1 fails, node 3 works: spans 0 and 1 begin anew at 1,050, spans 2 and 3 wait as a segment.
        ChainPlan plan = ChainBench.Plan(SwapOrder.Nested, 50, 50, 50, 50) with
        {
            SwapSuccess = [1.0, Never, 1.0, 1.0, 1.0],
        };
        ChainBench bench = new ChainBench(plan).Run(2100);

        Assert.Empty(bench.Births);
        Assert.Empty(bench.Losses);
        Assert.Equal([2UL, 2UL, 1UL, 1UL], bench.Chain.Shares.Select(share => share.Swapped));
    }

    [Fact]
    public void Run_GivenManyPlaces_startsEverySpanAsSoonAsItsOwnMemoriesAreFree()
    {
        // Asap over three spans. Span 1's memories: at node 1 free at 1,000, at node 2 at 1,050; span 0 is busy at the
        // A side until the birth at 1,150, as span 2 is at the B side.
        ChainBench bench = new ChainBench(ChainBench.Plan(SwapOrder.Asap, 50, 50, 50), places: 100).Run(2150);

        Assert.Equal([1150L], bench.Births.Select(birth => birth.At));
        Assert.Equal([2UL, 2UL, 2UL], bench.Chain.Shares.Select(share => share.Generated));
        Assert.Equal([2150L, 2050L, 2150L], Enumerable.Range(0, 3).Select(span => HeraldOf(bench, span, 2)));
    }

    [Fact]
    public void Run_GivenAHeraldThatFreesAnotherSpan_startsThatSpanAtOnce()
    {
        // Spans 1 and 2 join at 1,000. Span 0, heralded at 3,000, lets node 1 swap: then span 1 has both memories free.
        ChainPlan plan = ChainBench.Plan(SwapOrder.Asap, 50, 50, 50, 50);
        plan = plan with
        {
            Spans =
            [
                TestSpans.Attempts(1.0, 3000) with { LightNanoseconds = 50 }, plan.Spans[1], plan.Spans[2],
                ChainBench.Span(0.0, 50),
            ],
        };
        ChainBench bench = new ChainBench(plan, places: 2).Run(4000);

        Assert.Equal([1000L, 4000L], [HeraldOf(bench, 1, 1), HeraldOf(bench, 1, 2)]);
    }

    [Fact]
    public void Run_GivenNoLightTime_swapsTheNodesOnceFromTheASide()
    {
        // All links at 1,000. Node 1 works, node 2 joins its segment to link 2 and fails: link 3 is left and waits.
        ChainPlan plan = ChainBench.Plan(SwapOrder.Asap, 0, 0, 0, 0) with
        {
            SwapSuccess = [1.0, 1.0, Never, 1.0, 1.0],
        };
        ChainBench bench = new ChainBench(plan).Run(2000);

        Assert.Equal([2UL, 2UL, 2UL, 1UL], bench.Chain.Shares.Select(share => share.Generated));
    }

    [Theory]
    [InlineData(SwapOrder.Asap)]
    [InlineData(SwapOrder.Nested)]
    public void Run_GivenASegmentThatWaitsTooLong_dropsItAtTheAgeOfItsOldestPart(SwapOrder order)
    {
        // Spans 0 and 1 join at 1,000; the other half never comes; cut off at 1,000 + 700, made anew 1,000 later.
        ChainPlan plan = Incomplete(order) with { CutOffNanoseconds = 700 };
        ChainBench bench = new ChainBench(plan).Run(4500);

        Assert.Equal([1700L, 3400L], bench.Log.Observed
            .Where(e => e.Kind == MeshEventKind.LinkPairCutOff).Select(e => e.At.Nanoseconds));
        Assert.Equal([3UL, 3UL, 0UL, 0UL], bench.Chain.Shares.Select(share => share.Generated));
    }

    [Theory]
    [InlineData(SwapOrder.Asap)]
    [InlineData(SwapOrder.Nested)]
    public void Run_GivenACutOffThatPassesWhileTheOutcomeIsOnItsWay_dropsTheSegmentWhenItIsKnown(SwapOrder order)
    {
        // Known at 1,050, too old since 1,020: it may not be swapped any more, and time does not run back.
        ChainPlan plan = Incomplete(order) with { CutOffNanoseconds = 20 };
        ChainBench bench = new ChainBench(plan).Run(2099);

        Assert.Equal([1050L], bench.Log.Observed
            .Where(e => e.Kind == MeshEventKind.LinkPairCutOff).Select(e => e.At.Nanoseconds));
    }

    [Fact]
    public void Run_GivenACutOffThatPassesWhileAPurificationIsOnItsWay_dropsThePairWhenItIsKnown()
    {
        ChainPlan plan = ChainBench.Plan(SwapOrder.Together, 50, 50) with
        {
            Memories = [2, 2],
            LinkRounds = 1,
            CutOffNanoseconds = 20,
        };
        ChainBench bench = new ChainBench(plan).Run(1500);

        Assert.Empty(bench.Births);
        Assert.Equal([1UL, 1UL], bench.Chain.Shares.Select(share => share.CutOff));
        Assert.Equal([1UL, 1UL], bench.Chain.Shares.Select(share => share.PurifiedAway));
    }

    private static ChainPlan Incomplete(SwapOrder order)
    {
        ChainPlan plan = ChainBench.Plan(order, 50, 50, 50, 50);
        return plan with { Spans = [.. plan.Spans.Take(2), ChainBench.Span(0.0, 50), ChainBench.Span(0.0, 50)] };
    }

    private static long HeraldOf(ChainBench bench, int span, ulong number) => bench.Log.Observed.First(
        e => e.Kind == MeshEventKind.LinkPairHeralded && e.Subject == (ulong)span && e.Value == number).At.Nanoseconds;
}
