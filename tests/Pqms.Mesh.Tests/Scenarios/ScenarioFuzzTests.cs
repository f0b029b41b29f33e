using System.Globalization;
using System.Text.Json.Nodes;
using Pqms.Mesh.Scenarios;
using Pqms.Mesh.Topology;
using Pqms.Physics.Numerics;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>
/// Whatever stands in a file, the reader answers with a scenario or with problems, never with an exception; and the
/// mesh
/// can be built from what it accepts.
/// </summary>
public class ScenarioFuzzTests
{
    private static readonly string FullText = FullScenario.Json().ToJsonString();

    private static readonly string[] Values =
    [
        "0", "1", "-1", "0.5", "1e-9", "1e-8", "1e-6", "1e9", "1e12", "1e999", "1e-320", "4096", "18446744073709551615",
        "true", "false", "null", "\"\"", "\"A\"", "\"B - C\"", "\"red\"", "\"published\"", "\"hard\"", "\"poisson\"",
        "\"slotted\"", "\"single-click\"", "\"free-space\"", "\"on-demand\"", "\"two\"", "[]", "{}", "[{}]",
        """{ "kind": "hard", "seconds": 1e-9 }""", """{ "efficiency": 1e-300 }""", """{ "value": 1, "source": "x" }""",
    ];

    [Fact]
    public void Parse_GivenRandomChanges_answersWithAScenarioOrProblems()
    {
        // One to four changes of the full scenario at random places, key 11.
        string[] paths = [.. PathsOf(FullScenario.Json(), "$")];
        RandomStream random = new(11, 0, 0);
        ulong counter = 0;
        int Draw(int below) => (int)(random.Uniform(counter++) * below);
        int count = TestProfile.Count(600, 20_000);
        int valid = 0;
        for (int i = 0; i < count; i++)
        {
            var changes = new List<(string, string)>();
            for (int changed = Draw(4); changed >= 0; changed--)
            {
                changes.Add((paths[Draw(paths.Length)], Values[Draw(Values.Length)]));
            }

            OverrideResult text = ScenarioOverrides.Apply(FullText, changes);
            if (!text.IsValid)
            {
                Assert.NotEmpty(text.Problems);
                continue;
            }

            ScenarioResult result = ScenarioReader.Parse(text.Json);
            Assert.Equal(result.IsValid, result.Problems.Count == 0);
            Assert.All(result.Problems, problem => Assert.StartsWith("$", problem.Path));
            if (result.IsValid)
            {
                Assert.NotEmpty(MeshTopology.Build(result.Scenario).Spans);
                Assert.Equal(0UL, new MeshEmulator(result.Scenario, 1, TestScenarios.At(0)).Statistics(0).Generated);
                valid++;
            }
        }

        Assert.InRange(valid, count / 50, count / 2);
    }

    [Fact]
    public void Parse_GivenEveryPrefixOfAFile_answersWithProblems()
    {
        for (int length = 0; length < FullText.Length; length += 7)
        {
            Assert.False(ScenarioReader.Parse(FullText[..length]).IsValid);
        }
    }

    private static IEnumerable<string> PathsOf(JsonNode? node, string path)
    {
        IEnumerable<(string, JsonNode?)> children = node switch
        {
            JsonObject record => record.Select(p => ($"{path}.{p.Key}", p.Value)),
            JsonArray list => list.Select(
                (item, i) => (string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), item)),
            _ => [],
        };
        foreach ((string at, JsonNode? child) in children)
        {
            yield return at;
            foreach (string below in PathsOf(child, at))
            {
                yield return below;
            }
        }
    }
}
