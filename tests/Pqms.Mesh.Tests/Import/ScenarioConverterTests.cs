using System.Text.Json;
using Pqms.Mesh.Import;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Tests.Scenarios;

namespace Pqms.Mesh.Tests.Import;

public sealed class ScenarioConverterTests
{
    private static readonly string Profiles = ScenarioFiles.Text("german-backbone");

    private static readonly ImportOptions Options = new() { Name = "imported", FileName = "Test.gml" };

    [Fact]
    public void Convert_GivenARepairedTopology_writesAScenarioThatTheReaderAccepts()
    {
        ConvertedScenario converted = Convert(Clean(Fixtures.Gml), Options with { Seed = 7 });
        Scenario scenario = Accepted(converted);

        Assert.Equal(("imported", 7UL, "hypothetical-2035"), (scenario.Name, scenario.Seed, scenario.ProfileName));
        Assert.Equal(
            ["Alpha & Omega", "Beta", "Gamma", "8", "Beta 2", "Far_away_1"], scenario.Sites.Select(site => site.Name));
        Assert.Equal(
            [("Alpha & Omega", "Beta"), ("Beta", "Gamma"), ("Gamma", "8"), ("Beta 2", "Far_away_1")],
            scenario.Links.Select(link => (link.A, link.B)));
        Assert.Equal(1.0, scenario.Links[2].LengthMeters);
        Assert.Equal(
            "1 links between sites at one place made 1 m long: Gamma - 8",
            converted.Notes.Single(note => note.Kind == ImportNoteKind.LinkLengthened).ToString());
        Assert.Equal(
            "Imported from Test.gml: 6 sites, 4 links (Test & net, Nowhere, made by hand).", scenario.Description);
    }

    [Fact]
    public void Convert_GivenProfiles_takesThemOverWithTheirSources()
    {
        using JsonDocument shipped = JsonDocument.Parse(Profiles);
        using JsonDocument written = JsonDocument.Parse(Convert(Clean(Fixtures.Gml), Options).Json);

        Assert.Equal(
            shipped.RootElement.GetProperty("profiles").GetRawText(),
            written.RootElement.GetProperty("profiles").GetRawText());
        Assert.Equal(
            "2 sites without coordinates at the mean of their neighbours; Test.gml: Test & net, Nowhere, made by hand",
            written.RootElement.GetProperty("coordinateSource").GetString());
    }

    [Fact]
    public void Convert_GivenTheSameTwice_writesTheSameText() =>
        Assert.Equal(Convert(Clean(Fixtures.Gml), Options).Json, Convert(Clean(Fixtures.Gml), Options).Json);

    [Fact]
    public void Convert_GivenDistances_splitsLinksByThem()
    {
        Scenario scenario = Accepted(Convert(Star(3), Options with
        {
            RepeaterEveryMeters = 10_000,
            SplitAboveMeters = 20_000,
            FibreFactor = 1.5,
        }));

        Assert.Equal((10_000, 20_000), (scenario.RepeaterEveryMeters, scenario.SplitAboveMeters));

        // One degree of the sphere of radius 6,371,008.8 m, times 1.5.
        Assert.Equal(1.5 * 6_371_008.8 * Math.PI / 180, scenario.Links[0].LengthMeters, 1e-3);
    }

    [Fact]
    public void Convert_GivenAStarWithAChord_putsPoolsBetweenTheGreatestSitesPairwise()
    {
        // Site 0 has four links, 3 and 4 have two, 1 and 2 one.
        ImportedTopology star = Star(4) with { Edges = [.. Star(4).Edges, new ImportedEdge(3, 4)] };

        ConvertedScenario converted = Convert(star, Options with { Pools = 5, ClassName = "key", Slots = 3 });

        Assert.Equal(
            ["s0-s3", "s0-s4", "s3-s4", "s0-s1", "s3-s1"],
            converted.Pools.Select(pool => pool.Name));
        Assert.All(converted.Pools, pool => Assert.Equal(("key", 3), (pool.ClassName, pool.Slots)));
        Assert.Equal(500_000_000_000UL, Accepted(converted).Pools[0].PricePerSlotSecondWei);
    }

    [Fact]
    public void Convert_GivenEachClass_pricesItTwiceTheOneBelow()
    {
        ulong[] prices = [.. FidelityClasses.All.Select(entry =>
            Accepted(Convert(Star(2), Options with { ClassName = entry.Key })).Pools[0].PricePerSlotSecondWei)];

        Assert.True(prices[0] > 0);
        Assert.All(prices.Zip(prices.Skip(1)), pair => Assert.Equal(2 * pair.First, pair.Second));
    }

    [Fact]
    public void Convert_GivenMorePoolsThanMemories_makesWhatFits()
    {
        // 1,024 storage memories a site and ceil(1.6 x 300) = 480 places: two pools may end at one site.
        ConvertedScenario converted = Convert(Star(6), Options with { Pools = 100, Slots = 300 });

        _ = Accepted(converted);
        Assert.All(
            converted.Pools.SelectMany(pool => (string[])[pool.A, pool.B]).CountBy(site => site),
            site => Assert.InRange(site.Value, 1, 2));
        Assert.Equal(100 - converted.Pools.Count, Fixtures.Count(converted.Notes, ImportNoteKind.FewerPools));
    }

    [Fact]
    public void Convert_GivenSitesOfOneKey_namesPoolsApart()
    {
        ImportedTopology network = TopologyCleaner.Clean(Fixtures.Network(
            [Fixtures.Site("Köln", 1, 1), Fixtures.Site("KÖLN", 1, 2), Fixtures.Site("東京", 1, 3)],
            (0, 1), (1, 2), (2, 0)));

        ConvertedScenario converted = Convert(network, Options);

        _ = Accepted(converted);
        Assert.Equal(["koeln-koeln", "koeln-site", "koeln-site-2"], converted.Pools.Select(pool => pool.Name));
    }

    [Theory]
    [InlineData(0, 40, "1 sites and no link", "at least two sites")]
    [InlineData(3, 700, "700 slots a pool", "storage memories")]
    public void Convert_GivenNothingToConnect_refuses(int leaves, int slots, string value, string allowed)
    {
        ImportProblem problem = Assert.Single(
            ScenarioConverter.Convert(Star(leaves), Profiles, Options with { Slots = slots }).Problems);

        Assert.Equal(value, problem.Value);
        Assert.Contains(allowed, problem.Allowed);
    }

    [Fact]
    public void Convert_GivenBrokenProfiles_namesTheirProblem()
    {
        ImportProblem problem = Assert.Single(ScenarioConverter.Convert(
            Star(2), Profiles.Replace("\"seed\": 20261120", "\"seed\": -1"), Options).Problems);

        Assert.Equal("$.seed: -1", problem.Value);
    }

    [Theory]
    [InlineData("Dfn", "dfn")]
    [InlineData("AT&T (2007) ", "at-t-2007")]
    [InlineData("Zürich_Ærø", "zuerich-aeroe")]
    [InlineData("東京", "imported")]
    public void NameOf_GivenAFileName_makesAKey(string text, string key) =>
        Assert.Equal(key, ScenarioConverter.NameOf(text));

    private static ImportedTopology Clean(string gml) => TopologyCleaner.Clean(Fixtures.Read(GmlReader.Parse(gml)));

    private static ImportedTopology Star(int leaves) => Fixtures.Network(
        [.. Enumerable.Range(0, leaves + 1).Select(i => Fixtures.Site($"S{i}", 0, i))],
        [.. Enumerable.Range(1, leaves).Select(i => (0, i))]);

    private static ConvertedScenario Convert(ImportedTopology topology, ImportOptions options)
    {
        ImportResult<ConvertedScenario> result = ScenarioConverter.Convert(topology, Profiles, options);
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        return result.Value;
    }

    private static Scenario Accepted(ConvertedScenario converted)
    {
        ScenarioResult result = ScenarioReader.Parse(converted.Json);
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        return result.Scenario;
    }
}
