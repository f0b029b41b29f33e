using Pqms.Physics.Channels;
using Pqms.Physics.States;
using Pqms.Physics.Tests.States;

namespace Pqms.Physics.Tests.Channels;

public class LindbladDephasingTests
{
    [Fact]
    public void FidelityAfter_GivenCaseG14_givesIt()
    {
        LindbladDephasing both = LindbladDephasing.BothHalves(0.7);
        Assert.Equal(0.715855262, both.FidelityAfter(0.3), 1e-9);
        Assert.Equal((1 + Math.Exp(-4 * 0.7 * 0.3)) / 2, both.FidelityAfter(0.3), 1e-15);
        Assert.Equal(1 / 1.4, both.T2SecondsA, 1e-15);
        Assert.Equal(both.FidelityAfter(0.3), both.ToMemory().FidelityAfter(BellDiagonal.Perfect, 0.3), 1e-15);
    }

    [Fact]
    public void FidelityAfter_GivenOneHalfAtFivePercentPerSecond_isNinetyFivePercentAfterOneSecond()
    {
        LindbladDephasing one = LindbladDephasing.OneHalf(0.05);
        Assert.Equal(0.952, one.FidelityAfter(1), 5e-4);
        Assert.Equal(Math.Exp(-0.1), one.Coherence(1), 1e-15);
        Assert.Equal(10.0, one.T2SecondsA, 1e-14);
        Assert.Equal(double.PositiveInfinity, one.T2SecondsB);
    }

    [Theory]
    [InlineData(0.7, 0.0)]
    [InlineData(0.7, 0.7)]
    [InlineData(0.2, 1.1)]
    public void Coherence_GivenRates_agreesWithTheIntegratedMasterEquation(double a, double b)
    {
        MasterEquation rho = MasterEquation.Of(BellDiagonal.Perfect)
            .Add(0, MasterEquation.Z, a).Add(1, MasterEquation.Z, b).Integrate(0.9, 500);
        LindbladDephasing noise = LindbladDephasing.Create(a, b);
        Assert.Equal(2 * rho.Rho[0, 3].Real, noise.Coherence(0.9), 1e-11);
        Assert.Equal(rho.Bell()[0], noise.FidelityAfter(0.9), 1e-11);
        Assert.Equal(rho.Bell()[0], noise.ToMemory().FidelityAfter(BellDiagonal.Perfect, 0.9), 1e-11);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Create_GivenNoRate_refuses(double rate)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LindbladDephasing.OneHalf(rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => LindbladDephasing.Create(0, rate));
        Assert.Throws<ArgumentOutOfRangeException>(() => LindbladDephasing.OneHalf(1).Coherence(rate));
    }
}
