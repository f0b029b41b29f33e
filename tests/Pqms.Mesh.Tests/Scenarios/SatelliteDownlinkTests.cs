using Pqms.Mesh.Links;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Links;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>What the description of satellite-downlink says.</summary>
public sealed class SatelliteDownlinkTests
{
    private const int OrbitSeconds = 5668;
    private const int PassSeconds = 300;

    [Fact]
    public void Link_GivenItsOptics_losesWhatWasMeasuredAndFarLessThanFibre()
    {
        Scenario scenario = ScenarioFiles.Read("satellite-downlink");
        ScenarioLink link = scenario.Links[0];
        SpanFigures span = SpanFigures.Of(link.LengthMeters, link.Settings, scenario.Profile, scenario.Profile);
        double lossDb = -10.0 * Math.Log10(span.SuccessProbability);
        Assert.InRange(lossDb, 64.0, 82.0);
        Assert.Equal(66.0, lossDb, 0.5);

        ScenarioSite a = scenario.Sites[0];
        ScenarioSite b = scenario.Sites[1];
        double meters = Geodesy.GreatCircleMeters(a.Latitude, a.Longitude, b.Latitude, b.Longitude);
        Assert.Equal(1_203_000.0, meters, 6_000.0);
        Assert.Equal(240.6, -10.0 * Math.Log10(Fibre.Create(1_203_000.0, 0.2).Transmission), 0.1);
    }

    [Fact]
    public void Pass_GivenAnOrbitOf500Kilometres_returnsWithKeplersPeriod()
    {
        // mu of the Earth 3.986e14 m^3/s^2, mean radius 6,371 km.
        double period = 2.0 * Math.PI * Math.Sqrt(Math.Pow(6_871_000.0, 3) / 3.986004e14);
        Assert.Equal(period, ScenarioFiles.Read("satellite-downlink").Links[0].Settings.Pass!.PeriodSeconds, 1.0);
    }

    [Theory]
    [InlineData("hypothetical-ground-ions", 6, 15)]
    [InlineData("hypothetical-ground-crystals", 25, 45)]
    public void Run_GivenTwoOrbits_standsForMinutesAfterAPassAndIsEmptyForTheRest(
        string profile, int leastMinutes, int mostMinutes)
    {
        Scenario scenario = ScenarioFiles.Read("satellite-downlink", profile);
        MeshEmulator mesh = new(scenario, scenario.Seed, MeshTime.FromSeconds(0));
        for (int orbit = 0; orbit < 2; orbit++)
        {
            mesh.AdvanceTo(MeshTime.FromSeconds((orbit * OrbitSeconds) + PassSeconds));
            PoolCounters overhead = mesh.View(0).Counters;
            Assert.InRange(overhead.Stock, 20, 32);
            mesh.AdvanceTo(MeshTime.FromSeconds((orbit + 1) * OrbitSeconds));
            PoolCounters before = mesh.View(0).Counters;
            Assert.Equal(0, before.Stock);

            // Nothing is born out of sight.
            Assert.Equal(overhead.Generated, before.Generated);
        }

        PoolStatistics sums = mesh.Statistics(0);
        double minutes = (double)(ulong)sums.AvailableNanoseconds / 2.0 / 60e9;
        Assert.InRange(minutes, leastMinutes, mostMinutes);
        Assert.True(sums.Served > 0 && sums.Lost > sums.Served);
        Assert.InRange(sums.TruthSum / sums.Served, 0.80, 0.869);
    }

    [Fact]
    public void Run_GivenACloudedPass_makesAboutATenthOfTheOthersPairs()
    {
        Scenario scenario = ScenarioFiles.Read("satellite-downlink");
        MeshEmulator mesh = new(scenario, scenario.Seed, MeshTime.FromSeconds(0));
        ulong[] after = new ulong[4];
        for (int orbit = 1; orbit <= 3; orbit++)
        {
            mesh.AdvanceTo(MeshTime.FromSeconds(orbit * OrbitSeconds));
            after[orbit] = mesh.Statistics(0).Generated;
        }

        // Clear passes fill the pool and stop: 32 places. A clouded one makes 0.016 pairs a second, 4.7 in 300 s.
        Assert.True(after[1] >= 32 && after[2] - after[1] >= 30);
        Assert.InRange(after[3] - after[2], 0UL, 13UL);
    }
}
