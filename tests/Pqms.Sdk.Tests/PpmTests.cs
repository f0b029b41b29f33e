namespace Pqms.Sdk.Tests;

public sealed class PpmTests
{
    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(1.0, 1_000_000, 1_000_000)]
    [InlineData(0.95, 950_000, 950_000)]
    [InlineData(0.9925, 992_500, 992_500)]
    [InlineData(0.29, 290_000, 290_000)]
    [InlineData(0.5000001, 500_000, 500_001)]
    [InlineData(0.9999999, 999_999, 1_000_000)]
    public void Rounding_GivenAFraction_isNamedDownOrUp(double fraction, uint down, uint up)
    {
        Assert.Equal(down, Ppm.Down(fraction).Parts);
        Assert.Equal(up, Ppm.Up(fraction).Parts);
    }

    [Theory]
    [InlineData(-0.000001)]
    [InlineData(1.000001)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rounding_WhenOutside0To1_isRefused(double fraction)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ppm.Down(fraction));
        Assert.Throws<ArgumentOutOfRangeException>(() => Ppm.Up(fraction));
    }

    [Fact]
    public void FromParts_WhenAboveTheWhole_isRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Ppm.FromParts(1_000_001));
        Assert.Equal("0.950000", Ppm.FromParts(950_000).ToString());
        Assert.Equal("1.000000", Ppm.FromParts(1_000_000).ToString());
    }
}
