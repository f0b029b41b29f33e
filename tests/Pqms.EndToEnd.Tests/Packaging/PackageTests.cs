using System.IO.Compression;
using System.Text.RegularExpressions;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Node.Chain;

namespace Pqms.EndToEnd.Tests.Packaging;

/// <summary>The client as its users get it: two packages, and a quick start that does what it says.</summary>
[Collection(ChainCollection.Name)]
public sealed partial class PackageTests(PackageFeed feed) : IClassFixture<PackageFeed>
{
    private const int FirstPort = 18_680;

    private static string Client => Path.Combine(Repository.Root, "src", "Pqms.Ethereum");

    [Fact]
    public void Pack_GivenTheClient_givesTwoPackagesWithWhatTheyNeed()
    {
        Assert.Equal(
            ["Pqms.Ethereum.0.1.0.nupkg", "Pqms.Ethereum.Generators.0.1.0.nupkg"],
            feed.Packages.Select(Path.GetFileName));
        var client = Content(feed.Packages[0], out var clientSpec);
        Assert.Equal(
            ["Example/Counter.abi.json", "Example/Counter.sol", "README.md", "lib/net10.0/Pqms.Ethereum.dll",
                "lib/net10.0/Pqms.Ethereum.xml"],
            client);
        Assert.Equal(["Portable.BouncyCastle"], Dependency().Matches(clientSpec).Select(m => m.Groups["id"].Value));

        // Nothing in lib: at run time the generator isn't there.
        var generator = Content(feed.Packages[1], out var generatorSpec);
        Assert.Equal(["README.md", "analyzers/dotnet/cs/Pqms.Ethereum.Generators.dll"], generator);
        Assert.Empty(Dependency().Matches(generatorSpec));
        Assert.Contains("<developmentDependency>true<", generatorSpec, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Pqms.Ethereum")]
    [InlineData("Pqms.Ethereum.Generators")]
    public void Source_GivenTheClient_knowsNoApplication(string project)
    {
        var folder = Path.Combine(Repository.Root, "src", project);
        var files = new[] { "*.cs", "*.md", "*.csproj", "*.sol", "*.json" }
            .SelectMany(pattern => Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories))
            .Where(file => !Path.GetRelativePath(folder, file).StartsWith("obj", StringComparison.Ordinal)
                && !Path.GetRelativePath(folder, file).StartsWith("bin", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var found = ApplicationWord().Match(File.ReadAllText(file));
            Assert.False(found.Success, $"{file} says '{found.Value}'");
        });
    }

    [HardhatFact]
    public async Task QuickStart_GivenThePackages_printsWhatTheReadmeShows()
    {
        await using var node = await ChainSupervisor.StartAsync(
            ChainLaunch.Hardhat(Repository.Root, FirstPort), _ => { }, CancellationToken.None);
        var readme = await File.ReadAllTextAsync(Path.Combine(Client, "README.md"));
        var project = feed.NewProject("QuickStart");
        await File.WriteAllTextAsync(Path.Combine(project, "QuickStart.csproj"), Block(readme, "xml"));
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), Block(readme, "csharp"));
        File.Copy(Path.Combine(Client, "Example", "Counter.abi.json"), Path.Combine(project, "Counter.abi.json"));
        await DotnetProcess.RunAsync(
            project, "build", "-o", "out", "-nologo", "-v:quiet", "-warnaserror", "-p:NuGetAudit=false");
        var printed = await DotnetProcess.RunAsync(project, Path.Combine("out", "QuickStart.dll"), $"{node.Url}");
        Assert.Equal(Block(readme, "text"), printed.ReplaceLineEndings("\n"));
    }

    private static string Block(string markdown, string language) =>
        Regex.Match(
            markdown, $"^```{language}\n(.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline,
            TimeSpan.FromSeconds(1)).Groups[1].Value;

    // The files that a package brings, without what every package has.
    private static List<string> Content(string package, out string specification)
    {
        using var archive = ZipFile.OpenRead(package);
        using var text = new StreamReader(archive.Entries.Single(
            entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open());
        specification = text.ReadToEnd();
        return
        [
            .. archive.Entries.Select(entry => entry.FullName)
                .Where(name => !name.EndsWith(".nuspec", StringComparison.Ordinal)
                    && !name.StartsWith("_rels/", StringComparison.Ordinal)
                    && !name.StartsWith("package/", StringComparison.Ordinal)
                    && name != "[Content_Types].xml")
                .Order(StringComparer.Ordinal),
        ];
    }

    [GeneratedRegex("<dependency id=\"(?<id>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Dependency();

    [GeneratedRegex(
        @"pqms(?!\.(ethereum|benchmarks))|qubit|quantum|reservation|particle|entangl|fidelity|treasury|\brealm",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApplicationWord();
}
