using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Reservations that the scenario itself asks for.</summary>
public sealed class TraceTests
{
    [Fact]
    public void Trace_GivenAGrant_takesEvenlyAndOwesNoReport()
    {
        // 10 s with 60 takes a minute: ten takes at 5.5, 6.5, ... 14.5 s; the other asks for more slots than there are.
        Watcher watcher = new();
        Scenario scenario = TestScenarios.Chain(2, slots: 3) with
        {
            Reservations =
            [
                new ScenarioReservation("pool0", 5, 10, 2, 60), new ScenarioReservation("pool0", 5, 10, 30_000, 60),
            ],
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(1000), new MeshOptions(1, watcher));
        mesh.AdvanceTo(TestScenarios.At(1020));
        PoolStatistics sums = mesh.Statistics(0);

        Assert.Equal(Enumerable.Range(0, 10).Select(i => 1005.5 + i), watcher.Taken);
        Assert.Equal([GrantOutcome.Granted, GrantOutcome.PoolExhausted], watcher.Outcomes);
        Assert.All(watcher.Ids, id => Assert.Equal(ulong.MaxValue, (ulong)(id >> 64)));
        Assert.Equal(2, watcher.Ids.Distinct().Count());
        Assert.Empty(mesh.DrainReportItems());
        Assert.Equal((10UL, 10UL, 0UL, 10UL), (sums.Requests, sums.Served, sums.Lost, sums.ReservedSeconds));
        Assert.InRange(sums.PredictedSum, 9.9, 10.0);
    }

    [Fact]
    public void Trace_GivenAPoolThatIsIsolatedMeanwhile_losesItsTakes()
    {
        Scenario scenario = TestScenarios.Chain(2, slots: 3) with
        {
            Reservations = [new ScenarioReservation("pool0", 5, 10, 2, 60)],
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(1000));
        mesh.AdvanceTo(TestScenarios.At(1010));
        mesh.Apply(new IsolatePoolCommand(0, true));
        mesh.AdvanceTo(TestScenarios.At(1020));
        PoolStatistics sums = mesh.Statistics(0);

        Assert.Equal((10UL, 5UL, 5UL), (sums.Requests, sums.Served, sums.Lost));
        Assert.InRange(sums.FullSeconds, 4UL, 6UL);
    }

    [Fact]
    public void FullSeconds_GivenReservationsOneAfterAnother_areNotBelowTheGrantsPrediction()
    {
        // 15 slots on eight spans with a take every 2 s. Seconds within a lifetime of about 20 s depend on each other,
        // so n/20 are taken as independent; 4 sigma.
        int windows = TestProfile.Count(usual: 6, nightly: 200);
        Scenario scenario = TestScenarios.Chain(8) with
        {
            Reservations = [.. Enumerable.Range(0, windows)
                .Select(i => new ScenarioReservation("pool0", 100 * i, 100, 15, 30))],
        };
        MeshEmulator mesh = new(scenario, 1, TestScenarios.At(1000));
        mesh.AdvanceTo(TestScenarios.At(1001 + (100 * windows)));
        PoolStatistics sums = mesh.Statistics(0);

        Assert.Equal(100UL * (ulong)windows, sums.ReservedSeconds);
        double predicted = sums.PredictedSum / sums.ReservedSeconds;
        Assert.InRange(predicted, 0.99, 1.0);
        double sigma = Math.Sqrt(predicted * (1.0 - predicted) / (sums.ReservedSeconds / 20.0));
        Assert.InRange((double)sums.FullSeconds / sums.ReservedSeconds, predicted - (4 * sigma), 1.0);
        Assert.Equal((50UL * (ulong)windows, 0UL), (sums.Served, sums.Lost));
    }

    private sealed class Watcher : IMeshObserver
    {
        public List<double> Taken { get; } = [];

        public List<GrantOutcome> Outcomes { get; } = [];

        public List<UInt128> Ids { get; } = [];

        public void Observe(in MeshEvent meshEvent)
        {
            if (meshEvent.Kind == MeshEventKind.PairTaken)
            {
                Taken.Add(meshEvent.At.Seconds);
                Ids.Add(meshEvent.Reservation);
            }
            else if (meshEvent.Kind == MeshEventKind.Decided)
            {
                Outcomes.Add((GrantOutcome)meshEvent.Subject);
                Ids.Add(meshEvent.Reservation);
            }
        }
    }
}
