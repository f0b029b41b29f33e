using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>What the description of purified-links says.</summary>
public sealed class PurifiedLinksTests
{
    private const int Unpurified = 0;
    private const int TwoRounds = 1;
    private const int ThreeRounds = 2;

    [Theory]
    [InlineData(Unpurified, 0.777, GrantOutcome.FidelityOutOfReach)]
    [InlineData(TwoRounds, 0.976, GrantOutcome.Granted)]
    [InlineData(ThreeRounds, 0.983, GrantOutcome.Granted)]
    public void Forecast_GivenRoundsOnEverySpan_grantsWhatTheyReach(int pool, double fresh, GrantOutcome outcome)
    {
        Scenario scenario = ScenarioFiles.Read("purified-links");
        ScenarioPool asked = scenario.Pools[pool];
        GrantForecast forecast = MeshPlanner.Forecast(scenario, pool, asked.Slots, asked.FidelityFloor, 0);
        Assert.Equal(8, forecast.Links);
        Assert.Equal(fresh, forecast.FreshFidelity, 0.0005);
        Assert.Equal(outcome, forecast.Outcome);
    }

    [Fact]
    public void Run_GivenFiveMinutes_deliversWhatWasPredictedAndKeepsItsReservations()
    {
        Scenario scenario = ScenarioFiles.Read("purified-links");
        MeshEmulator mesh = new(scenario, scenario.Seed, MeshTime.FromSeconds(0));
        mesh.AdvanceTo(MeshTime.FromSeconds(320));

        PoolStatistics refused = mesh.Statistics(Unpurified);
        Assert.Equal((0UL, 0UL), (refused.Generated, refused.Served));
        Assert.True(refused.Lost > 50);

        // About 240 takes each of pairs that scatter by 0.0002: the means are good to 0.0001.
        AssertQuality(mesh.Statistics(TwoRounds), fidelity: 0.9757, linkPairsPerSpan: 4.3);
        AssertQuality(mesh.Statistics(ThreeRounds), fidelity: 0.9832, linkPairsPerSpan: 8.8);
    }

    [Fact]
    public void Forecast_GivenTheCoherenceWithoutDecoupling_isTooLateForThreeRounds()
    {
        // 50 s: what rounds gain is lost while pairs wait for each other.
        OverrideResult text = ScenarioOverrides.Apply(
            ScenarioFiles.Text("purified-links"), [("$.profiles[0].t2Seconds.value", "50")]);
        Scenario scenario = ScenarioReader.Parse(text.Json!).Scenario!;
        GrantForecast forecast = MeshPlanner.Forecast(scenario, ThreeRounds, 1, 0.98, 0);
        Assert.Equal(GrantOutcome.FidelityOutOfReach, forecast.Outcome);
        Assert.InRange(forecast.FreshFidelity, 0.96, 0.975);
    }

    private static void AssertQuality(PoolStatistics sums, double fidelity, double linkPairsPerSpan)
    {
        Assert.InRange(sums.Served, 150UL, 350UL);
        Assert.Equal(0UL, sums.Lost);
        Assert.Equal(fidelity, sums.TruthSum / sums.Served, 0.0005);
        Assert.Equal(sums.EstimateSum / sums.Served, sums.TruthSum / sums.Served, 0.0002);
        Assert.Equal((300UL, 300UL), (sums.FullSeconds, sums.ReservedSeconds));

        // 2/p per round; a few per cent more reach the cut-off.
        double spent = (double)sums.LinkPairs / sums.Generated / 8.0;
        Assert.InRange(spent / linkPairsPerSpan, 0.99, 1.06);
    }
}
