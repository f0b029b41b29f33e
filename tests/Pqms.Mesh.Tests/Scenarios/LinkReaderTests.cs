using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

public class LinkReaderTests
{
    // Loss that leaves less than 1e-15: 2 arms of 300 km at 0.2 dB/km are 120 dB, one-click needs one arm only.
    [Theory]
    [InlineData(0, "double-click", 700_000, 650_000)]
    [InlineData(1, "barrett-kok", 700_000, 650_000)]
    [InlineData(2, "single-click", 1_450_000, 1_350_000)]
    public void Parse_GivenAFibreWithoutLight_refusesEveryKind(int link, string kind, int tooLong, int justShort)
    {
        (string, string) Length(int meters) => ($"$.links[{link}].lengthMeters", $"{meters}");
        (string, string)[] common =
            [("$.splitAboveMeters", "2000000"), ("$.links[*].darkCountProbability", "null"), ("$.faults", "[]")];
        ScenarioResult refused = FullScenario.With([.. common, Length(tooLong)]);
        ScenarioProblem problem = Assert.Single(refused.Problems);
        Assert.Equal($"$.links[{link}]", problem.Path);
        Assert.EndsWith($"over {tooLong} m", problem.Value);
        ScenarioResult read = FullScenario.With([.. common, Length(justShort)]);
        Assert.Empty(read.Problems);
        Assert.Equal(kind, Keys<LinkKind>.Of(read.Scenario!.Links[link].Settings.Kind));
    }

    [Fact]
    public void Parse_GivenPlatformsThatDiffer_needsATransducer()
    {
        // The site of another profile has both its links refused but the one with a transducer and the abstract one.
        (string, string) other = ("$.profiles[1].platform", "\"colour centres\"");
        (string, string)[] atB = [other, ("$.sites[1].profile", "\"published\"")];
        ScenarioProblem problem = Assert.Single(FullScenario.With(atB).Problems);
        Assert.Equal(("$.links[1].transducer", "(missing)"), (problem.Path, problem.Value));
        Assert.Contains("trapped ions", problem.Allowed);
        Assert.Contains("colour centres", problem.Allowed);
        Assert.Empty(FullScenario.With([.. atB, ("$.links[1].transducer", """{"efficiency":0.3}""")]).Problems);
        Assert.Empty(FullScenario.With(other, ("$.sites[6].profile", "\"published\"")).Problems);
        Assert.Empty(FullScenario.With(("$.sites[1].profile", "\"published\"")).Problems);
    }

    [Fact]
    public void Parse_GivenRepeatersOfAnotherPlatform_needsATransducer()
    {
        (string, string)[] ends =
        [
            ("$.profiles[1].platform", "\"colour centres\""), ("$.sites[1].profile", "\"published\""),
            ("$.sites[2].profile", "\"published\""), ("$.links[2].transducer", """{"efficiency":0.3}"""),
        ];
        Assert.Empty(FullScenario.With(ends).Problems);
        Assert.Equal(
            "$.links[1].transducer",
            Assert.Single(FullScenario.With([.. ends, ("$.links[1].lengthMeters", "90000")]).Problems).Path);
    }

    [Fact]
    public void Parse_GivenNoCoordinates_namesEverySiteOnce()
    {
        ScenarioResult result = FullScenario.With(
            ("$.links[0].lengthMeters", "null"), ("$.links[1].lengthMeters", "null"));
        Assert.Equal(
            ["$.sites[1].latitude", "$.sites[2].latitude"], result.Problems.Select(problem => problem.Path));
    }

    [Theory]
    [InlineData("free-space", 3)]
    [InlineData("poisson", 4)]
    [InlineData("slotted", 5)]
    public void Build_GivenALinkThatIsNoFibre_leavesItWhole(string kind, int link)
    {
        Scenario scenario = FullScenario.With(("$.links[3].freeSpace.armMeters", "1e6")).Scenario!;
        Assert.Equal(kind, Keys<LinkKind>.Of(scenario.Links[link].Settings.Kind));
        Mesh.Topology.MeshNetwork network = Mesh.Topology.MeshTopology.Build(scenario);
        Assert.Equal(scenario.Links[link].LengthMeters, Assert.Single(network.Spans, s => s.LinkIndex == link).Meters);
    }
}
