using Pqms.Node.Api;
using Pqms.Oracle;

namespace Pqms.Node.Tests.Api;

public sealed class ReadinessTests
{
    private static readonly OracleStatus Well = new() { Phase = OraclePhase.Following, HeadTime = 100 };

    [Theory]
    [InlineData(40, true)]
    [InlineData(39, false)]
    public void Of_GivenALag_isReadyUpToOneEpoch(ulong followedTime, bool ready) =>
        Assert.Equal(ready, Readiness.Of(Well with { FollowedTime = followedTime }).Ready);

    [Theory]
    [InlineData(OraclePhase.Connecting)]
    [InlineData(OraclePhase.Rebuilding)]
    [InlineData(OraclePhase.Stopped)]
    [InlineData(OraclePhase.Failed)]
    public void Of_GivenAnOracleThatDoesNotFollow_saysWhatItDoes(OraclePhase phase)
    {
        var readiness = Readiness.Of(Well with { Phase = phase, FollowedTime = 100 });

        Assert.False(readiness.Ready);
        Assert.Contains(phase.ToString(), readiness.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_GivenAnAlarm_isNotReadyAndSaysWhy()
    {
        var readiness = Readiness.Of(Well with { FollowedTime = 100, Alarm = "reports 4 to 6 were made void" });

        Assert.Equal(new Readiness(false, "reports 4 to 6 were made void"), readiness);
    }
}
