using FsCheck;
using FsCheck.Fluent;
using Pqms.Mesh;

namespace Pqms.Oracle.Tests;

public sealed class TranslationTests
{
    [Theory]
    [InlineData(0.0, 0u, 0u)]
    [InlineData(1.0, 1_000_000u, 1_000_000u)]
    [InlineData(0.95, 950_000u, 950_000u)]
    [InlineData(0.9999999, 999_999u, 1_000_000u)]
    [InlineData(0.0000001, 0u, 1u)]
    [InlineData(0.57, 570_000u, 570_000u)]
    public void Ppm_GivenFraction_roundsByName(double fraction, uint down, uint up)
    {
        Assert.Equal(down, Translation.PpmDown(fraction));
        Assert.Equal(up, Translation.PpmUp(fraction));
    }

    [Fact]
    public void Ppm_GivenEveryChainNumber_survivesThereAndBack()
    {
        for (uint ppm = 0; ppm <= 1_000_000; ppm++)
        {
            double fraction = Translation.FractionFromPpm(ppm);
            if (Translation.PpmDown(fraction) != ppm || Translation.PpmUp(fraction) != ppm)
            {
                Assert.Fail($"{ppm} ppm becomes {Translation.PpmDown(fraction)} or {Translation.PpmUp(fraction)}.");
            }
        }
    }

    [Fact]
    public void Scale_GivenAnyFigure_bracketsIt()
    {
        Gen<double> figures = Gen.Choose(0, int.MaxValue).Select(i => i / 7_919.0);
        Prop.ForAll(figures.ToArbitrary(), value =>
        {
            ulong down = Translation.ScaleDown(value, 1_000_000, ulong.MaxValue);
            ulong up = Translation.ScaleUp(value, 1_000_000, ulong.MaxValue);
            return down / 1e6 <= value && (down + 1) / 1e6 > value && up / 1e6 >= value && up - down <= 1;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.1)]
    [InlineData(1.000001)]
    public void PpmDown_WhenNoFraction_throws(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Translation.PpmDown(fraction));

    [Fact]
    public void MillisecondsDown_GivenInfinity_saturates()
    {
        Assert.Equal(ulong.MaxValue, Translation.MillisecondsDown(double.PositiveInfinity));
        Assert.Equal(19_699ul, Translation.MillisecondsDown(19.6999));
        Assert.Equal(1_999_999ul, Translation.MicrohertzDown(1.9999999));
    }

    [Fact]
    public void PoolIndex_GivenId_isOneLess()
    {
        Assert.Equal(0, Translation.PoolIndexFromId(1));
        Assert.Equal(-1, Translation.PoolIndexFromId(0));
        Assert.Equal(0u, Translation.PoolIdFromIndex(-1));
        Assert.Equal(7u, Translation.PoolIdFromIndex(Translation.PoolIndexFromId(7)));
    }

    [Fact]
    public void TimeFromChain_isExact() =>
        Assert.Equal(1_800_000_000_000_000_000, Translation.TimeFromChain(1_800_000_000).Nanoseconds);

    [Fact]
    public void ToDecision_roundsEveryFigureDown()
    {
        var item = new DecisionItem(9, GrantOutcome.Granted, 0.97059999, 19.7009, 1.23456789, 0.9912349);
        Pqms.Sdk.Contracts.Decision decision = Translation.ToDecision(item);
        Assert.Equal((UInt128)9, decision.Id);
        Assert.Equal(1, decision.Outcome);
        Assert.Equal(970_599u, decision.FidelityPpm);
        Assert.Equal(19_700ul, decision.LifetimeMs);
        Assert.Equal(1_234_567ul, decision.RateMicroHz);
        Assert.Equal(991_234u, decision.StandingPpm);
    }
}
