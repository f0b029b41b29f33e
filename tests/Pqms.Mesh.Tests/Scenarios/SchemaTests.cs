using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

public class SchemaTests
{
    private static readonly JsonSerializerOptions AllNumbers = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static readonly string[] ForPeople = ["description", "title", "default", "$schema"];

    [Fact]
    public void Schema_GivenTheReadersFormat_saysTheSame()
    {
        JsonObject schema = JsonNode.Parse(ScenarioFiles.Text("scenario.schema"))!.AsObject();
        JsonNode expected = Describe(ScenarioFormat.Root);
        JsonNode actual = WithoutWords(schema, isSchema: true);
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }

    [Fact]
    public void Defaults_GivenTheSchema_areThoseOfTheReader()
    {
        // A default spelled out gives the same scenario as the field left out, wherever the kind allows the field.
        JsonObject schema = JsonNode.Parse(ScenarioFiles.Text("scenario.schema"))!.AsObject();
        List<(string Place, string Name, JsonNode Value)> defaults = [];
        Walk(schema, FullScenario.Json(), "$", "$", defaults);
        HashSet<string> confirmed = [];
        foreach ((string place, string name, JsonNode value) in defaults)
        {
            ScenarioResult spelledOut = FullScenario.With((place, value.ToJsonString()));
            ScenarioResult leftOut = FullScenario.With((place, "null"));
            if (spelledOut.IsValid && leftOut.IsValid)
            {
                Assert.Equal(Written(leftOut.Scenario), Written(spelledOut.Scenario));
                confirmed.Add(name);
            }
        }

        Assert.Equal(defaults.Select(d => d.Name).Distinct().Order(), confirmed.Order());
        Assert.True(confirmed.Count > 30);
    }

    private static void Walk(
        JsonNode schema, JsonNode file, string place, string name, List<(string, string, JsonNode)> found)
    {
        foreach ((string key, JsonNode? property) in schema["properties"]!.AsObject())
        {
            (string at, string all) = ($"{place}.{key}", $"{name}.{key}");
            if (property!["default"] is { } value)
            {
                found.Add((at, all, value));
            }

            for (int i = 0; file[key] is JsonArray list && i < list.Count; i++)
            {
                Walk(property["items"]!, list[i]!, $"{at}[{i}]", all, found);
            }

            if (file[key] is JsonObject child)
            {
                Walk(property, child, at, all, found);
            }
        }
    }

    private static string Written(Scenario scenario) => JsonSerializer.Serialize(scenario, AllNumbers);

    private static JsonObject Describe(Field field) => field.Kind switch
    {
        FieldKind.Text => DescribeText(field),
        FieldKind.Choice => new JsonObject { ["enum"] = new JsonArray([.. field.Choices.Select(c => (JsonNode)c!)]) },
        FieldKind.Whole => new JsonObject
        {
            ["type"] = "integer",
            ["minimum"] = (long)field.Least,
            ["maximum"] = field.GreatestWhole,
        },
        FieldKind.Real => new JsonObject
        {
            ["type"] = "number",
            [field.Open.HasFlag(Open.Least) ? "exclusiveMinimum" : "minimum"] = field.Least,
            [field.Open.HasFlag(Open.Greatest) ? "exclusiveMaximum" : "maximum"] = field.Greatest,
        },
        FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
        FieldKind.Record => DescribeRecord(field),
        _ => new JsonObject
        {
            ["type"] = "array",
            ["minItems"] = (long)field.Least,
            ["maxItems"] = (long)field.Greatest,
            ["items"] = DescribeRecord(field),
        },
    };

    private static JsonObject DescribeText(Field field)
    {
        var result = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = (long)field.Greatest };
        if (field.Pattern is not null)
        {
            result["pattern"] = field.Pattern;
        }

        return result;
    }

    private static JsonObject DescribeRecord(Field field)
    {
        var properties = new JsonObject();
        foreach (Field child in field.Fields)
        {
            properties[child.Name] = Describe(child);
        }

        return new JsonObject
        {
            ["type"] = "object",
            ["required"] = new JsonArray([.. field.Fields.Where(f => f.IsRequired).Select(f => (JsonNode)f.Name!)]),
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
    }

    private static JsonObject WithoutWords(JsonObject node, bool isSchema)
    {
        var result = new JsonObject();
        foreach ((string name, JsonNode? value) in node.Where(p => !isSchema || !ForPeople.Contains(p.Key)))
        {
            result[name] = value is JsonObject child ? WithoutWords(child, name != "properties") : value!.DeepClone();
        }

        return result;
    }
}
