using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>Walks every field of the table: both ends of its range, every wrong type, unknown and missing
/// fields.</summary>
public class FormatRangeTests
{
    private static readonly string[] OneOfEachType = ["7.5", "\"\\u0001\"", "true", "null", "{}", "[]"];

    private static readonly string FullText = FullScenario.Json().ToJsonString();

    private static readonly List<(string Path, Field Field)> Places = Walk();

    [Fact]
    public void Places_GivenTheFullScenario_areAllFieldsOfTheFormat()
    {
        static IEnumerable<string> Names(Field field, string path) => field.Fields
            .SelectMany(f => Names(f, $"{path}.{f.Name}").Prepend($"{path}.{f.Name}"));
        IEnumerable<string> walked = Places.Select(p => string.Concat(p.Path.Split('[',
            ']').Where((_, i) => i % 2 == 0)));
        Assert.Equal(Names(ScenarioFormat.Root, "$").Order().Distinct(), walked.Order().Distinct());
    }

    [Fact]
    public void Check_GivenEveryEndOfEveryRange_acceptsWhatBelongsToIt()
    {
        foreach ((string path, Field field) in Places.Where(p => p.Field.Kind is FieldKind.Real or FieldKind.Whole))
        {
            foreach ((string value, bool isAllowed) in Ends(field))
            {
                AssertCheck(path, value, isAllowed);
            }
        }
    }

    [Fact]
    public void Check_GivenEveryWrongType_refusesIt()
    {
        foreach ((string path, Field field) in Places)
        {
            foreach (string value in OneOfEachType.Where(v => v != TypeOf(field)))
            {
                AssertCheck(path, value, isAllowed: false);
            }
        }
    }

    [Fact]
    public void Check_GivenEveryChoice_acceptsItInItsOwnCaseOnly()
    {
        foreach ((string path, Field field) in Places.Where(p => p.Field.Kind == FieldKind.Choice))
        {
            foreach (string choice in field.Choices)
            {
                AssertCheck(path, $"\"{choice}\"", isAllowed: true);
                AssertCheck(path, $"\"{choice.ToUpperInvariant()}\"", isAllowed: false);
                AssertCheck(path, $"\"{choice} \"", isAllowed: false);
            }
        }
    }

    [Fact]
    public void Check_GivenEveryTextTooLongOrEmpty_refusesIt()
    {
        foreach ((string path, Field field) in Places.Where(p => p.Field.Kind == FieldKind.Text))
        {
            AssertCheck(path, $"\"{new string('a', (int)field.Greatest)}\"", isAllowed: true);
            AssertCheck(path, $"\"{new string('a', (int)field.Greatest + 1)}\"", isAllowed: false);
            AssertCheck(path, "\"\"", isAllowed: false);
        }
    }

    [Fact]
    public void Check_GivenAnUnknownFieldInEveryObject_refusesIt()
    {
        foreach ((string path, Field field) in Places.Where(p => p.Field.Kind == FieldKind.Record))
        {
            ScenarioProblem problem = Assert.Single(Problems($"{path}.typo", "1"));
            Assert.Equal((path, "\"typo\":1"), (problem.Path, problem.Value));
        }
    }

    [Fact]
    public void Check_GivenEveryRequiredFieldMissing_namesIt()
    {
        foreach ((string path, Field field) in Places)
        {
            IReadOnlyList<ScenarioProblem> problems = Problems(path, "null", isRemoval: true);
            Assert.Equal(field.IsRequired ? [(path, "(missing)")] : [], problems.Select(p => (p.Path, p.Value)));
        }
    }

    private static void AssertCheck(string path, string value, bool isAllowed)
    {
        IReadOnlyList<ScenarioProblem> problems = Problems(path, value);
        Assert.True(isAllowed == (problems.Count == 0), $"{path} = {value}: {string.Join("; ", problems)}");
        Assert.All(problems, p => Assert.StartsWith(path, p.Path));
    }

    private static IEnumerable<(string Value, bool IsAllowed)> Ends(Field field)
    {
        if (field.Kind == FieldKind.Whole)
        {
            yield return (Text(field.Least), true);
            yield return (field.GreatestWhole.ToString(CultureInfo.InvariantCulture), true);
            yield return (field.Least > 0 ? Text(field.Least - 1) : "-1", false);
            yield return (((decimal)field.GreatestWhole + 1).ToString(CultureInfo.InvariantCulture), false);
            yield return (Text(field.Least) + ".5", false);
            yield break;
        }

        yield return (Text(field.Least), !field.Open.HasFlag(Open.Least));
        yield return (Text(field.Greatest), !field.Open.HasFlag(Open.Greatest));
        yield return (Text(Math.BitDecrement(field.Least)), false);
        yield return (Text(Math.BitIncrement(field.Least)), true);
        yield return (Text(Math.BitIncrement(field.Greatest)), false);
        yield return (Text(Math.BitDecrement(field.Greatest)), true);
        yield return ("1e999", false);
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string TypeOf(Field field) => field.Kind switch
    {
        FieldKind.Flag => "true",
        FieldKind.Real when field.Contains(7.5) => "7.5",
        FieldKind.List when field.Least == 0 => "[]",
        FieldKind.Record when field.Fields.All(f => !f.IsRequired) => "{}",
        _ => "",
    };

    // The format alone, without what spans fields: the ends of two ranges need not fit each other.
    private static IReadOnlyList<ScenarioProblem> Problems(string path, string json, bool isRemoval = false)
    {
        string value = json == "null" && !isRemoval ? "\"a null\"" : json;
        OverrideResult text = ScenarioOverrides.Apply(FullText, [(path, value)]);
        Assert.True(text.IsValid, string.Join("; ", text.Problems));
        string made = json == "null" && !isRemoval ? text.Json.Replace("\"a null\"", "null") : text.Json;
        using JsonDocument document = JsonDocument.Parse(made);
        var check = new FormatCheck();
        check.Check(ScenarioFormat.Root, "$", document.RootElement);
        return check.Problems;
    }

    private static List<(string Path, Field Field)> Walk()
    {
        var places = new List<(string, Field)>();
        var seen = new HashSet<string>();
        void Down(Field field, string path, string pattern, JsonNode node)
        {
            foreach (Field child in field.Fields.Where(f => node[f.Name] is not null))
            {
                (string at, string name) = ($"{path}.{child.Name}", $"{pattern}.{child.Name}");
                if (seen.Add(name))
                {
                    places.Add((at, child));
                }

                JsonNode value = node[child.Name]!;
                for (int i = 0; child.Kind == FieldKind.List && i < value.AsArray().Count; i++)
                {
                    Down(child, $"{at}[{i}]", name, value[i]!);
                }

                if (child.Kind == FieldKind.Record)
                {
                    Down(child, at, name, value);
                }
            }
        }

        Down(ScenarioFormat.Root, "$", "$", FullScenario.Json());
        return places;
    }
}
