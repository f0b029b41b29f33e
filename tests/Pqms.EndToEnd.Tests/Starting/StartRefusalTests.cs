using System.Net;
using System.Net.Sockets;

namespace Pqms.EndToEnd.Tests.Starting;

/// <summary>What keeps `pqms` from starting is named, with an exit code of its own; no chain is needed to say
/// so.</summary>
public sealed class StartRefusalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pqms-start-").FullName;

    public static TheoryData<string> Writers => ["up", "deploy", "oracle run"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Writers))]
    public async Task Command_GivenADataFolderBelowAFile_exitsWith4NamingIt(string command)
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        var result = await RunAsync(command, "--data-folder", Path.Combine(file, "data"));
        Assert.True(result.ExitCode == 4, $"code {result.ExitCode}: {result.Error}");
        Assert.Contains($"data folder {file}", result.Error, StringComparison.Ordinal);
        Assert.Contains("cannot be written", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("status")]
    [InlineData("pools")]
    [InlineData("withdraw")]
    [InlineData("audit export h.pqms")]
    public async Task Command_GivenNoChain_exitsWith3NamingTheAddress(string command)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var result = await RunAsync(command, "--chain-url", url, "--data-folder", _folder);
        Assert.True(result.ExitCode == 3, $"code {result.ExitCode}: {result.Error}");
        Assert.Contains(url, result.Error, StringComparison.Ordinal);
        Assert.Contains("pqms up", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"splitAboveMeters\": 80000", "\"splitAboveMeters\": -1", "$.splitAboveMeters", "-1")]
    [InlineData("\"latitude\": 51.3397", "\"latitude\": 151.3397", "$.sites[0].latitude", "151.3397")]
    [InlineData("\"slots\": 20", "\"slots\": \"many\"", "$.pools[0].slots", "many")]
    [InlineData("\"b\": \"Nürnberg\", \"class\"", "\"b\": \"Nirgendwo\", \"class\"", "$.pools[0].b", "Nirgendwo")]
    public async Task Command_GivenAMalformedScenario_exitsWith2NamingPathAndValue(
        string right, string wrong, string path, string value)
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "scenarios", "three-repeaters.json"));
        Assert.Contains(right, text, StringComparison.Ordinal);
        var scenario = Path.Combine(_folder, "broken.json");
        await File.WriteAllTextAsync(scenario, text.Replace(right, wrong, StringComparison.Ordinal));
        foreach (var words in new[] { new[] { "up", "--scenario", scenario }, ["mesh", "run", scenario] })
        {
            var result = await PqmsProcess.RunAsync([.. words, "--data-folder", Path.Combine(_folder, "data")]);
            Assert.True(result.ExitCode == 2, $"code {result.ExitCode}: {result.Error}");
            Assert.Contains(path, result.Error, StringComparison.Ordinal);
            Assert.Contains(value, result.Error, StringComparison.Ordinal);
            Assert.Contains("allowed", result.Error, StringComparison.Ordinal);
        }
    }

    private static Task<PqmsResult> RunAsync(string command, params string[] options) =>
        PqmsProcess.RunAsync([.. command.Split(' '), .. options]);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
