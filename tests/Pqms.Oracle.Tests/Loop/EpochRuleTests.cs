using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Tests.Loop;

public sealed class EpochRuleTests
{
    [Theory]
    [InlineData(0, 0, 100, 100, false)]
    [InlineData(0, 0, 100, 159, false)]
    [InlineData(0, 0, 100, 160, true)]
    [InlineData(1, 1, 100, 100, true)]
    [InlineData(0, 9_999, 100, 101, false)]
    [InlineData(0, 10_000, 100, 101, true)]
    [InlineData(0, 0, 100, 14_500, true)]
    public void EndsAfter_GivenCounts_followsTheRule(int pending, int leaves, ulong lastEnd, ulong block, bool ends) =>
        Assert.Equal(ends, EpochRule.EndsAfter(pending, leaves, lastEnd, block));
}
