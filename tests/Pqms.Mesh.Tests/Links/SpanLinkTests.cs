using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Links;

namespace Pqms.Mesh.Tests.Links;

public sealed class SpanLinkTests
{
    // Jitter and atmosphere as good as none; physics.md 2.7: 5.30 dB over 500 km, 12.29 dB over 1,200 km.
    private static readonly FreeSpaceSettings s_diffractionOnly = new(810e-9, 0.09, 0.6, 500_000.0, 0.0, 1.0, 0.0);

    [Theory]
    [InlineData(500_000.0, 5.30)]
    [InlineData(1_200_000.0, 12.29)]
    public void Of_GivenTwoBeams_losesWhatBothWaysLose(double armMeters, double lossDbPerArm)
    {
        HeraldedLink link = Of(s_diffractionOnly with { ArmMeters = armMeters });
        double devices = TestScenarios.Profile.EmitTimesDetect * TestScenarios.Profile.EmitTimesDetect;
        Assert.Equal(2.0 * lossDbPerArm, -10.0 * Math.Log10(link.SuccessProbability / devices), 0.011);
    }

    [Fact]
    public void Of_GivenAirAndJitterAndATransducer_succeedsLikeTheLinkOfPhysics()
    {
        FreeSpaceSettings optics = new(810e-9, 0.09, 0.6, 1_000_000.0, 57.0, 0.8, 2e-6);
        LinkSettings settings = LinkSettings.Default with
        {
            Kind = LinkKind.FreeSpace,
            FreeSpace = optics,
            TransducerEfficiency = 0.25,
        };
        FreeSpaceLink beam = FreeSpaceLink.Create(810e-9, 0.09, 0.6, 1_000_000.0, 57.0, 0.8, 2e-6);
        OpticalArm arm = beam.ToArm(TestScenarios.Profile.EmitTimesDetect * 0.5);
        HeraldedLink expected = MidpointSourceLink.Create(arm, arm, TestScenarios.Profile.AttemptOverheadSeconds);

        SpanFigures made = SpanFigures.Of(2_000_000.0, settings, TestScenarios.Profile, TestScenarios.Profile);

        Assert.Equal(expected.SuccessProbability, made.SuccessProbability);
        Assert.Equal(expected.AttemptSeconds * 1e9, made.RoundNanoseconds, 0.5);
        Assert.Equal(expected.HeraldSeconds * 1e9, made.HeraldNanoseconds, 0.5);
        Assert.Equal(2.0 * beam.DelaySeconds * 1e9, made.LightNanoseconds, 0.5);
        Assert.True(beam.LossDb > 17.0);
    }

    [Fact]
    public void Under_GivenSpaceWeather_losesItsFactorOverBothBeamsTogether()
    {
        LinkSettings settings = LinkSettings.Default with { Kind = LinkKind.FreeSpace, FreeSpace = s_diffractionOnly };
        SpanFigures clear = SpanFigures.Of(1e6, settings, TestScenarios.Profile, TestScenarios.Profile);
        SpanFigures storm = clear.Under(isUp: true, transmission: 0.1);
        Assert.Equal(0.1 * clear.SuccessProbability, storm.SuccessProbability, 1e-15);
        Assert.Equal(clear.RoundNanoseconds, storm.RoundNanoseconds);
    }

    private static HeraldedLink Of(FreeSpaceSettings optics) => SpanLink.Of(
        2.0 * optics.ArmMeters,
        LinkSettings.Default with { Kind = LinkKind.FreeSpace, FreeSpace = optics },
        TestScenarios.Profile,
        TestScenarios.Profile);
}
