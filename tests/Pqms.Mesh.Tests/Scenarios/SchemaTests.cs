using System.Text.Json.Nodes;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

public class SchemaTests
{
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
        JsonObject file = JsonNode.Parse(ScenarioFiles.Text("three-repeaters"))!.AsObject();
        JsonObject properties = JsonNode.Parse(ScenarioFiles.Text("scenario.schema"))!["properties"]!.AsObject();
        foreach ((string name, JsonNode? property) in properties.Where(p => p.Value!["default"] is not null))
        {
            file[name] = property!["default"]!.DeepClone();
        }

        Scenario spelledOut = Read(file);
        foreach (string name in properties.Where(p => p.Value!["default"] is not null).Select(p => p.Key))
        {
            file.Remove(name);
        }

        Scenario left = Read(file);
        Assert.Equal(spelledOut.WarmUpSeconds, left.WarmUpSeconds);
        Assert.Equal(spelledOut.BlockSeconds, left.BlockSeconds);
        Assert.Equal(spelledOut.RepeaterEveryMeters, left.RepeaterEveryMeters);
        Assert.Equal(spelledOut.SplitAboveMeters, left.SplitAboveMeters);
        Assert.Equal(spelledOut.Links, left.Links);
    }

    private static Scenario Read(JsonObject file) => ScenarioReader.Parse(file.ToJsonString()).Scenario!;

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
