using Pqms.Cli.Plots;

namespace Pqms.Cli.Tests.Plots;

public sealed class CrossingTests
{
    [Fact]
    public void Of_GivenStraightLinesInLogLog_findsWhereTheyMeet()
    {
        // y = x and y = 4/x meet at 2.
        double[] x = [1.0, 8.0];

        Assert.Equal(2.0, Crossing.Of(x, [1.0, 8.0], [4.0, 0.5])!.Value, 1e-12);
    }

    [Fact]
    public void Of_GivenZeros_interpolatesTheValuesThemselves()
    {
        // Differences -1 and +3: a quarter of the way in log x.
        Assert.Equal(Math.Pow(16.0, 0.25), Crossing.Of([1.0, 16.0], [0.0, 4.0], [1.0, 1.0])!.Value, 1e-12);
    }

    [Fact]
    public void Of_GivenSeveralCrossings_takesTheFirst() =>
        Assert.InRange(Crossing.Of([1, 2, 3, 4], [1, 3, 1, 3], [2, 2, 2, 2])!.Value, 1.0, 2.0);

    [Fact]
    public void Of_GivenAGap_bridgesIt() =>
        Assert.InRange(Crossing.Of([1, 2, 4], [1, null, 3], [2, 2, 2])!.Value, 1.0, 4.0);

    [Theory]
    [InlineData(1.0, 1.0)]
    [InlineData(3.0, 3.0)]
    [InlineData(3.0, 1.0)]
    public void Of_WhenTheFirstNeverRisesAbove_isNull(double first, double last) =>
        Assert.Null(Crossing.Of([1, 2], [first, last], [2, 2]));
}
