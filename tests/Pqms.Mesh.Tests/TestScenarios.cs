using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests;

/// <summary>Small scenarios built by hand.</summary>
internal static class TestScenarios
{
    public const double Floor = 0.95;

    public static readonly HardwareProfile Profile = new(
        "hypothetical-2035",
        "hypothetical",
        CommunicationMemoriesPerLinkEnd: 16,
        StorageMemoriesPerEndNode: 1024,
        EmitTimesDetect: 0.30,
        AttemptOverheadSeconds: 10e-6,
        LinkFidelity: 0.9975,
        GateFidelity: 0.9997,
        ReadoutFidelity: 0.9995,
        T2Seconds: 900.0,
        LinkCutOffSeconds: 0.5,
        AttenuationDbPerKm: 0.2,
        StockFactor: 1.6,
        new Dictionary<string, string>(StringComparer.Ordinal));

    /// <summary>A line of equal spans with some pools from end to end.</summary>
    public static Scenario Chain(
        int spans, int pools = 1, double spanMeters = 72_000, int slots = 15, HardwareProfile? profile = null)
    {
        List<ScenarioSite> sites = [new("S0", 50, 10)];
        List<ScenarioLink> links = [];
        for (int i = 1; i <= spans; i++)
        {
            sites.Add(new ScenarioSite($"S{i}", 50, 10 + i));
            links.Add(new ScenarioLink($"S{i - 1}", $"S{i}", spanMeters));
        }

        List<ScenarioPool> made = [];
        for (int i = 0; i < pools; i++)
        {
            made.Add(new ScenarioPool($"pool{i}", "S0", $"S{spans}", "standard", Floor, slots, 1));
        }

        return new Scenario(
            "chain", "A line.", 1, 60, 1, "hypothetical-2035", profile ?? Profile, sites, links, made, 75_000, 80_000);
    }

    public static MeshTime At(long seconds) => MeshTime.FromSeconds(seconds);

    /// <summary>An emulator that has reached its era's start, at 1,000 s.</summary>
    public static MeshEmulator Started(Scenario scenario, ulong seed = 1, MeshOptions? options = null)
    {
        MeshEmulator mesh = new(scenario, seed, At(1000), options);
        mesh.AdvanceTo(At(1000));
        return mesh;
    }

    public static RequestCommand Request(
        ulong id, long start, long end, int slots = 15, int pool = 0, int takesPerMinute = 30) =>
        new(id, pool, slots, At(start), At(end), Floor, 0, takesPerMinute, 1);
}
