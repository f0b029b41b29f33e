using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests;

/// <summary>Abstract pools of the literature as scenarios: links without length, ideal swaps, one pool.</summary>
internal static class TheoryScenario
{
    /// <summary>Ideal gates, one memory per link end, no warm-up, no spread of the truth.</summary>
    public static HardwareProfile Profile(double depolarisingSeconds = double.PositiveInfinity) =>
        TestScenarios.Profile with
        {
            CommunicationMemoriesPerLinkEnd = 1,
            StorageMemoriesPerEndNode = 1_000_000,
            GateFidelity = 1.0,
            ReadoutFidelity = 1.0,
            T2Seconds = double.PositiveInfinity,
            DepolarisingSeconds = depolarisingSeconds,
            LinkCutOffSeconds = 3600.0,
            InfidelitySpread = 0.0,
        };

    public static Scenario Of(LinkSettings link, PoolSettings pool, HardwareProfile profile, int spans = 1)
    {
        Scenario chain = TestScenarios.Chain(spans, profile: profile);
        return chain with
        {
            WarmUpSeconds = 0,
            Links = [.. chain.Links.Select(made => made with { Settings = link })],
            Pools = [chain.Pools[0] with { Settings = pool, FidelityFloor = 0.5, Slots = 1 }],
        };
    }

    /// <summary>Runs from 0 and gives the sums between two moments.</summary>
    public static (PoolStatistics From, PoolStatistics To) Run(
        Scenario scenario, long fromSeconds, long toSeconds, ulong seed = 1, MeshOptions? options = null)
    {
        MeshEmulator mesh = new(scenario, seed, TestScenarios.At(0), options);
        mesh.AdvanceTo(TestScenarios.At(fromSeconds));
        PoolStatistics from = mesh.Statistics(0);
        mesh.AdvanceTo(TestScenarios.At(toSeconds));
        return (from, mesh.Statistics(0));
    }
}
