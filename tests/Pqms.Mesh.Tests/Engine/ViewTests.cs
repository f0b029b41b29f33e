using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>What people are shown of a running mesh.</summary>
public sealed class ViewTests
{
    private const long Start = 1_000_000;

    [Fact]
    public void Links_GivenTheBackbone_addUpToAllLinkPairs()
    {
        var (scenario, mesh) = Run("german-backbone", 20);

        IReadOnlyList<LinkView> links = mesh.Links();

        Assert.Equal(scenario.Links.Count, links.Count);
        Assert.Equal(mesh.Totals.LinkPairsGenerated, links.Aggregate(0UL, (sum, link) => sum + link.Generated));
        Assert.Equal(mesh.Totals.LinkPairsStored, links.Aggregate(0UL, (sum, link) => sum + link.Stored));
        Assert.All(links, link => Assert.Equal(link.Pools > 0, link.FreshFidelity is > 0.5 and < 1));
        Assert.All(links, link => Assert.True(link is { IsUp: true, IsSuspected: false }));
        Assert.Contains(links, link => link.Pools == 0);
    }

    [Fact]
    public void Links_GivenABreak_tellWhichOneIsDown()
    {
        Scenario scenario = ScenarioFiles.Read("attacked-backbone");
        MeshEmulator mesh = new(scenario, scenario.Seed, TestScenarios.At(Start));
        List<int> down = [];
        for (int second = 0; second < 1_800; second += 30)
        {
            mesh.AdvanceTo(TestScenarios.At(Start + second));
            down.AddRange(mesh.Links().Where(link => !link.IsUp).Select(link => link.LinkIndex));
        }

        Assert.NotEmpty(down);
        Assert.InRange(down.Distinct().Count(), 1, scenario.Links.Count / 2);
    }

    [Fact]
    public void EstimateRange_GivenAStock_holdsItsMeanAndStaysAboveTheFloor()
    {
        var (scenario, mesh) = Run("german-backbone", 20);

        for (int pool = 0; pool < scenario.Pools.Count; pool++)
        {
            (double least, double greatest) = mesh.EstimateRange(pool);
            PoolView view = mesh.View(pool);
            Assert.True(view.Counters.Stock > 0);
            Assert.InRange(view.Counters.FidelityEstimateMean, least, greatest);
            Assert.InRange(least, view.FidelityFloor, view.FreshFidelity);
            Assert.True(greatest > least, $"{least} to {greatest}");
        }
    }

    [Fact]
    public void Views_WhenRead_changeNothing()
    {
        var (scenario, watched) = Run("german-backbone", 5);
        var (_, alone) = Run("german-backbone", 5);
        for (int second = 6; second < 12; second++)
        {
            _ = watched.Links();
            _ = watched.EstimateRange(scenario.Pools.Count - 1);
            watched.AdvanceTo(TestScenarios.At(Start + second));
        }

        alone.AdvanceTo(TestScenarios.At(Start + 11));
        Assert.Equal(alone.StateHash(), watched.StateHash());
    }

    private static (Scenario Scenario, MeshEmulator Mesh) Run(string name, int seconds)
    {
        Scenario scenario = ScenarioFiles.Read(name);
        MeshEmulator mesh = new(scenario, scenario.Seed, TestScenarios.At(Start));
        mesh.AdvanceTo(TestScenarios.At(Start + seconds));
        return (scenario, mesh);
    }
}
