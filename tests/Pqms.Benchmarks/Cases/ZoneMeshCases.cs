using System.Diagnostics;
using Pqms.Benchmarks.Harness;
using Pqms.Mesh.Zones;

namespace Pqms.Benchmarks.Cases;

/// <summary>A million zones with 100 pairs each on one core.</summary>
internal static class ZoneMeshCases
{
    private const int TicksPerSecond = 10;

    private static readonly ZoneMeshSettings Autobahn = new();

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("zones-build", "s CPU", 20.0, _ => Build, Benchmark.CpuSeconds)
        {
            MostRepetitions = 3, Note = "1,000,000 zones, 100,000,000 pairs",
        },
        new("zones-memory", "MB peak", 2147.0, _ => PeakMemory, m => m.Operations)
        {
            MostRepetitions = 1, Note = "greatest working set while building and running one second; goal 2 GiB",
        },
        new("zones-second", "s CPU", 5.0, OpenSecond, Benchmark.CpuSeconds)
        {
            Note = "one second of mesh time in ten ticks, 825,000 replacements",
        },
        new("zones-replace", "1/s CPU", double.NaN, OpenReplacements, Benchmark.PerCpuSecond)
        {
            MoreIsBetter = true, Note = "replaced pairs for each CPU second of the same run",
        },
    ];

    private static Measurement Build()
    {
        ZoneMesh? mesh = null;
        Measurement taken = Meter.Time(1, () =>
        {
            mesh = new ZoneMesh(Autobahn, seed: 2026);
            return mesh.LifeTicks;
        });
        GC.KeepAlive(mesh);
        return taken;
    }

    // The warm-up is the measured run: a second build in one process would count twice.
    private static Measurement PeakMemory()
    {
        if (Meter.Sink == 0.0)
        {
            ZoneMesh mesh = new(Autobahn, seed: 2026);
            mesh.AdvanceTo(TicksPerSecond);
            Meter.Sink += mesh.Bytes;
        }

        using Process self = Process.GetCurrentProcess();
        return new Measurement(self.PeakWorkingSet64 / 1e6, 0.0, 0.0, 0.0);
    }

    private static Func<Measurement> OpenSecond(Effort effort)
    {
        ZoneMesh mesh = new(Autobahn, seed: 2026);
        return () => Meter.Time(1, () =>
        {
            mesh.AdvanceTo(mesh.Now + TicksPerSecond);
            return mesh.Now;
        });
    }

    private static Func<Measurement> OpenReplacements(Effort effort)
    {
        ZoneMesh mesh = new(Autobahn, seed: 2026);
        return () =>
        {
            long before = mesh.Totals.Generated;
            Measurement taken = Meter.Time(1, () =>
            {
                mesh.AdvanceTo(mesh.Now + TicksPerSecond);
                return mesh.Now;
            });
            return taken with { Operations = mesh.Totals.Generated - before };
        };
    }
}
