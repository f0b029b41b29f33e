using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class SettlementTests
{
    [Theory]
    [InlineData(0.95, 1_000_000_000_000)]
    [InlineData(0.99, 1_000_000_000_000)]
    [InlineData(0.93, 0)]
    [InlineData(0.5, 0)]
    public void ScoreDown_GivenAnEdge_isWholeOrNothing(double estimate, long expected) =>
        Assert.InRange(Settlement.ScoreDown(estimate, 0.95), expected, expected);

    [Fact]
    public void ScoreDown_GivenHalfTheTolerance_isHalf() =>
        Assert.InRange(Settlement.ScoreDown(0.94, 0.95), 499_999_999_999, 500_000_000_001);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(999_999, 0)]
    [InlineData(1_000_000, 1)]
    [InlineData(1_999_999, 1)]
    [InlineData(1_000_000_000_000, 1_000_000)]
    public void DeliveredDown_GivenTrillionths_dropsTheFraction(ulong score, ulong expected) =>
        Assert.Equal((UInt128)expected, Settlement.DeliveredDown(score));

    [Theory]
    [InlineData(15, 0, 600_000_000_000, 9_000_000_000)]
    [InlineData(1, 0, 1_999_999_999, 1_000_000)]
    [InlineData(15, 5, 5, 0)]
    [InlineData(15, 5_000_000_000, 1_000_000_000, 0)]
    public void Promised_GivenAWindow_countsWholeSeconds(int slots, long start, long end, ulong expected) =>
        Assert.Equal((UInt128)expected, Settlement.Promised(slots, start, end));

    [Theory]
    [InlineData(2.0, 1)]
    [InlineData(1.0, 1)]
    [InlineData(0.5, 2)]
    [InlineData(0.4, 3)]
    public void CreditSeconds_GivenARate_roundsUp(double rate, long expected) =>
        Assert.Equal(expected, Settlement.CreditSeconds(rate));
}
