using Pqms.Cli.Commands;

namespace Pqms.Cli.Tests.Commands;

public sealed class LengthsTests
{
    [Theory]
    [InlineData("75km", 75_000)]
    [InlineData("0.5km", 500)]
    [InlineData("75000m", 75_000)]
    public void TryParse_GivenNumberAndUnit_isTheLengthInMeters(string text, double meters)
    {
        Assert.True(Lengths.TryParse(text, out var parsed));
        Assert.Equal(meters, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("m")]
    [InlineData("km")]
    [InlineData("75")]
    [InlineData("75 km")]
    [InlineData("-1m")]
    [InlineData("0m")]
    [InlineData("1,5km")]
    [InlineData("1e3m")]
    [InlineData("75mm")]
    [InlineData("Infinitym")]
    public void TryParse_GivenAnythingElse_refuses(string text) => Assert.False(Lengths.TryParse(text, out _));
}
