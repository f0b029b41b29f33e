using Pqms.Mesh.Control;
using Pqms.Mesh.Pools;
using Pqms.Mesh.Tests.Engine;
using Pqms.Mesh.Zones;
using Pqms.Physics.Links;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Zones;

public sealed class ZoneMeshTests
{
    [Fact]
    public void AdvanceTo_GivenZonesThatBeginEmpty_doesWhatTheNaiveZonesDo()
    {
        ZoneMeshSettings settings = ZoneRun.Settings with
        {
            Zones = TestProfile.Count(usual: 5, nightly: 50),
            StartsFull = false,
            LinkMeters = 100_000,
            MemoriesPerLinkEnd = 1,
        };
        ZoneMesh mesh = new(settings, seed: 7);
        NaiveZone[] naive = [.. Enumerable.Range(0, settings.Zones).Select(i => new NaiveZone(settings, 7, i))];
        for (int tick = 0; tick < 500; tick++)
        {
            mesh.AdvanceTo(tick + 1);
            Array.ForEach(naive, zone => zone.Step(tick));
            Assert.Equal(naive.Select(zone => zone.Standing(tick + 1)), Standing(mesh, settings.Zones));
        }

        ZoneTotals totals = mesh.Totals;
        Assert.Equal(naive.Select(zone => zone.Discarded), naive.Select((_, i) => mesh.DiscardedBy(i)));
        Assert.Equal(
            (naive.Sum(z => z.Generated), naive.Sum(z => z.Delivered), naive.Sum(z => z.DeliveredAge)),
            (totals.Generated, totals.Delivered, totals.DeliveredAgeTicks));
        Assert.Equal(naive.Sum(zone => zone.Missed), totals.Missed);
        Assert.True(totals.Discarded > 0 && totals.Delivered > 0 && totals.Missed > 0, totals.ToString());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Digest_GivenMoreThreadsAndOtherSteps_isTheSame(int threads)
    {
        ZoneMesh stepped = new(ZoneRun.Settings, seed: 7, threads);
        Random steps = new(threads);
        while (stepped.Now < ZoneRun.Ticks)
        {
            stepped.AdvanceTo(Math.Min(ZoneRun.Ticks, stepped.Now + steps.Next(0, 90)));
            _ = stepped.CountStanding();
        }

        Assert.Equal(ZoneRun.Hash(), ZoneRun.Hash(stepped));
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_TieredCompilation")]
    public void Digest_GivenAJitSettingOff_isTheSame(string variable) =>
        Assert.Equal(ZoneRun.Hash(), ChildProgram.Run(variable, "0", "zones"));

    [Fact]
    public void Digest_GivenAnotherSeedOrAnotherTick_differs()
    {
        ZoneMesh first = ZoneRun.Run(ZoneRun.Settings, 10);
        string[] digests =
        [
            ZoneRun.Hash(first),
            ZoneRun.Hash(ZoneRun.Run(ZoneRun.Settings, 11)),
            ZoneRun.Hash(ZoneRun.Run(ZoneRun.Settings, 10, seed: 8)),
        ];

        Assert.Equal(3, digests.Distinct().Count());
    }

    [Fact]
    public void Totals_GivenDemandAndExpiry_conservePairs()
    {
        ZoneMesh mesh = new(ZoneRun.Settings, seed: 3);
        for (int tick = 0; tick <= 600; tick += 50)
        {
            mesh.AdvanceTo(tick);
            ZoneTotals totals = mesh.Totals;
            Assert.Equal(totals.Generated, totals.Delivered + totals.Discarded + totals.InStock);
            Assert.InRange(mesh.CountStanding(), 1, totals.InStock);
        }

        Assert.True(mesh.Totals.Delivered > 0 && mesh.Totals.Discarded > 0);
    }

    // 20,000 draws of min(places, Binomial(n, p)) with n p = 5.3: mean and variance of the first tick's births.
    [Fact]
    public void AdvanceTo_GivenEmptyZones_fillsABinomialNumberOfPlaces()
    {
        ZoneMeshSettings settings = new()
        {
            Zones = 20_000,
            PlacesPerZone = 60,
            TickSeconds = 0.01,
            LinkMeters = 75_000,
            StartsFull = false,
            MemoriesPerLinkEnd = 16,
        };
        DoubleClickLink link = DoubleClickLink.Create(Fibre.Create(75_000, 0.2), 0.3, 10e-6);
        double n = Math.Floor(0.01 / link.AttemptSeconds) * 16, p = link.SuccessProbability;
        ZoneMesh mesh = ZoneRun.Run(settings, 1);
        double[] births = [.. Standing(mesh, settings.Zones).Select(count => (double)count)];

        double mean = births.Average(), variance = births.Sum(b => (b - mean) * (b - mean)) / (births.Length - 1);
        double expected = n * p * (1.0 - p);
        Assert.Equal(n * p, mean, 4.0 * Math.Sqrt(expected / births.Length));
        Assert.Equal(expected, variance, 4.0 * expected * Math.Sqrt((2.0 + (1.0 / expected)) / births.Length));
    }

    // Offered load 25 pairs for 30 places: the Erlang formula of the grant decision; 4 sigma of 4,000 zones.
    [Fact]
    public void CountStanding_GivenLinksThatCannotFillEveryPlace_isErlangDistributed()
    {
        ZoneMeshSettings settings = new()
        {
            Zones = 4000,
            PlacesPerZone = 30,
            TickSeconds = 0.05,
            MemorySeconds = 30.0,
            LinkMeters = 117_000,
            MemoriesPerLinkEnd = 18,
        };
        DoubleClickLink link = DoubleClickLink.Create(Fibre.Create(117_000, 0.2), 0.3, 10e-6);
        ZoneMesh mesh = new(settings, seed: 11);
        double lifeSeconds = mesh.LifeTicks * settings.TickSeconds;
        double load = link.PairsPerSecond(settings.MemoriesPerLinkEnd) * lifeSeconds;
        mesh.AdvanceTo((int)(12 * mesh.LifeTicks));
        int[] standing = [.. Standing(mesh, settings.Zones)];

        Assert.InRange(load, 20.0, 40.0);
        foreach (int slots in new[] { 15, 20, 25, 30 })
        {
            double expected = GrantFormula.Standing(load, settings.PlacesPerZone, slots);
            double found = standing.Count(count => count >= slots) / (double)standing.Length;
            double sigma = Math.Sqrt(expected * (1.0 - expected) / standing.Length);
            Assert.Equal(expected, found, (4.0 * sigma) + (slots == 30 ? 0.01 : 0.002));
        }
    }

    [Fact]
    public void AdvanceTo_GivenTheAutobahnsFigures_replacesEvenlyAndKeepsPoolsFull()
    {
        ZoneMeshSettings settings = new() { Zones = 2000 };
        ZoneMesh mesh = new(settings, seed: 5);
        Assert.Equal(1212.0, mesh.LifeTicks, 0.01);
        double perTick = 200_000 / mesh.LifeTicks;
        long before = 0;
        for (int second = 1; second <= 5; second++)
        {
            mesh.AdvanceTo(second * 10);
            long discarded = mesh.Totals.Discarded;
            double expected = perTick * (second == 1 ? 9 : 10);
            Assert.Equal(expected, discarded - before, 4.5 * Math.Sqrt(expected));
            before = discarded;
        }

        Assert.Equal(200_000, mesh.Totals.InStock);
        Assert.InRange(mesh.Bytes, 8 * 200_000, 9 * 200_000);
    }

    [Fact]
    public void Constructor_WhenASettingIsOutOfRange_namesIt()
    {
        ZoneMeshSettings good = new() { Zones = 2 };
        Refuses(good with { Zones = 0 }, "Zones");
        Refuses(good with { PlacesPerZone = 4097 }, "PlacesPerZone");
        Refuses(good with { TickSeconds = double.NaN }, "TickSeconds");
        Refuses(good with { FreshFidelity = 0.8 }, "FreshFidelity");
        Refuses(good with { FidelityFloor = 0.25 }, "FidelityFloor");
        Refuses(good with { MemorySeconds = double.PositiveInfinity }, "MemorySeconds");
        Refuses(good with { MemorySeconds = 1e-3 }, "ticks of a pair's life");
        Refuses(good with { LinkMeters = 0.0 }, "LinkMeters");
        Refuses(good with { LinkMeters = 1e6 }, "success probability");
        Refuses(good with { LinkMeters = 7e4, TickSeconds = 1e-5 }, "attempts within a tick");
        Refuses(good with { AttenuationDbPerKm = -1.0 }, "attenuationDbPerKm");
        Refuses(good with { EmitTimesDetect = 0.0 }, "EmitTimesDetect");
        Refuses(good with { MemoriesPerLinkEnd = 0 }, "MemoriesPerLinkEnd");
        Refuses(good with { TakeProbabilityPerTick = 1.5 }, "TakeProbabilityPerTick");
        Assert.Throws<ArgumentOutOfRangeException>(() => new ZoneMesh(good, 1, threads: 65));
    }

    [Fact]
    public void AdvanceTo_WhenItGoesBackOrTooFar_isRefused()
    {
        ZoneMesh mesh = ZoneRun.Run(new ZoneMeshSettings { Zones = 2 }, 5);

        Assert.Throws<ArgumentOutOfRangeException>(() => mesh.AdvanceTo(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => mesh.AdvanceTo(BulkPool.GreatestTick + 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => mesh.CountStanding(2));
        Assert.Throws<ArgumentOutOfRangeException>(() => mesh.DiscardedBy(-1));
    }

    private static IEnumerable<int> Standing(ZoneMesh mesh, int zones) =>
        Enumerable.Range(0, zones).Select(mesh.CountStanding);

    private static void Refuses(ZoneMeshSettings settings, string name) =>
        Assert.Contains(
            name, Assert.Throws<ArgumentOutOfRangeException>(() => new ZoneMesh(settings, 1)).ParamName,
            StringComparison.OrdinalIgnoreCase);
}
