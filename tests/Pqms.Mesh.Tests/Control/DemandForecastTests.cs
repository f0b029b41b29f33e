using Pqms.Mesh.Control;

namespace Pqms.Mesh.Tests.Control;

public sealed class DemandForecastTests
{
    private const long Second = MeshTime.NanosecondsPerSecond;

    [Fact]
    public void Observe_GivenAStep_followsItWithTheTimeConstant()
    {
        DemandForecast forecast = new(60.0, withTrend: false);
        forecast.Observe(10 * Second, 0);
        for (int i = 0; i < 6; i++)
        {
            forecast.Observe(10 * Second, 50);
        }

        Assert.Equal(5.0 * (1.0 - Math.Exp(-1.0)), forecast.RatePerSecond, 9);
        Assert.Equal(forecast.RatePerSecond, forecast.Ahead(100.0));
    }

    [Fact]
    public void Observe_GivenOneLongOrManyShortIntervals_agrees()
    {
        DemandForecast once = new(60.0, withTrend: false);
        DemandForecast often = new(60.0, withTrend: false);
        once.Observe(Second, 1);
        often.Observe(Second, 1);
        once.Observe(100 * Second, 700);
        for (int i = 0; i < 100; i++)
        {
            often.Observe(Second, 7);
        }

        Assert.Equal(once.RatePerSecond, often.RatePerSecond, 9);
    }

    [Fact]
    public void Ahead_GivenARamp_extrapolatesIt()
    {
        DemandForecast forecast = new(20.0, withTrend: true);
        for (ulong i = 0; i < 400; i++)
        {
            forecast.Observe(Second, i);
        }

        Assert.InRange(forecast.RatePerSecond, 395.0, 400.5);
        Assert.InRange(forecast.Ahead(30.0) - forecast.RatePerSecond, 29.0, 31.0);
    }

    [Fact]
    public void Ahead_GivenAFall_neverPredictsLessThanNothing()
    {
        DemandForecast forecast = new(5.0, withTrend: true);
        for (ulong i = 0; i < 50; i++)
        {
            forecast.Observe(Second, 50 - i);
        }

        Assert.Equal(0.0, forecast.Ahead(1_000.0));
    }

    [Fact]
    public void Exchange_GivenAForecast_keepsIt()
    {
        DemandForecast forecast = new(5.0, withTrend: true);
        forecast.Observe(0, 7);
        forecast.Observe(Second, 7);
        forecast.Observe(Second, 9);
        DemandForecast copy = new(5.0, withTrend: true);
        Exchanges.Copy(forecast.Exchange, copy.Exchange);

        Assert.Equal(forecast.Ahead(3.0), copy.Ahead(3.0));
    }
}
