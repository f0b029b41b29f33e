using Pqms.Mesh.Faults;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Faults;

public sealed class SpanTimelineTests
{
    private const long Second = MeshTime.NanosecondsPerSecond;

    [Fact]
    public void At_GivenAPass_isUpInItsWindowForEver()
    {
        SpanTimeline span = Passing(new PassWindow(90, 10, 5), era: 0);

        Assert.False(span.At(4 * Second).Up);
        Assert.True(span.At(5 * Second).Up);
        Assert.False(span.At(15 * Second).Up);
        Assert.True(span.At((5 + (90 * 1_000_000L)) * Second).Up);
        Assert.True(span.At((5 - (90 * 7)) * Second).Up);
        Assert.False(span.At((15 - (90 * 7)) * Second).Up);
        Assert.Equal(5 * Second, span.NextChange(0));
        Assert.Equal(15 * Second, span.NextChange(5 * Second));
        Assert.Equal(95 * Second, span.NextChange(15 * Second));
    }

    [Fact]
    public void At_GivenAWindowAsLongAsThePeriod_neverChanges()
    {
        SpanTimeline span = Passing(new PassWindow(90, 90, 0), era: 0);

        Assert.True(span.IsConstant);
        Assert.Equal(long.MaxValue, span.NextChange(0));
    }

    [Theory]
    [InlineData(2e-9, 1e-12)]
    [InlineData(1e-12, 1e-13)]
    public void At_GivenAWindowBelowANanosecond_keepsBothStates(double period, double up)
    {
        SpanTimeline span = Passing(new PassWindow(period, up, 0), era: 0);

        Assert.True(span.At(0).Up);
        Assert.False(span.At(1).Up);
        Assert.Equal(1, span.NextChange(0));
        Assert.Equal(2, span.NextChange(1));
    }

    [Fact]
    public void NextChange_GivenTheEndOfTime_isNever() =>
        Assert.Equal(long.MaxValue, Passing(new PassWindow(90, 10, 0), era: 0).NextChange(long.MaxValue - 1));

    private static SpanTimeline Passing(PassWindow pass, long era) => new(
        StepTimeline<SpanConditions>.Of(SpanConditions.Nominal, [], (conditions, _) => conditions), pass, era);
}
