using System.Globalization;
using System.Text;
using Pqms.Benchmarks.Harness;
using Pqms.Mesh;
using Pqms.Mesh.Scenarios;

namespace Pqms.Benchmarks.Cases;

/// <summary>The event-driven mesh: the default scenario, and a chain that does nothing but swap.</summary>
internal static class EngineCases
{
    private const int HourSeconds = 3600;
    private const int Segments = 5;
    private const int ChainPairs = 300_000;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        new("backbone-hour", "s CPU", 36.0, _ => BackboneHour, Benchmark.CpuSeconds)
        {
            MostRepetitions = 5,
            Note = "german-backbone with its warm-up and one hour, no demand; goal: 1 % of one core",
        },
        new("chain-5", "pairs/s CPU", 300_000.0, _ => () => Chain(perAttempt: false), Benchmark.PerCpuSecond)
        {
            MoreIsBetter = true,
            Note = "five segments of 20 km, swap only, every event in the digested log; end-to-end pairs",
        },
        new("chain-5-attempts", "pairs/s CPU", double.NaN, _ => () => Chain(perAttempt: true), Benchmark.PerCpuSecond)
        {
            MoreIsBetter = true,
            Note = "the same with every attempt drawn and every round an event; equal in distribution",
        },
    ];

    private static Measurement BackboneHour()
    {
        Scenario scenario = Scenarios.Read(Scenarios.Shipped("german-backbone"));
        return Meter.Time(1, () =>
        {
            MeshEmulator mesh = new(scenario, scenario.Seed, MeshTime.FromSeconds(0));
            mesh.AdvanceTo(MeshTime.FromSeconds(HourSeconds));
            return mesh.Totals.Events;
        });
    }

    /// <summary>Every pair is taken when it is born, so nothing but links and swaps is measured.</summary>
    private static Measurement Chain(bool perAttempt)
    {
        int pairs = perAttempt ? ChainPairs / 10 : ChainPairs;
        MeshOptions options = new() { PerAttempt = perAttempt };
        MeshEmulator mesh = new(Scenarios.Read(ChainText()), 1, MeshTime.FromSeconds(0), options);
        Measurement taken = Meter.Time(1, () =>
        {
            for (int second = 1; mesh.Totals.Generated < (ulong)pairs; second++)
            {
                mesh.AdvanceTo(MeshTime.FromSeconds(second));
            }

            return mesh.Totals.Events;
        });
        return taken with { Operations = mesh.Totals.Generated };
    }

    private static string ChainText()
    {
        StringBuilder sites = new(), links = new();
        for (int i = 0; i <= Segments; i++)
        {
            sites.Append(i == 0 ? "" : ",").Append(
                CultureInfo.InvariantCulture, $$"""{"name":"S{{i}}","latitude":50,"longitude":{{i}}}""");
            links.Append(i < 2 ? "" : ",").Append(i == 0 ? "" : string.Create(
                CultureInfo.InvariantCulture, $$"""{"a":"S{{i - 1}}","b":"S{{i}}","lengthMeters":20000}"""));
        }

        Scenarios.Hardware hardware = new(
            Memories: 16, Storage: 1_000_000, Emit: 0.3, Overhead: 1e-5, Link: 0.9975, Gate: 0.9997, Readout: 0.9995,
            T2: 900, Attenuation: 0.2, StockFactor: 10);
        string pool = $$"""
            {"name":"chain","a":"S0","b":"S{{Segments}}","class":"coordination","slots":16,
             "pricePerSlotSecondWei":1,"demand":{"kind":"saturated"} }
            """;
        return Scenarios.Text(0, hardware, sites.ToString(), links.ToString(), pool);
    }
}
