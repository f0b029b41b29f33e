using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>The shipped scenario files, found from the test's own folder upwards.</summary>
internal static class ScenarioFiles
{
    private static readonly string Folder = FindFolder();

    public static IEnumerable<string> Names => NamesIn(Folder);

    /// <summary>Cases of theory; to be read as "theory/" and the name.</summary>
    public static IEnumerable<string> TheoryNames => NamesIn(Path.Combine(Folder, "theory"));

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    public static Scenario Read(string name, string? profile = null)
    {
        ScenarioResult result = ScenarioReader.Parse(Text(name), profile);
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        return result.Scenario;
    }

    private static IEnumerable<string> NamesIn(string folder) => Directory.GetFiles(folder, "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => !name.EndsWith(".schema", StringComparison.Ordinal))
        .Order();

    private static string FindFolder()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string folder = Path.Combine(at.FullName, "scenarios");
            if (File.Exists(Path.Combine(folder, "scenario.schema.json")))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException("No folder 'scenarios' above " + AppContext.BaseDirectory);
    }
}
