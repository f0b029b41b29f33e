using System.Text.Json;
using Pqms.Cli.Tests.Support;
using Pqms.Node;

namespace Pqms.Cli.Tests.Commands;

public sealed class MeshImportCommandTests
{
    private const string Gml = """
        graph [
          Network "Test"
          node [ id 1 label "Bonn" Latitude 50.73 Longitude 7.1 ]
          node [ id 2 label "Köln" Latitude 50.94 Longitude 6.96 ]
          node [ id 3 label "Bonn" ]
          edge [ source 1 target 2 ]
          edge [ source 2 target 3 ]
        ]
        """;

    private const string GraphMl =
        "<graphml><graph><node id='a'/><node id='b'/><edge source='a' target='b'/></graph></graphml>";

    [Fact]
    public async Task Import_GivenATopology_writesAScenarioThatRunsAndSaysWhatWasRepaired()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("net.gml", Gml);
        var target = Path.Combine(folder.Path, "Out.json");

        var imported = await Ran.PqmsAsync($"mesh import {file} --out {target} --pools 2 --slots 3 --class key");

        Assert.Equal((int)ExitCode.Ok, imported.ExitCode);
        Assert.Contains("3 sites, 2 edges", imported.Output);
        Assert.Contains("1 sites without coordinates placed at the mean of their neighbours: Bonn", imported.Output);
        Assert.Contains("1 sites whose name another site has got a number: Bonn 2", imported.Output);
        Assert.Contains("1 links between sites at one place made 1 m long: Köln - Bonn 2", imported.Output);
        Assert.Contains("koeln-bonn", imported.Output);
        var run = await Ran.PqmsAsync($"mesh run {target} --until 2s --json");
        Assert.Equal((int)ExitCode.Ok, run.ExitCode);
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal("out", document.RootElement.GetProperty("scenario").GetString());
    }

    [Fact]
    public async Task Import_GivenJson_printsOneDocument()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("net.gml", Gml);

        var imported = await Ran.PqmsAsync($"mesh import {file} --out {folder.Path}/net.json --pools 1 --json");

        using var document = JsonDocument.Parse(imported.Output);
        var root = document.RootElement;
        Assert.Equal(3, root.GetProperty("sites").GetInt32());
        Assert.Equal("koeln-bonn", root.GetProperty("pools")[0].GetProperty("name").GetString());
        Assert.Equal(
            ["sitePlaced", "nameNumbered", "linkLengthened"],
            root.GetProperty("notes").EnumerateArray().Select(note => note.GetProperty("kind").GetString()));
    }

    [Fact]
    public async Task Import_GivenATrace_writesItsDemandAndCountsWhatWasCapped()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("net.gml", Gml);
        var log = folder.Write(
            "log.swf",
            "; Computer: Test\n"
            + "1 5 -1 20000 64 -1 -1 -1 -1 -1 1 7 1 1 -1 -1 -1 -1\n2 4000 -1 9 8 -1 -1 -1 -1 -1 1 2 1 1 -1 -1 -1 -1\n");
        var target = Path.Combine(folder.Path, "net.json");

        var imported = await Ran.PqmsAsync(
            $"mesh import {file} --out {target} --trace {log} --trace-hours 1 --slots-per-processor 0.5 --pools 2");

        Assert.Equal((int)ExitCode.Ok, imported.ExitCode);
        Assert.Contains("2 jobs, 1 reservations", imported.Output);
        Assert.Contains("1 durations capped at 14400 s", imported.Output);
        Assert.Contains("1 jobs after the wanted hours left out", imported.Output);
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(target));
        var reservation = Assert.Single(document.RootElement.GetProperty("reservations").EnumerateArray());
        Assert.Equal(5, reservation.GetProperty("atSeconds").GetInt32());
        Assert.Equal(32, reservation.GetProperty("slots").GetInt32());
        Assert.Equal((int)ExitCode.Ok, (await Ran.PqmsAsync($"mesh run {target} --until 10s")).ExitCode);
    }

    [Fact]
    public async Task Import_WhenTheFileExists_overwritesOnlyWithForce()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("net.gml", Gml);
        var target = folder.Write("net.json", "precious");

        var refused = await Ran.PqmsAsync($"mesh import {file} --out {target}");

        Assert.Equal((int)ExitCode.Usage, refused.ExitCode);
        Assert.Contains("--force", refused.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(target));
        Assert.Equal((int)ExitCode.Ok, (await Ran.PqmsAsync($"mesh import {file} --out {target} --force")).ExitCode);
        Assert.NotEqual("precious", await File.ReadAllTextAsync(target));
    }

    [Theory]
    [InlineData("net.txt", Gml, "", "names no format")]
    [InlineData("net.gml", "graph [ node [ id x ] ]", "", "line 1: x is not allowed")]
    [InlineData("net.graphml", GraphMl, "", "0 sites and no link")]
    [InlineData("net.txt", GraphMl, "--format graphml", "0 sites and no link")]
    [InlineData("net.gml", Gml, "--split-above 20km", "$.splitAboveMeters: 20000")]
    [InlineData("net.gml", Gml, "--repeater-every 20", "'20' is no length")]
    [InlineData("net.gml", Gml, "--fibre-factor 0.9", "'0.9' is out of range")]
    [InlineData("net.gml", Gml, "--class best", "'best' is no class")]
    [InlineData("net.gml", Gml, "--trace missing.swf", "no file to import")]
    [InlineData("net.gml", Gml, "--profiles missing.json", "no scenario file")]
    public async Task Import_GivenWhatIsNotAllowed_saysSoAndWritesNothing(
        string name, string text, string options, string message)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write(name, text);

        var refused = await Ran.PqmsAsync($"mesh import {file} --out {folder.Path}/new.json {options}");

        Assert.Equal((int)ExitCode.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Error);
        Assert.False(File.Exists(Path.Combine(folder.Path, "new.json")));
    }

    [Fact]
    public async Task Import_GivenAFileInLatin1_readsItAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("net.gml", "");
        await File.WriteAllBytesAsync(file, System.Text.Encoding.Latin1.GetBytes(Gml));

        var imported = await Ran.PqmsAsync($"mesh import {file} --out {folder.Path}/net.json");

        Assert.Equal((int)ExitCode.Ok, imported.ExitCode);
        Assert.Contains("ISO 8859-1", imported.Error);
        Assert.Contains("Köln", imported.Output);
    }
}
