using Pqms.Benchmarks.Harness;
using Pqms.Mesh.Pools;

namespace Pqms.Benchmarks.Cases;

/// <summary>One pool of 100,000,000 pairs on one core.</summary>
internal static class BulkPoolCases
{
    private const int Places = 100_000_000;
    private const int BlockPlaces = 1_000_000;
    private const double LossPerTick = 2.0 * 0.1 / 900.0;
    private const double LnFresh = -0.0408219945;
    private const double LnFloor = -0.3101549283;
    private const int LifeTicks = 1211;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("bulk-count", "ms CPU", 60.0, OpenCount, Benchmark.CpuMilliseconds)
        {
            Note = "evaluates 100,000,000 pairs and counts those at or above the floor",
        },
        new("bulk-prune", "ms CPU", 130.0, OpenPrune, Benchmark.CpuMilliseconds)
        {
            Note = "evaluates 100,000,000 pairs and discards those below the floor, about 83,000 each time",
        },
        new("bulk-bytes", "bytes", 9.0, _ => Bytes, m => m.Operations) { Note = "one pair of a full pool" },
    ];

    private static Func<Measurement> OpenCount(Effort effort)
    {
        BulkPool pool = Full();
        int tick = 0;
        return () => Meter.Time(1, () => pool.CountAlive(tick++, LnFloor));
    }

    private static Func<Measurement> OpenPrune(Effort effort)
    {
        BulkPool pool = Full();
        int tick = 0;
        return () =>
        {
            Measurement taken = Meter.Time(1, () => pool.Prune(tick, LnFloor));
            tick++;
            for (int place = pool.FirstEmpty(0); place >= 0; place = pool.FirstEmpty(place + 1))
            {
                pool.Refill(place, tick, LnFresh);
            }

            pool.CheckConservation();
            return taken;
        };
    }

    private static Measurement Bytes() => new(Full().Bytes / (double)Places, 0.0, 0.0, 0.0);

    private static BulkPool Full()
    {
        BulkPool pool = new(Places, LossPerTick);
        float[] lnWerner = [.. Enumerable.Repeat((float)LnFresh, BlockPlaces)];
        int[] births = [.. Enumerable.Range(0, BlockPlaces).Select(i => -(int)((i * 7919L) % LifeTicks))];
        for (int i = 0; i < Places / BlockPlaces; i++)
        {
            pool.AddBlock(lnWerner, births);
        }

        return pool;
    }
}
