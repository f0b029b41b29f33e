using System.Reflection;
using System.Xml.Linq;

namespace Pqms.EndToEnd.Tests.Architecture;

/// <summary>Who may reference whom. A new arrow is a decision about the design, made here first.</summary>
public sealed class ReferenceTests
{
    private const string Prefix = "Pqms.";

    private static readonly Dictionary<string, string[]> _allowed = new(StringComparer.Ordinal)
    {
        ["Physics"] = [],
        ["Ethereum"] = [],
        ["Ethereum.Generators"] = [],
        ["Mesh"] = ["Physics"],
        ["Sdk"] = ["Ethereum"],
        ["Oracle"] = ["Sdk", "Ethereum", "Mesh", "Physics"],
        ["Node"] = ["Oracle", "Sdk", "Ethereum", "Mesh"],
        ["Cli"] = ["Node", "Oracle", "Sdk", "Ethereum", "Mesh", "Physics"],
    };

    public static TheoryData<string> Rooms => [.. _allowed.Keys];

    [Fact]
    public void Rooms_GivenTheSourceFolder_areExactlyTheOnesNamedHere()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src"), Prefix + "*");
        var found = folders.Select(folder => Path.GetFileName(folder)[Prefix.Length..]);
        Assert.Equal(_allowed.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Project_GivenItsFile_referencesOnlyWhatItMay(string room)
    {
        var references =
            from element in Project(room).Descendants("ProjectReference")
            where (string?)element.Attribute("OutputItemType") != "Analyzer"
            select Path.GetFileNameWithoutExtension(((string?)element.Attribute("Include"))!.Replace('\\', '/'));
        Assert.Empty(references.Select(name => name[Prefix.Length..]).Except(_allowed[room]));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Assembly_GivenItsMetadata_referencesOnlyWhatItMay(string room)
    {
        if (room == "Ethereum.Generators")
        {
            return; // Runs inside the compiler only and is not shipped beside the others.
        }

        var assembly = Assembly.Load(room == "Cli" ? "pqms" : Prefix + room);
        var references = assembly.GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal));
        Assert.Empty(references.Select(name => name[Prefix.Length..]).Except(_allowed[room]));
    }

    [Theory]
    [InlineData("Physics")]
    [InlineData("Mesh")]
    public void Project_GivenAPureRoom_usesNoPackageAtRunTime(string room)
    {
        var packages = Project(room).Descendants("PackageReference")
            .Where(element => (string?)element.Attribute("PrivateAssets") != "all");
        Assert.Empty(packages);
        Assert.Empty(Project(room).Descendants("FrameworkReference"));
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Project_GivenTheSolution_isPartOfIt(string room)
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Pqms.sln"));
        Assert.Contains($"{Prefix}{room}.csproj", solution, StringComparison.Ordinal);
    }

    [Fact]
    public void TestProjects_GivenTheSolution_areAllPartOfIt()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Pqms.sln"));
        var projects = Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.Tests.csproj",
            SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).ToList();
        Assert.Contains("Pqms.EndToEnd.Tests.csproj", projects);
        Assert.All(projects, name => Assert.Contains(name, solution, StringComparison.Ordinal));
    }

    private static XDocument Project(string room) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", Prefix + room, $"{Prefix}{room}.csproj"));
}
