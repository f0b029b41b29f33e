using Pqms.Mesh.Energy;

namespace Pqms.Mesh.Tests.Energy;

public sealed class EnergyMeterTests
{
    private const long Second = MeshTime.NanosecondsPerSecond;

    [Fact]
    public void Joules_GivenAttemptsAndStorage_isTheirSum()
    {
        EnergyMeter meter = new(0.25, 2.0, -10 * Second);
        meter.AddAttempts(8);
        meter.SetStored(0, 3);
        meter.SetStored(4 * Second, 1);

        Assert.Equal(2.0, meter.AttemptJoules, 12);
        Assert.Equal(2.0 * ((3 * 4) + 6), meter.StorageJoules(10 * Second), 12);
        Assert.Equal(38.0, meter.Joules(10 * Second), 12);
        Assert.Equal(19.0, meter.JoulesPerDelivered(10 * Second, 2), 12);
        Assert.Equal(0.0, meter.JoulesPerDelivered(10 * Second, 0));
    }

    [Fact]
    public void PairNanoseconds_GivenOneStepOrMany_isTheSame()
    {
        EnergyMeter once = new(1, 1, 0);
        EnergyMeter often = new(1, 1, 0);
        once.SetStored(0, 1_000_000);
        often.SetStored(0, 1_000_000);
        for (int i = 1; i < 1_000; i++)
        {
            often.SetStored(i * 31_557_600_000_001, 1_000_000);
        }

        const long Year = 31_557_600 * Second;
        UInt128 exact = (UInt128)1_000_000UL * (ulong)Year;
        Assert.Equal(exact, once.PairNanoseconds(Year));
        Assert.Equal(exact, often.PairNanoseconds(Year));
        Assert.Equal(1.0, once.StorageJoules(Year) / (1_000_000.0 * 31_557_600.0), 12);
    }

    [Fact]
    public void Exchange_GivenAMeter_keepsIt()
    {
        EnergyMeter meter = new(1, 1, 0);
        meter.AddAttempts(7);
        meter.SetStored(5, 3);
        EnergyMeter copy = new(1, 1, 0);
        Exchanges.Copy(meter.Exchange, copy.Exchange);

        Assert.Equal(meter.Joules(99), copy.Joules(99));
    }

    [Fact]
    public void SiteEnergy_GivenSharedAndOwnUse_settlesEachOnce()
    {
        SiteEnergy sites = new(3, siteWatts: 5.0);
        sites.AddPair(0, 1, 4.0);
        sites.AddOn(1, 2 * Second);

        Assert.Equal(2.0, sites.Settle(0), 12);
        Assert.Equal(12.0, sites.Settle(1), 12);
        Assert.Equal(0.0, sites.Settle(1), 12);
        sites.AddPair(1, 2, 1.0);
        SiteEnergy copy = new(3, siteWatts: 5.0);
        Exchanges.Copy(sites.Exchange, copy.Exchange);
        Assert.Equal(0.5, copy.Settle(1), 12);
        Assert.Equal(12.5, copy.Joules(1), 12);
    }
}
