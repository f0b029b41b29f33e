using Pqms.Mesh.Energy;
using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Energy;

public sealed class BatteryTests
{
    private const long Second = MeshTime.NanosecondsPerSecond;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 20, 500);

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Advance_GivenRandomUse_conservesEnergyAndStaysWithinItsCapacity(int seed)
    {
        Random random = new(seed);
        BatterySettings settings = new(100.0, 20.0 * random.NextDouble(), 0.5 + (0.5 * random.NextDouble()));
        Battery battery = new(settings);
        for (int i = 0; i < 500; i++)
        {
            battery.Advance(random.NextInt64(3 * Second), 40.0 * random.NextDouble());
            double rise = battery.Joules - settings.CapacityJoules;
            double used = battery.Drawn - battery.Unmet + rise + battery.Overflow;
            Assert.Equal(battery.Charged * settings.Efficiency, used, 1e-8);
            Assert.InRange(battery.Joules, 0.0, settings.CapacityJoules);
            Assert.True(battery.IsOn || battery.Joules < Battery.RestartShare * settings.CapacityJoules);
        }

        Assert.True(battery.Unmet > 0.0 || battery.Overflow > 0.0);
    }

    [Fact]
    public void Advance_WhenEmpty_staysOffUntilAFifthIsThere()
    {
        Battery battery = new(new BatterySettings(100.0, 10.0, 0.5));

        Assert.False(battery.Advance(Second, 105.0));
        Assert.Equal(0.0, battery.Joules, 12);
        Assert.True(battery.Advance(Second, 6.0));
        Assert.False(battery.IsOn);
        Assert.Equal(1.0, battery.Unmet, 12);
        Assert.False(battery.Advance(3 * Second, 0.0));
        Assert.True(battery.Advance(Second, 0.0));
        Assert.True(battery.IsOn);
        Assert.Equal(20.0, battery.Joules, 12);
    }

    [Fact]
    public void NanosecondsLeft_GivenAPower_isWhenItGoesOff()
    {
        Battery battery = new(new BatterySettings(100.0, 10.0, 0.5));
        long left = battery.NanosecondsLeft(25.0);

        Assert.Equal((5 * Second) + 1, left);
        Assert.True(battery.Advance(left, 25.0 * left * 1e-9));
        Assert.Equal(long.MaxValue, battery.NanosecondsLeft(5.0));
    }

    [Fact]
    public void Exchange_GivenABattery_keepsIt()
    {
        Battery battery = new(new BatterySettings(100.0, 10.0, 0.5));
        battery.Advance(Second, 300.0);
        Battery copy = new(new BatterySettings(100.0, 10.0, 0.5));
        Exchanges.Copy(battery.Exchange, copy.Exchange);

        Assert.False(copy.IsOn);
        Assert.Equal(battery.Unmet, copy.Unmet);
    }
}
