using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Control;

public sealed class MeshPlannerTests
{
    [Fact]
    public void Forecast_GivenEightLinks_agreesWithThePublishedFigures()
    {
        // physics: 8 links of hypothetical-2035 have F0 = 0.9706 and live 19.7 s above 0.95, with another division of
        // the memories; both depend on it through the age of link pairs.
        GrantForecast forecast = MeshPlanner.Forecast(TestScenarios.Chain(8, 3), 0, 15, 0.95, 0);

        Assert.Equal(GrantOutcome.Granted, forecast.Outcome);
        Assert.InRange(forecast.FreshFidelity, 0.970, 0.9714);
        Assert.InRange(forecast.LifetimeSeconds, 19.0, 20.5);
        Assert.Equal(8, forecast.Links);
    }

    [Fact]
    public void Forecast_GivenPublishedLinks_refusesForFidelity()
    {
        HardwareProfile published = TestScenarios.Profile with { LinkFidelity = 0.969 };
        GrantForecast forecast = MeshPlanner.Forecast(TestScenarios.Chain(8, 3, profile: published), 0, 15, 0.95, 0);

        Assert.Equal(GrantOutcome.FidelityOutOfReach, forecast.Outcome);
        Assert.InRange(forecast.FreshFidelity, 0.77, 0.79);
        Assert.Equal(0, MeshPlanner.CapacitySlots(TestScenarios.Chain(8, 3, profile: published), 0));
    }

    [Fact]
    public void Forecast_GivenMoreFidelityThanTheFloor_refuses() =>
        Assert.Equal(GrantOutcome.FidelityOutOfReach, Outcome(fidelityMin: 0.951));

    [Fact]
    public void Forecast_GivenMoreCoherenceThanALifetime_refuses()
    {
        Assert.Equal(GrantOutcome.CoherenceTooShort, Outcome(coherenceMin: 30));
        Assert.Equal(GrantOutcome.Granted, Outcome(coherenceMin: 10));
    }

    [Fact]
    public void Forecast_GivenSlowBlocks_refusesForCoherence()
    {
        Scenario slow = TestScenarios.Chain(8) with { BlockSeconds = 12 };

        Assert.Equal(GrantOutcome.CoherenceTooShort, MeshPlanner.Forecast(slow, 0, 1, 0.95, 0).Outcome);
    }

    [Fact]
    public void Forecast_GivenTooManySlotsOrTakes_refusesAsExhausted()
    {
        Assert.Equal(GrantOutcome.PoolExhausted, Outcome(slots: 5_000));
        Assert.Equal(GrantOutcome.PoolExhausted, Outcome(takes: 100_000));
    }

    [Fact]
    public void Forecast_GivenAnUnknownPool_saysSo() =>
        Assert.Equal(GrantOutcome.UnknownPool, MeshPlanner.Forecast(TestScenarios.Chain(2), 9, 1, 0.95, 0).Outcome);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 3)]
    [InlineData(10, 8)]
    public void CapacitySlots_GivenAScenario_isTheMostThatIsGranted(int spans, int pools)
    {
        Scenario scenario = TestScenarios.Chain(spans, pools);
        int capacity = MeshPlanner.CapacitySlots(scenario, 0);

        Assert.Equal(GrantOutcome.Granted, MeshPlanner.Forecast(scenario, 0, capacity, 0.95, 0).Outcome);
        Assert.Equal(GrantOutcome.PoolExhausted, MeshPlanner.Forecast(scenario, 0, capacity + 1, 0.95, 0).Outcome);
    }

    private static GrantOutcome Outcome(
        int slots = 15, double fidelityMin = 0.95, double coherenceMin = 0, int takes = 0) =>
        MeshPlanner.Forecast(TestScenarios.Chain(8, 3), 0, slots, fidelityMin, coherenceMin, takes).Outcome;
}
