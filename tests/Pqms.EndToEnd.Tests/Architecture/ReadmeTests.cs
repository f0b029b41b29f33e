namespace Pqms.EndToEnd.Tests.Architecture;

/// <summary>Each room says at its door what lives there; short enough that it is read.</summary>
public sealed class ReadmeTests
{
    private const int MostLines = 10;

    // Reference pages: what may call what, formulas with their sources, the timing model, the scenario format, the
    // client's surface, the table of threats.
    private static readonly string[] _longer = ["contracts", "scenarios", "src/Pqms.Physics", "src/Pqms.Mesh",
        "src/Pqms.Ethereum", "tests/contracts"];

    public static TheoryData<string> Folders
    {
        get
        {
            var rooms = Directory.GetDirectories(Path.Combine(Repository.Root, "src"))
                .Select(folder => "src/" + Path.GetFileName(folder));
            return [.. rooms, "contracts", "scenarios", "scripts", "tests", "tests/contracts"];
        }
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Readme_GivenARoom_existsAndIsShort(string folder)
    {
        var path = Path.Combine(Repository.Root, folder, "README.md");
        Assert.True(File.Exists(path), $"{folder}/README.md is missing: say what lives there and what may not");
        var lines = File.ReadAllLines(path).Length;
        Assert.True(_longer.Contains(folder) || lines <= MostLines, $"{folder}/README.md has {lines} lines");
    }
}
