using FsCheck;
using FsCheck.Fluent;
using Pqms.Node.Settings;

namespace Pqms.Node.Tests.Settings;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("10m", 600_000_000)]
    [InlineData("1h", 3_600_000_000)]
    [InlineData("600s", 600_000_000)]
    [InlineData("500us", 500)]
    [InlineData("1.5h", 5_400_000_000)]
    [InlineData("20ms", 20_000)]
    public void TryParse_GivenNumberAndUnit_isExact(string text, long microseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond), duration);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-1m")]
    [InlineData("0s")]
    [InlineData("1.5us")]
    [InlineData("1 m")]
    [InlineData("1x")]
    [InlineData("1.2.3s")]
    [InlineData("99999999999999999999d")]
    public void TryParse_GivenAnythingElse_isFalse(string text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void Format_GivenAnyDuration_readsBackTheSame() => Prop
        .ForAll(
            Gen.Choose(1, int.MaxValue).ToArbitrary(),
            microseconds =>
            {
                var duration = TimeSpan.FromTicks(microseconds * TimeSpan.TicksPerMicrosecond);
                return Durations.TryParse(Durations.Format(duration), out var again) && again == duration;
            })
        .QuickCheckThrowOnFailure();
}
