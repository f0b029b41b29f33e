using System.Text.Json.Nodes;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

public class ScenarioOverridesTests
{
    private const string Small = """
        { "seed": 1, "name": "Nürnberg", "exact": 1.50e1, "pools": [ { "slots": 1 }, { "slots": 2 } ], "none": [] }
        """;

    [Theory]
    [InlineData("$.seed", "7", "seed", "7")]
    [InlineData("$.pools[1].slots", "3", "pools", """[{"slots":1},{"slots":3}]""")]
    [InlineData("$.pools[*].slots", "3", "pools", """[{"slots":3},{"slots":3}]""")]
    [InlineData("$.pools[0]", """{ "a": 1 }""", "pools", """[{"a":1},{"slots":2}]""")]
    [InlineData("$.pools[*].demand.rate", "0.5", "pools",
        """[{"slots":1,"demand":{"rate":0.5}},{"slots":2,"demand":{"rate":0.5}}]""")]
    [InlineData("$.health", """{ "share": 0.1 }""", "health", """{"share":0.1}""")]
    [InlineData("$.planner.site", "\"Köln\"", "planner", """{"site":"Köln"}""")]
    [InlineData("$.pools[1].slots", "null", "pools", """[{"slots":1},{}]""")]
    [InlineData("$.seed", "1e-3", "exact", "1.50e1")]
    public void Apply_GivenAPath_putsTheValueThere(string path, string value, string field, string expected)
    {
        OverrideResult result = ScenarioOverrides.Apply(Small, [(path, value)]);
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        Assert.Contains($"\"{field}\":{expected}", result.Json);
        Assert.Contains("Nürnberg", result.Json);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("seed", "seed")]
    [InlineData("$", "$")]
    [InlineData("$.", "$.")]
    [InlineData("$seed", "$seed")]
    [InlineData("$..seed", "$..seed")]
    [InlineData("$.pools[", "$.pools[")]
    [InlineData("$.pools[]", "$.pools[]")]
    [InlineData("$.pools[-1]", "$.pools[-1]")]
    [InlineData("$.pools[9999999999]", "$.pools[9999999999]")]
    [InlineData("$.pools]", "$.pools]")]
    public void Apply_GivenNoPath_refuses(string path, string value)
    {
        ScenarioProblem problem = Assert.Single(ScenarioOverrides.Apply(Small, [(path, "1")]).Problems);
        Assert.Equal((path, value), (problem.Path, problem.Value));
    }

    [Theory]
    [InlineData("$.pools[2].slots", "1", "$.pools", "[2]")]
    [InlineData("$.none[*].slots", "1", "$.none", "[*]")]
    [InlineData("$.none[0]", "1", "$.none", "[0]")]
    [InlineData("$.missing[0].slots", "1", "$.missing", "(missing)")]
    [InlineData("$.seed[0]", "1", "$.seed", "1")]
    [InlineData("$.seed.value", "1", "$.seed", "1")]
    [InlineData("$.pools.slots", "1", "$.pools", """[{"slots":1},{"slots":2}]""")]
    [InlineData("$.pools[1].slots.value", "1", "$.pools[1].slots", "2")]
    [InlineData("$.pools[0]", "null", "$.pools[0]", "null")]
    [InlineData("$.seed", "Köln", "$.seed", "Köln")]
    [InlineData("$.seed", "", "$.seed", "")]
    [InlineData("$.seed", "NaN", "$.seed", "NaN")]
    [InlineData("$.seed", """{ "a": 1, "a": 2 }""", "$.seed", """{ "a": 1, "a": 2 }""")]
    public void Apply_GivenNothingThere_namesThePlace(string path, string json, string where, string value)
    {
        ScenarioProblem problem = Assert.Single(ScenarioOverrides.Apply(Small, [(path, json)]).Problems);
        Assert.Equal((where, value), (problem.Path, problem.Value));
        Assert.NotEmpty(problem.Allowed);
    }

    [Theory]
    [InlineData("", "line 1, byte 1")]
    [InlineData("[]", "no object")]
    [InlineData("null", "no object")]
    [InlineData("""{ "a": 1, "a": 2 }""", "a field that comes twice")]
    [InlineData("""{ "a": "\ud800" }""", "half of a surrogate pair")]
    public void Apply_GivenNoObject_refuses(string json, string value) => Assert.Equal(
        value, Assert.Single(ScenarioOverrides.Apply(json, [("$.seed", "1")]).Problems).Value);

    [Fact]
    public void Apply_GivenSeveral_laterOnesSeeEarlierOnes()
    {
        OverrideResult result = ScenarioOverrides.Apply(
            Small, [("$.pools", """[{"slots":9}]"""), ("$.pools[0].weight", "2"), ("$.pools[0].slots", "null")]);
        Assert.Equal("""[{"weight":2}]""", JsonNode.Parse(result.Json!)!["pools"]!.ToJsonString());
    }

    [Fact]
    public void Apply_GivenNullOnAMissingSection_makesNothing() => Assert.DoesNotContain(
        "health", ScenarioOverrides.Apply(Small, [("$.health.share", "null")]).Json);

    [Fact]
    public void Apply_GivenShippedScenarios_changesNothingElse()
    {
        foreach (string name in ScenarioFiles.Names)
        {
            string text = ScenarioFiles.Text(name);
            OverrideResult result = ScenarioOverrides.Apply(text, [("$.seed", "18446744073709551615")]);
            JsonNode expected = JsonNode.Parse(text)!;
            expected["seed"] = ulong.MaxValue;
            Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(result.Json!)), name);
            Assert.Equal(ulong.MaxValue, ScenarioReader.Parse(result.Json!).Scenario!.Seed);
        }
    }

    [Fact]
    public void Apply_GivenThousandsOfProblems_stopsAtTheBound()
    {
        var bad = Enumerable.Repeat(("$.pools[7]", "1"), 5000).ToList();
        Assert.Equal(ScenarioReader.MaxProblems, ScenarioOverrides.Apply(Small, bad).Problems.Count);
    }
}
