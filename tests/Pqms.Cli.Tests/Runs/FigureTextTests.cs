using Pqms.Cli.Runs;
using Pqms.Mesh.Metrics;

namespace Pqms.Cli.Tests.Runs;

public sealed class FigureTextTests
{
    [Theory]
    [InlineData(0.912345, 0.0213, "0.912 ±0.021")]
    [InlineData(4021.3, 35.2, "4021 ±35")]
    [InlineData(0.000012345, 0.00000123, "0.0000123 ±0.0000012")]
    [InlineData(0.000000012345, 0.0000000000123, "1.23e-8 ±1.2e-11")]
    [InlineData(2.5, 0.0, "2.5")]
    public void Of_GivenAnInterval_showsTwoDigitsOfIt(double value, double half, string text) =>
        Assert.Equal(text, FigureText.Of(new Measured(value, half / 2.0, half, 30, 0.0)));

    [Fact]
    public void Of_GivenNoFigureOrNoInterval_showsWhatIsThere()
    {
        Assert.Equal("-", FigureText.Of(null));
        Assert.Equal("0.5", FigureText.Of(new Measured(0.5, null, null, 1, 0.0)));
        Assert.Equal("500", FigureText.Of(new Measured(0.5, null, null, 1, 0.0), 1000.0));
    }
}
