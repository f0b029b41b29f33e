using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Scenarios;

/// <summary>The shipped scenario files, found from the test's own folder upwards.</summary>
internal static class ScenarioFiles
{
    private static readonly string Folder = FindFolder();

    public static IEnumerable<string> Names => Directory.GetFiles(Folder, "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file))
        .Where(name => !name.EndsWith(".schema", StringComparison.Ordinal))
        .Order();

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    public static Scenario Read(string name, string? profile = null)
    {
        ScenarioResult result = ScenarioReader.Parse(Text(name), profile);
        Assert.True(result.IsValid, string.Join('\n', result.Problems));
        return result.Scenario;
    }

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
