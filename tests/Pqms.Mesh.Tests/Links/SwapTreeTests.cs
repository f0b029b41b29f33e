using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Links;

public sealed class SwapTreeTests
{
    [Fact]
    public void Allows_GivenAsap_letsAnySegmentsJoin()
    {
        SwapTree tree = SwapTree.Of(SwapOrder.Asap, 5);

        Assert.True(tree.AllowsLeft(3, 0) && tree.AllowsLeft(3, 2) && tree.AllowsRight(3, 4) && tree.AllowsRight(3, 5));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(13)]
    public void Allows_GivenNested_leavesOneWayToJoinEverything(int spans)
    {
        // Joins whatever may be joined until nothing may: every repeater swaps once, halves differ by one span at most,
        // and no segment ever has two possible partners on one side.
        SwapTree tree = SwapTree.Of(SwapOrder.Nested, spans);
        List<(int From, int To)> segments = [.. Enumerable.Range(0, spans).Select(i => (i, i + 1))];
        int swaps = 0;
        while (segments.Count > 1)
        {
            var joins = (from a in segments
                         from b in segments
                         where a.To == b.From && tree.AllowsLeft(a.To, a.From) && tree.AllowsRight(a.To, b.To)
                         select (Left: a, Right: b)).ToList();
            Assert.NotEmpty(joins);
            Assert.Equal(joins.Count, joins.Select(join => join.Left).Distinct().Count());
            (int From, int To) left = joins[0].Left;
            (int From, int To) right = joins[0].Right;
            Assert.InRange((right.To - right.From) - (left.To - left.From), 0, 1);
            segments.Remove(left);
            segments.Remove(right);
            segments.Add((left.From, right.To));
            swaps++;
        }

        Assert.Equal([(0, spans)], segments);
        Assert.Equal(spans - 1, swaps);
    }
}
