using Pqms.Mesh.Scenarios;
using Pqms.Physics.States;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>Where the chain of three repeaters breaks down under noise (claims S0-37).</summary>
public sealed class NoiseBreakdownTests
{
    private const double Floor = 0.95;

    [Fact]
    public void Forecast_GivenWorseAndWorseLinks_breaksDownWhereTheWernerChainFallsBelowTheFloor()
    {
        // Briegel et al. 1998: w = f^3 w_link^4 for four links and three swaps; F = 1/4 + 3 w/4.
        HardwareProfile profile = ScenarioFiles.Read("three-repeaters-noise").Profile;
        double swap = SwapNoise.FromFidelities(profile.GateFidelity, profile.ReadoutFidelity).WernerFactor;
        double werner = Math.Pow(((4.0 * Floor) - 1.0) / 3.0 / (swap * swap * swap), 0.25);
        double formula = 0.25 + (0.75 * werner);
        Assert.Equal(0.98814, formula, 0.00001);

        double good = 0.9975;
        double bad = 0.97;
        while (good - bad > 1e-7)
        {
            double middle = 0.5 * (good + bad);
            (good, bad) = Forecast(middle, 1e9).Outcome == GrantOutcome.FidelityOutOfReach
                ? (good, middle)
                : (middle, bad);
        }

        // Memories that forget nothing: ages move nothing. Readouts make the state a little other than Werner: 1e-6.
        Assert.Equal(formula, good, 2e-6);
    }

    [Theory]
    [InlineData(0.9890, 900.0, GrantOutcome.Granted)]
    [InlineData(0.9885, 900.0, GrantOutcome.CoherenceTooShort)]
    [InlineData(0.9881, 900.0, GrantOutcome.FidelityOutOfReach)]
    [InlineData(0.9975, 60.0, GrantOutcome.Granted)]
    [InlineData(0.9975, 50.0, GrantOutcome.CoherenceTooShort)]
    public void Forecast_GivenNoise_refusesForTheRightReason(double link, double t2Seconds, GrantOutcome outcome) =>
        Assert.Equal(outcome, Forecast(link, t2Seconds).Outcome);

    [Fact]
    public void Run_GivenMemoriesThatForgetFasterThanPairsAreMade_breaksDownByDegrees()
    {
        double[] available = [.. new double[] { 100.0, 2.0, 0.5 }.Select(Available)];
        Assert.Equal(1.0, available[0]);
        Assert.InRange(available[1], 0.5, 0.9);
        Assert.InRange(available[2], 0.0, 0.05);
    }

    private static double Available(double t2Seconds)
    {
        Scenario scenario = With(0.9975, t2Seconds) with { WarmUpSeconds = 0 };
        MeshEmulator mesh = new(scenario, scenario.Seed, MeshTime.FromSeconds(0));
        mesh.AdvanceTo(MeshTime.FromSeconds(5));
        ulong before = (ulong)mesh.Statistics(0).AvailableNanoseconds;
        mesh.AdvanceTo(MeshTime.FromSeconds(35));
        return ((ulong)mesh.Statistics(0).AvailableNanoseconds - before) / 30e9;
    }

    private static GrantForecast Forecast(double linkFidelity, double t2Seconds) =>
        MeshPlanner.Forecast(With(linkFidelity, t2Seconds), 0, 10, Floor, 0);

    private static Scenario With(double linkFidelity, double t2Seconds)
    {
        Scenario scenario = ScenarioFiles.Read("three-repeaters-noise");
        HardwareProfile noisy = scenario.Profile with { LinkFidelity = linkFidelity, T2Seconds = t2Seconds };
        return scenario with { Profile = noisy };
    }
}
