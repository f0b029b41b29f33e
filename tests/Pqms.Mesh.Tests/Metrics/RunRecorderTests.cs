using Pqms.Mesh.Metrics;

namespace Pqms.Mesh.Tests.Metrics;

public class RunRecorderTests
{
    [Fact]
    public void Report_GivenASteadyPool_measuresWhatHappensInASecond()
    {
        PoolReport pool = Report(1, (_, at) => Readings.Steady(at)).Pools[0];

        Dictionary<PoolFigure, double> expected = new()
        {
            [PoolFigures.Delivered] = 4.0,
            [PoolFigures.Availability] = 0.75,
            [PoolFigures.ServedShare] = 0.5,
            [PoolFigures.ServedAtOnceShare] = 0.25,
            [PoolFigures.Setup] = 0.25,
            [PoolFigures.Delivery] = 0.003,
            [PoolFigures.FidelityTruth] = 0.94,
            [PoolFigures.FidelityEstimate] = 0.95,
            [PoolFigures.QberX] = 0.05,
            [PoolFigures.QberY] = 0.01,
            [PoolFigures.QberZ] = 0.02,
            [PoolFigures.Key] = 0.5 * 4.0 * (1.0 - Entropy(0.05) - (1.16 * Entropy(0.02))),
            [PoolFigures.Generated] = 10.0,
            [PoolFigures.Discarded] = 3.0,
            [PoolFigures.PurifiedAway] = 2.0,
            [PoolFigures.Tested] = 1.0,
            [PoolFigures.Burnt] = 0.0,
            [PoolFigures.Lost] = 4.0,
            [PoolFigures.Stock] = 5.0,
            [PoolFigures.LinkPairs] = 40.0,
            [PoolFigures.ProbeHitShare] = 0.5,
            [PoolFigures.ProbeFidelityTruth] = 0.8,
            [PoolFigures.ProbeFidelityEstimate] = 0.9,
            [PoolFigures.GrantPredicted] = 0.99,
            [PoolFigures.GrantDelivered] = 1.0,
            [PoolFigures.JoulesPerPair] = 25.0,
            [PoolFigures.Watts] = 100.0,
        };
        Assert.Equal(PoolFigures.All.Count, expected.Count);
        foreach (PoolFigure figure in PoolFigures.All)
        {
            Measured measured = pool[figure]!;
            Assert.Equal(expected[figure], measured.Value, 1e-12);
            Assert.Equal(0.0, measured.HalfWidth!.Value, 1e-9);
            Assert.Equal(5, measured.Samples);
            Assert.False(measured.IsCorrelated, figure.Key);
        }
    }

    [Fact]
    public void Report_GivenPairsSetAsideForOrders_countsThemButNotInTheMeansOfRequests()
    {
        PoolReport pool = Report(1, (_, at) => Readings.Steady(at) with
        {
            Generated = 12 * (ulong)at,
            Delivered = 6 * (ulong)at,
            SetAside = 2 * (ulong)at,
        }).Pools[0];

        Assert.Equal(6.0, pool[PoolFigures.Delivered]!.Value, 1e-12);
        Assert.Equal(0.94, pool[PoolFigures.FidelityTruth]!.Value, 1e-12);
        Assert.Equal(0.05, pool[PoolFigures.QberX]!.Value, 1e-12);
        Assert.Equal(
            0.5 * 4.0 * (1.0 - Entropy(0.05) - (1.16 * Entropy(0.02))), pool[PoolFigures.Key]!.Value, 1e-12);
        Assert.Equal(100.0 / 6.0, pool[PoolFigures.JoulesPerPair]!.Value, 1e-12);
    }

    [Fact]
    public void Report_GivenAPoolThatIsNeverUsed_saysNothingAboutItsFidelity()
    {
        PoolReport pool = Report(1, (_, at) => Readings.Zero with { At = MeshTime.FromSeconds(at) }).Pools[0];

        Assert.Null(pool[PoolFigures.FidelityTruth]);
        Assert.Null(pool[PoolFigures.ServedShare]);
        Assert.Null(pool[PoolFigures.GrantPredicted]);
        Assert.Null(pool[PoolFigures.JoulesPerPair]);
        Assert.Equal(0.0, pool[PoolFigures.Delivered]!.Value);
        Assert.Equal(0.0, pool[PoolFigures.Key]!.Value);
        Assert.Equal(0.0, pool[PoolFigures.Availability]!.Value);
    }

    [Fact]
    public void Report_GivenTwoPools_totalsSumPairsAndAveragesAvailability()
    {
        RunReport report = Report(
            2, (pool, at) => pool == 0 ? Readings.Steady(at) : Readings.Zero with { At = MeshTime.FromSeconds(at) });

        Assert.Equal(4.0, report.Total[PoolFigures.Delivered]!.Value, 1e-12);
        Assert.Equal(0.375, report.Total[PoolFigures.Availability]!.Value, 1e-12);
        Assert.Equal(0.94, report.Total[PoolFigures.FidelityTruth]!.Value, 1e-12);
    }

    [Fact]
    public void Report_GivenSites_countsTheirEnergyInTheTotalOnly()
    {
        long now = 0;
        RunRecorder recorder = new(
            ["a"],
            _ => Readings.Steady(now),
            () => [new SiteStatistics("S", 120.0 * now, IsOn: true, StoredJoules: null)]);
        foreach (long at in (long[])[10, 20, 30])
        {
            now = at;
            recorder.Read();
        }

        RunReport report = recorder.Report("x", 1);
        Assert.Equal(100.0, report.Pools[0][PoolFigures.Watts]!.Value, 1e-12);
        Assert.Equal(120.0, report.Total[PoolFigures.Watts]!.Value, 1e-12);
        Assert.Equal(10.0, report.BatchSeconds, 1e-12);
    }

    [Fact]
    public void Jain_GivenUnequalShares_weighsThemByDemand()
    {
        // x = 1 of 10 requests and 1/2 of 30: (10 + 15)^2/(40 (10 + 7.5)) = 0.892857.
        RunReport report = Report(2, (pool, at) => Readings.Zero with
        {
            At = MeshTime.FromSeconds(at),
            Requests = (ulong)at * (pool == 0 ? 10u : 30u),
            Served = (ulong)at * (pool == 0 ? 10u : 15u),
        });

        Assert.Equal(625.0 / 700.0, report.Jain!.Value, 1e-12);
    }

    [Fact]
    public void Jain_GivenNoDemand_isNull() =>
        Assert.Null(Report(1, (_, at) => Readings.Zero with { At = MeshTime.FromSeconds(at) }).Jain);

    [Fact]
    public void IsConserved_GivenALostPair_isFalse()
    {
        RunReport whole = Report(1, (_, at) => Readings.Steady(at));
        RunReport broken = Report(1, (_, at) => Readings.Steady(at) with { Stock = 1 });

        Assert.True(whole.IsConserved);
        Assert.False(broken.IsConserved);
        Assert.Equal(-1, broken.Pools[0].Unaccounted);
    }

    [Fact]
    public void Read_WhenTimeStandsStill_throws()
    {
        RunRecorder recorder = new(["a"], _ => Readings.Zero);
        recorder.Read();

        Assert.Throws<ArgumentException>(recorder.Read);
        Assert.Throws<InvalidOperationException>(() => recorder.Report("x", 1));
    }

    private static RunReport Report(int pools, Func<int, long, PoolStatistics> reading)
    {
        long now = 0;
        RunRecorder recorder = new(
            [.. Enumerable.Range(0, pools).Select(i => $"pool{i}")], pool => reading(pool, now));
        for (int i = 0; i <= 5; i++)
        {
            now = 100 + (10 * i);
            recorder.Read();
        }

        return recorder.Report("test", 7);
    }

    private static double Entropy(double p) => -(p * Math.Log2(p)) - ((1.0 - p) * Math.Log2(1.0 - p));
}
