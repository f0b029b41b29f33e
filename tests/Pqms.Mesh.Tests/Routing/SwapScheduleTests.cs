using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Routing;

public class SwapScheduleTests
{
    [Fact]
    public void Joins_GivenEightNestedSpans_double()
    {
        var schedule = new SwapSchedule(SwapOrder.Nested, 8);
        (int, int, int)[] expected =
            [(0, 1, 2), (2, 3, 4), (0, 2, 4), (4, 5, 6), (6, 7, 8), (4, 6, 8), (0, 4, 8)];
        Assert.Equal(expected, schedule.Joins.Select(j => (j.From, j.At, j.To)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(12)]
    [InlineData(100)]
    public void Joins_GivenAnyNumberOfNestedSpans_makeOneBalancedTree(int spans)
    {
        var schedule = new SwapSchedule(SwapOrder.Nested, spans);
        Assert.Equal(spans - 1, schedule.Joins.Count);
        List<(int From, int To)> segments = [.. Enumerable.Range(0, spans).Select(i => (i, i + 1))];
        List<int> depths = [.. Enumerable.Repeat(0, spans)];
        foreach (SwapJoin join in schedule.Joins)
        {
            // Parts exist before they are joined, each is used once, and the halves differ by one span at most.
            Assert.Equal((join.From, join.At), segments[join.Left]);
            Assert.Equal((join.At, join.To), segments[join.Right]);
            Assert.Equal(segments.Count - spans, schedule.JoinOf(join.Left));
            Assert.Equal(segments.Count - spans, schedule.JoinOf(join.Right));
            Assert.InRange((2 * join.At) - join.From - join.To, 0, 1);
            segments.Add((join.From, join.To));
            depths.Add(1 + Math.Max(depths[join.Left], depths[join.Right]));
        }

        Assert.Equal((0, spans), segments[^1]);
        Assert.Equal(-1, schedule.JoinOf(segments.Count - 1));
        Assert.Equal((int)Math.Ceiling(Math.Log2(spans)), depths[^1]);
        Assert.Equal(spans - 1, schedule.Joins.Select(j => j.At).Distinct().Count());
    }

    [Fact]
    public void MayJoin_GivenEachOrder_allowsItsOwnSwapsOnly()
    {
        int[] counts = [0, 0, 0];
        foreach (SwapOrder order in Enum.GetValues<SwapOrder>())
        {
            var schedule = new SwapSchedule(order, 4);
            for (int from = 0; from < 4; from++)
            {
                for (int at = from + 1; at < 4; at++)
                {
                    for (int to = at + 1; to <= 4; to++)
                    {
                        counts[(int)order] += schedule.MayJoin(from, at, to) ? 1 : 0;
                    }
                }
            }
        }

        Assert.Equal([3, 10, 3], counts);
        var nested = new SwapSchedule(SwapOrder.Nested, 4);
        Assert.True(nested.MayJoin(0, 1, 2) && nested.MayJoin(2, 3, 4) && nested.MayJoin(0, 2, 4));
        Assert.False(nested.MayJoin(1, 2, 3));
        var together = new SwapSchedule(SwapOrder.Together, 4);
        Assert.True(together.MayJoin(0, 1, 2) && together.MayJoin(0, 2, 3) && together.MayJoin(0, 3, 4));
        Assert.Empty(together.Joins);
    }

    [Theory]
    [InlineData(-1, 1, 2)]
    [InlineData(0, 0, 2)]
    [InlineData(0, 2, 2)]
    [InlineData(0, 2, 5)]
    public void MayJoin_WhenNodesAreNotInOrder_throws(int from, int at, int to)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwapSchedule(SwapOrder.Asap, 4).MayJoin(from, at, to));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SwapSchedule(SwapOrder.Nested, from - 1));
    }
}
