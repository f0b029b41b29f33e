using System.Text;
using System.Text.Json.Nodes;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

public class ScenarioReaderTests
{
    private static readonly string Good = ScenarioFiles.Text("three-repeaters");

    // Where, what to put there as JSON (null removes the field), the value reported.
    [Theory]
    [InlineData("$.pools[0].slots", "0", "0")]
    [InlineData("$.pools[0].slots", "32768", "32768")]
    [InlineData("$.pools[0].slots", "1.5", "1.5")]
    [InlineData("$.pools[0].slots", "\"15\"", "\"15\"")]
    [InlineData("$.pools[0].slots", null, "(missing)")]
    [InlineData("$.pools[0].slots", "1000", "1000 (1600 places, 1600 at Leipzig)")]
    [InlineData("$.pools[0].class", "\"gold\"", "\"gold\"")]
    [InlineData("$.pools[0].fidelityFloor", "0.5", "0.5")]
    [InlineData("$.pools[0].fidelityFloor", "1", "1")]
    [InlineData("$.pools[0].fidelityFloor", "0.94", "0.94")]
    [InlineData("$.pools[0].b", "\"Bonn\"", "\"Bonn\"")]
    [InlineData("$.pools[0].b", "\"Leipzig\"", "\"Leipzig\"")]
    [InlineData("$.pools[0].pricePerSlotSecondWei", "-1", "-1")]
    [InlineData("$.pools[0].pricePerSlotSecondWei", "18446744073709551616", "18446744073709551616")]
    [InlineData("$.pools[0].name", "\"Not a key\"", "\"Not a key\"")]
    [InlineData("$.links[0].lengthMeters", "0", "0")]
    [InlineData("$.links[0].lengthMeters", "1e999", "1e999")]
    [InlineData("$.links[0].a", "\"Bonn\"", "\"Bonn\"")]
    [InlineData("$.sites[0].latitude", "90.5", "90.5")]
    [InlineData("$.sites[0].latitude", "\"NaN\"", "\"NaN\"")]
    [InlineData("$.sites[0].name", "\"A~B#1\"", "\"A~B#1\"")]
    [InlineData("$.sites[0].name", "\"\"", "\"\"")]
    [InlineData("$.sites[1].name", "\"Leipzig\"", "\"Leipzig\"")]
    [InlineData("$.sites[0].name", "\"\\ud800\"", "\"\\ud800\"")]
    [InlineData("$.sites[0].name", "\"two\\nlines\"", "\"two\\nlines\"")]
    [InlineData("$.sites", "[]", "0 items")]
    [InlineData("$.sites", "7", "7")]
    [InlineData("$.seed", "-1", "-1")]
    [InlineData("$.seed", "1e3", "1e3")]
    [InlineData("$.seed", null, "(missing)")]
    [InlineData("$.blockSeconds", "0", "0")]
    [InlineData("$.warmUpSeconds", "86401", "86401")]
    [InlineData("$.splitAboveMeters", "70000", "70000")]
    [InlineData("$.profile", "\"other\"", "other")]
    [InlineData("$.profiles[1].name", "\"hypothetical-2035\"", "\"hypothetical-2035\"")]
    [InlineData("$.profiles[0].linkFidelity.value", "0.5", "0.5")]
    [InlineData("$.profiles[0].linkFidelity.source", null, "(missing)")]
    [InlineData("$.profiles[0].linkFidelity", "0.9975", "0.9975")]
    [InlineData("$.profiles[1].t2Seconds.value", "0", "0")]
    public void Parse_GivenABadValue_namesPathAndValue(string path, string? json, string value)
    {
        ScenarioResult result = ScenarioReader.Parse(Replace(path, json));
        Assert.False(result.IsValid);
        ScenarioProblem problem = Assert.Single(result.Problems, p => p.Path == path);
        Assert.Equal(value, problem.Value);
        Assert.NotEmpty(problem.Allowed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,]")]
    [InlineData("{\"name\": NaN}")]
    [InlineData("{} // comment")]
    [InlineData("/* comment */ {}")]
    [InlineData("[[[[[[[[[[[[1]]]]]]]]]]]]")]
    public void Parse_GivenNoJson_saysWhere(string text)
    {
        ScenarioProblem problem = Assert.Single(ScenarioReader.Parse(text).Problems);
        Assert.Equal("$", problem.Path);
        Assert.NotEmpty(problem.Value);
    }

    [Fact]
    public void Parse_GivenHalfASurrogatePair_refuses() => Assert.Equal(
        "half of a surrogate pair", Assert.Single(ScenarioReader.Parse("{\"name\": \"\ud800\"}").Problems).Value);

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    public void Parse_GivenNoObject_refuses(string text) =>
        Assert.Equal(text, Assert.Single(ScenarioReader.Parse(text).Problems).Value);

    [Fact]
    public void Parse_GivenUnknownAndRepeatedFields_namesThem()
    {
        string text = Good.Replace("\"seed\":", "\"seeed\": 1, \"name\": \"again\", \"seed\":");
        ScenarioResult result = ScenarioReader.Parse(text);
        Assert.Equal(["\"seeed\": 1", "\"again\""], result.Problems.Select(p => p.Value));
        Assert.Equal(["$", "$.name"], result.Problems.Select(p => p.Path));
    }

    [Fact]
    public void Parse_GivenADoubledLink_refusesEitherDirection()
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        file["links"]!.AsArray().Add(JsonNode.Parse("""{ "a": "Nürnberg", "b": "Leipzig" }"""));
        Assert.Equal("$.links[1]", Assert.Single(ScenarioReader.Parse(file.ToJsonString()).Problems).Path);
    }

    [Fact]
    public void Parse_GivenUnconnectedPool_refuses()
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        file["sites"]!.AsArray().Add(JsonNode.Parse("""{ "name": "Bonn", "latitude": 50.7, "longitude": 7.1 }"""));
        file["pools"]![0]!["b"] = "Bonn";
        ScenarioProblem problem = Assert.Single(ScenarioReader.Parse(file.ToJsonString()).Problems);
        Assert.Equal(("$.pools[0]", "Leipzig - Bonn"), (problem.Path, problem.Value));
    }

    [Fact]
    public void Parse_GivenASpanWithoutLight_refuses()
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        file["splitAboveMeters"] = 2_000_000;
        file["links"]![0]!["lengthMeters"] = 700_000;
        ScenarioProblem problem = Assert.Single(ScenarioReader.Parse(file.ToJsonString()).Problems);
        Assert.Equal("$.links[0]", problem.Path);
        Assert.EndsWith("over 700000 m", problem.Value);
        file["links"]![0]!["lengthMeters"] = 650_000;
        Assert.True(ScenarioReader.Parse(file.ToJsonString()).IsValid);
    }

    [Fact]
    public void Parse_GivenSpansWithoutEnd_refuses()
    {
        JsonObject file = JsonNode.Parse(Good)!.AsObject();
        var sites = new JsonArray();
        var links = new JsonArray();
        for (int i = 0; i < 60; i++)
        {
            // Each span stays short; only their number is too large.
            sites.Add(new JsonObject { ["name"] = $"s{i}", ["latitude"] = i, ["longitude"] = 0 });
            if (i > 0)
            {
                links.Add(new JsonObject { ["a"] = $"s{i - 1}", ["b"] = $"s{i}", ["lengthMeters"] = 40_000_000 });
            }
        }

        (file["sites"], file["links"], file["repeaterEveryMeters"]) = (sites, links, 1000);
        file["pools"]![0]!["a"] = "s0";
        file["pools"]![0]!["b"] = "s1";
        ScenarioProblem problem = Assert.Single(ScenarioReader.Parse(file.ToJsonString()).Problems);
        Assert.Equal("$.repeaterEveryMeters", problem.Path);
    }

    [Fact]
    public void Parse_GivenThousandsOfProblems_stopsAtTheBound()
    {
        string sites = string.Join(',', Enumerable.Repeat("{}", 5000));
        ScenarioResult result = ScenarioReader.Parse($"{{\"sites\": [{sites}]}}");
        Assert.Equal(ScenarioReader.MaxProblems, result.Problems.Count);
    }

    [Fact]
    public void Parse_GivenTooManyCharacters_refusesBeforeReading()
    {
        ScenarioResult result = ScenarioReader.Parse(new string(' ', (16 * 1024 * 1024) + 1));
        Assert.Equal("16777217 characters", Assert.Single(result.Problems).Value);
    }

    [Fact]
    public void Parse_GivenBytes_readsThemLikeText()
    {
        Scenario fromText = ScenarioReader.Parse(Good).Scenario!;
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good)];
        Scenario fromBytes = ScenarioReader.Parse(bytes).Scenario!;
        Assert.Equal(fromText.Links, fromBytes.Links);
        Assert.Equal(fromText.Sites, fromBytes.Sites);
        Assert.False(ScenarioReader.Parse((byte[])[(byte)'{', 0xFF, (byte)'}']).IsValid);
    }

    [Fact]
    public void Parse_GivenAnotherProfile_usesIt()
    {
        ScenarioResult result = ScenarioReader.Parse(Good, "published");
        Assert.Equal(0.969, result.Scenario!.Profile.LinkFidelity);
        Assert.Equal("$.profile", Assert.Single(ScenarioReader.Parse(Good, "none").Problems).Path);
    }

    private static string Replace(string path, string? json)
    {
        JsonNode root = JsonNode.Parse(Good)!;
        int dot = path.LastIndexOf('.');
        JsonObject parent = Find(root, path[..dot]).AsObject();
        string name = path[(dot + 1)..];
        if (json is null)
        {
            parent.Remove(name);
            return root.ToJsonString();
        }

        // JsonNode refuses some of the values: put them in as text.
        parent[name] = "PLACEHOLDER";
        return root.ToJsonString().Replace("\"PLACEHOLDER\"", json);
    }

    private static JsonNode Find(JsonNode root, string path)
    {
        JsonNode at = root;
        foreach (string step in path.Split('.', '[').Skip(1))
        {
            at = step.EndsWith(']') ? at[int.Parse(step[..^1])]! : at[step]!;
        }

        return at;
    }
}
