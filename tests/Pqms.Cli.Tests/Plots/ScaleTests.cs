using Pqms.Cli.Plots;

namespace Pqms.Cli.Tests.Plots;

public sealed class ScaleTests
{
    [Theory]
    [InlineData(1.0, 10, 0.1)]
    [InlineData(1.0, 8, 0.2)]
    [InlineData(1.0, 3, 0.5)]
    [InlineData(0.007, 5, 0.002)]
    [InlineData(730.0, 6, 200.0)]
    public void NiceStep_GivenASpan_isOneTwoOrFive(double span, int most, double step) =>
        Assert.Equal(step, Scale.NiceStep(span, most), step * 1e-9);

    [Fact]
    public void Ticks_GivenShares_areRoundAndInside()
    {
        var scale = Scale.Of([0.62, 0.91], isLog: false);

        Assert.Equal(["0.65", "0.70", "0.75", "0.80", "0.85", "0.90"], scale.Ticks(8).Select(tick => tick.Label));
        Assert.All(scale.Ticks(8), tick => Assert.InRange(scale.At(tick.Value)!.Value, 0.0, 1.0));
    }

    [Fact]
    public void Ticks_GivenALogAxis_areDecadesOrTheirParts()
    {
        Assert.Equal(
            ["0.5", "1", "2"], Scale.Of([0.25, 4.0], isLog: true).Ticks(8).Select(tick => tick.Label));
        Assert.Equal(
            ["0.01", "0.1", "1", "10", "100", "1000"],
            Scale.Of([0.01, 1000.0], isLog: true).Ticks(8).Select(tick => tick.Label));
        Assert.InRange(Scale.Of([1e-30, 1e30], isLog: true).Ticks(8).Count, 4, 9);
    }

    [Fact]
    public void At_GivenEnds_leavesSpaceBesideThem()
    {
        var scale = Scale.Of([2.0, 4.0], isLog: false);

        Assert.InRange(scale.At(2.0)!.Value, 0.01, 0.1);
        Assert.InRange(scale.At(4.0)!.Value, 0.9, 0.99);
        Assert.Equal(0.5, scale.At(3.0)!.Value, 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_GivenOneOrNoNumber_hasStillAnExtent(bool isLog)
    {
        foreach (double[] values in (double[][])[[], [7.0], [7.0, 7.0], [double.NaN]])
        {
            var scale = Scale.Of(values, isLog);
            Assert.True(scale.High > scale.Low);
            Assert.NotEmpty(scale.Ticks(8));
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    public void At_GivenNothingPositiveOnALogAxis_isNowhere(double value) =>
        Assert.Null(Scale.Of([1.0, 10.0], isLog: true).At(value));
}
