namespace Pqms.EndToEnd.Tests.Packaging;

/// <summary>The two packages of the client, made of what was built, in a folder that a restore takes as its
/// feed.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private static readonly string[] _projects = ["Pqms.Ethereum", "Pqms.Ethereum.Generators"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("packages-");

    /// <summary>The files of the packages, by name.</summary>
    public IReadOnlyList<string> Packages =>
        [.. Directory.GetFiles(Feed, "*.nupkg").Order(StringComparer.Ordinal)];

    private string Feed => Path.Combine(_folder.FullName, "feed");

    public async Task InitializeAsync()
    {
        // bin/<configuration>/net10.0/
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        foreach (var project in _projects)
        {
            await DotnetProcess.RunAsync(
                Repository.Root, "pack", Path.Combine("src", project), "--no-build", "-c", configuration, "-o", Feed,
                "-nologo", "-v:quiet");
        }
    }

    public Task DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>A folder for a project that takes packages from this feed and from what was restored before, and from
    /// no network.</summary>
    public string NewProject(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="{Path.Combine(_folder.FullName, "restored")}" />
              </config>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <clear />
                <add key="cache" value="{cache}" />
              </fallbackPackageFolders>
            </configuration>
            """);
        return folder;
    }
}
