using Pqms.Mesh.Health;
using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Health;

public sealed class HealthMonitorTests
{
    private const double Estimate = 0.96;
    private static readonly HealthSettings s_settings = new(0.1, 0.01, 0.06, 0.01, 0.01);

    [Fact]
    public void Observe_GivenThePromisedFidelity_seldomIsolates()
    {
        // H0 itself: 400,000 tests, seed 5. Sequential tests take about n0 trials each; isolations of one in 100 of
        // them, at most 4 sigma more.
        int trials = TestProfile.Count(400_000, 10_000_000);
        HealthMonitor monitor = Monitor();
        int isolations = Isolations(monitor, new Random(5), Estimate - 0.01, trials);
        double good = BellTest.ErrorRate(Estimate - 0.01, 1.0);
        double bad = BellTest.ErrorRate(Estimate - 0.06, 1.0);
        double tests = trials / SequentialTest.ExpectedTrialsNull(0.01, 0.01, good, bad);

        Assert.InRange(isolations, 1, (0.01 * tests) + (4.0 * Math.Sqrt(0.01 * tests)));
    }

    [Fact]
    public void Observe_WhenThePoolTurnsBad_isolatesAfterTheExpectedDelay()
    {
        // 400 alarms, seed 6; each begins with a fresh monitor. Wald's mean number of trials leaves out the overshoot;
        // a beta of 0.01 adds a few restarts.
        Random random = new(6);
        long trials = 0;
        int suspicions = 0;
        const int Alarms = 400;
        for (int i = 0; i < Alarms; i++)
        {
            HealthMonitor monitor = Monitor();
            while (monitor.Serves)
            {
                suspicions += Test(monitor, random, Estimate - 0.06) && monitor.State == HealthState.Suspect ? 1 : 0;
                trials++;
            }
        }

        double expected = SequentialTest.ExpectedTrialsAlternative(
            0.01, 0.01, BellTest.ErrorRate(Estimate - 0.01, 1.0), BellTest.ErrorRate(Estimate - 0.06, 1.0));
        Assert.InRange(trials / (double)Alarms / expected, 0.9, 1.25);
        Assert.True(suspicions > Alarms / 3);
    }

    [Fact]
    public void Observe_WhenTheFaultPasses_comesBackOverProbation()
    {
        HealthMonitor monitor = Monitor();
        Random random = new(8);
        List<HealthState> states = [];
        for (int i = 0; i < 60_000; i++)
        {
            bool changed = Test(monitor, random, i < 3_000 ? Estimate - 0.08 : Estimate);
            if (changed && monitor.State != HealthState.Suspect)
            {
                states.Add(monitor.State);
            }

            Assert.Equal(monitor.State != HealthState.Isolated, monitor.Serves);
        }

        Assert.Equal([HealthState.Isolated, HealthState.Probation, HealthState.Healthy], states.Take(3));
        Assert.Equal(HealthState.Healthy, monitor.State);
    }

    [Fact]
    public void Observe_GivenAFidelityBetweenTheMargins_doesNotFlap()
    {
        // In the middle both hypotheses of the watch are equally far, so the pool is isolated in about every second
        // sequential test; the stricter test sees its own H1 and lets it back with a probability of 1e-4 each.
        int trials = TestProfile.Count(500_000, 5_000_000);
        HealthMonitor monitor = Monitor();
        int isolations = Isolations(monitor, new Random(9), Estimate - 0.035, trials);

        Assert.Equal(HealthState.Isolated, monitor.State);
        Assert.InRange(isolations, 1, 3);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.013)]
    [InlineData(0.5)]
    public void Born_WhileThePoolServes_neverExceedsTheShare(double share)
    {
        HealthMonitor monitor = new(s_settings with { Share = share }, Estimate, 1.0);
        long tests = 0;
        for (int born = 1; born <= 20_000; born++)
        {
            tests += monitor.Born() ? 1 : 0;
            Assert.True(tests <= share * born);
        }

        Assert.True(tests >= (share * 20_000) - 1.0);
    }

    [Fact]
    public void Born_WhileIsolated_allowsEveryPair()
    {
        HealthMonitor monitor = Monitor();
        while (monitor.Serves)
        {
            monitor.Observe(TestBasis.X, true, Estimate);
        }

        Assert.True(monitor.LooksAtSpans);
        Assert.True(monitor.Born() && monitor.Born() && monitor.Born());
        HealthMonitor none = new(HealthSettings.None, Estimate, 1.0);
        Assert.False(none.Born());
    }

    [Fact]
    public void Exchange_GivenAMonitorInProgress_goesOnAlike()
    {
        HealthMonitor monitor = Monitor();
        Random random = new(10);
        HealthMonitor copy = Monitor();
        for (int i = 0; i < 20_000; i++)
        {
            monitor.Born();
            Test(monitor, random, Estimate - 0.05);
            if (i == 7_000)
            {
                Exchanges.Copy(monitor.Exchange, copy.Exchange);
                random = new Random(11);
                break;
            }
        }

        Random same = new(11);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.Equal(monitor.Born(), copy.Born());
            Assert.Equal(Test(monitor, random, Estimate - 0.02), Test(copy, same, Estimate - 0.02));
        }

        Assert.Equal(Exchanges.Bytes(monitor.Exchange), Exchanges.Bytes(copy.Exchange));
        Assert.True(copy.Changes > 0);
    }

    private static int Isolations(HealthMonitor monitor, Random random, double fidelity, int trials)
    {
        int isolations = 0;
        for (int i = 0; i < trials; i++)
        {
            isolations += Test(monitor, random, fidelity) && !monitor.Serves ? 1 : 0;
        }

        return isolations;
    }

    private static bool Test(HealthMonitor monitor, Random random, double fidelity) =>
        monitor.Observe(TestBasis.Z, random.NextDouble() < 2.0 * (1.0 - fidelity) / 3.0, Estimate);

    private static HealthMonitor Monitor() => new(s_settings, Estimate, 1.0);
}
