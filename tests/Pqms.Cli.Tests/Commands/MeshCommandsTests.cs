using System.Text.Json;
using System.Xml.Linq;
using Pqms.Cli.Runs;
using Pqms.Cli.Tests.Support;
using Pqms.Mesh.Metrics;

namespace Pqms.Cli.Tests.Commands;

public sealed class MeshCommandsTests
{
    private static readonly string Repeaters = Scenarios.PathOf("three-repeaters");
    private static readonly string Trunk = Scenarios.PathOf("standby-or-ondemand");

    [Fact]
    public async Task Run_WhenJsonIsAsked_hasEveryFigureWithItsInterval()
    {
        var ran = await Ran.PqmsAsync($"mesh run {Trunk} --until 20s --seed 7 --json --set warmUpSeconds=10");

        Assert.Equal(0, ran.ExitCode);
        var root = JsonDocument.Parse(ran.Output).RootElement;
        Assert.Equal(7, root.GetProperty("seed").GetInt32());
        Assert.Equal(30, root.GetProperty("batches").GetInt32());
        Assert.True(root.GetProperty("conserved").GetBoolean());
        Assert.True(root.GetProperty("cpuSeconds").GetDouble() > 0.0);
        Assert.True(root.GetProperty("peakBytes").GetInt64() > 1_000_000);
        Assert.Equal(1.0, root.GetProperty("jain").GetProperty("value").GetDouble(), 0.01);
        var busy = root.GetProperty("pools")[0];
        Assert.Equal("busy", busy.GetProperty("name").GetString());
        var figures = busy.GetProperty("figures");
        Assert.Equal(
            PoolFigures.All.Select(figure => figure.Key), figures.EnumerateObject().Select(figure => figure.Name));
        var delivered = figures.GetProperty("deliveredPerSecond");
        Assert.InRange(
            20.0, delivered.GetProperty("low").GetDouble() - 2, delivered.GetProperty("high").GetDouble() + 2);
        Assert.Equal(30, delivered.GetProperty("n").GetInt32());
        Assert.InRange(figures.GetProperty("fidelityTruth").GetProperty("value").GetDouble(), 0.98, 0.991);
        Assert.Equal(JsonValueKind.Null, figures.GetProperty("grantPredicted").ValueKind);
    }

    [Fact]
    public async Task Run_GivenOtherBatchesAndThreads_hasTheSameLogHash()
    {
        async Task<string> HashAsync(string options)
        {
            var ran = await Ran.PqmsAsync(
                $"mesh run {Trunk} --until 5s --json --set warmUpSeconds=2 --set pools[*].slots=10 {options}");
            return JsonDocument.Parse(ran.Output).RootElement.GetProperty("logHash").GetString()!;
        }

        var hash = await HashAsync("");
        Assert.Equal(hash, await HashAsync("--batches 7"));
        Assert.Equal(hash, await HashAsync("--threads 2"));
        Assert.NotEqual(hash, await HashAsync("--seed 8"));
    }

    [Fact]
    public async Task Run_WhenNothingIsAsked_showsTablesAndFacts()
    {
        var ran = await Ran.PqmsAsync($"mesh run {Trunk} --until 5s --set warmUpSeconds=2");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("set-up ms", ran.Output);
        Assert.Contains("delivery ms", ran.Output);
        Assert.Contains("every pair of every pool is accounted for", ran.Output);
        Assert.Contains("Jain's index", ran.Output);
        Assert.Contains("from 30 batches", ran.Output);
        Assert.Contains("seed 20261125", ran.Error);
    }

    [Fact]
    public async Task Run_WhenCsvIsAsked_hasOneRowPerPool()
    {
        var ran = await Ran.PqmsAsync($"mesh run {Trunk} --until 5s --csv --set warmUpSeconds=2");

        var lines = ran.Output.Split("\r\n");
        Assert.Equal(8, lines.Length);
        Assert.Contains("deliveredPerSecond [pairs/s],deliveredPerSecond 95% half-width [pairs/s]", lines[0]);
        Assert.StartsWith("standby-or-ondemand,20261125,5,30,busy,0.98,3,", lines[1]);
        Assert.Empty(lines[^1]);
    }

    [Fact]
    public async Task Run_WhenPlotsAreAsked_writesBothWithTheirNumbers()
    {
        using var folder = new TemporaryFolder();
        var plots = Path.Combine(folder.Path, "plots");
        var ran = await Ran.PqmsAsync(
            $"mesh run {Trunk} --until 2s --plot {plots} --plot-seeds 2 --pool calm-1 --threads 2 "
            + "--set warmUpSeconds=1 --set pools[*].slots=5");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(
            [
                "availability-fidelity-calm-1.csv", "availability-fidelity-calm-1.svg", "standby-or-ondemand.csv",
                "standby-or-ondemand.svg",
            ],
            Directory.GetFiles(plots).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("svg", XDocument.Load(Path.Combine(plots, "standby-or-ondemand.svg")).Root!.Name.LocalName);
        Assert.StartsWith("panel,series,", await File.ReadAllTextAsync(Path.Combine(plots, "standby-or-ondemand.csv")));
    }

    [Fact]
    public async Task Run_WhenPlotsHaveNoDemand_saysWhatToDo()
    {
        using var folder = new TemporaryFolder();
        var ran = await Ran.PqmsAsync($"mesh run {Repeaters} --until 1s --plot {folder.Path}");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("nobody asks for its pairs", ran.Error);
        Assert.Contains("scenarios/standby-or-ondemand.json", ran.Error);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task Sweep_GivenOneThreadOrFour_printsTheSame()
    {
        async Task<string> SweepAsync(int threads)
        {
            var ran = await Ran.PqmsAsync(
                $"mesh sweep {Trunk} --vary pools[0].demand.ratePerSecond=5,60 --vary pools[*].mode=standby,on-demand "
                + $"--seeds 3 --until 2s --set warmUpSeconds=1 --set pools[*].slots=10 --csv --threads {threads}");
            Assert.Equal(0, ran.ExitCode);
            return ran.Output;
        }

        var one = await SweepAsync(1);
        Assert.Equal(one, await SweepAsync(4));
        var lines = one.Split("\r\n");
        Assert.Equal(1 + (4 * 7) + 1, lines.Length);
        Assert.StartsWith(
            "scenario,first seed,seeds,until [s],$.pools[0].demand.ratePerSecond,$.pools[*].mode,pool,", lines[0]);
        Assert.StartsWith("standby-or-ondemand,20261125,3,2,5,standby,busy,", lines[1]);
        Assert.StartsWith("standby-or-ondemand,20261125,3,2,60,on-demand,total,", lines[^2]);
    }

    [Fact]
    public async Task Sweep_WhenJsonIsAsked_saysBetweenWhatTheIntervalsAre()
    {
        var line = $"mesh sweep {Repeaters} --vary pools[0].slots=5:10:2 --until 2s --set warmUpSeconds=1 --json";
        var several = JsonDocument.Parse((await Ran.PqmsAsync(line + " --seeds 2")).Output).RootElement;
        var single = JsonDocument.Parse((await Ran.PqmsAsync(line + " --seeds 1")).Output).RootElement;

        Assert.Equal("between 2 runs with different seeds", several.GetProperty("intervals").GetString());
        Assert.Equal("from 30 batches of the one run", single.GetProperty("intervals").GetString());
        var generated = single.GetProperty("rows")[1].GetProperty("figures").GetProperty("generatedPerSecond");
        Assert.Equal(30, generated.GetProperty("n").GetInt32());
        Assert.Equal(10, several.GetProperty("rows")[1].GetProperty("values")[0].GetInt32());
    }

    [Theory]
    [InlineData("run {0} --json --csv", "--json and --csv together", "one of them")]
    [InlineData("run {0} --set pools[9].slots=1", "cannot set $.pools: [9]", "[0] to [0]")]
    [InlineData("run {0} --set pools[0].slots=0", "$.pools[0].slots: 0", "a whole number in")]
    [InlineData("run {0} --set nothing", "'nothing' sets nothing", "PATH=VALUE")]
    [InlineData("run {0} --profile nowhere", "$.profile: nowhere", "hypothetical-2035")]
    [InlineData("run {0} --pool nowhere", "no pool nowhere", "leipzig-nuernberg")]
    [InlineData("run {0} --batches 1", "'1' is out of range", "from 2 to 1000")]
    [InlineData("sweep {0}", "--vary", "pqms mesh sweep --help")]
    [InlineData("sweep {0} --vary pools", "'pools' varies nothing", "FROM:TO:STEPS")]
    [InlineData("sweep {0} --vary seed=1:1000:1000 --seeds 11", "1000 points with 11 seeds", "at most 10000 runs")]
    [InlineData("sweep {0} --vary pools[0].slots=1,0 --seeds 1", "$.pools[0].slots: 0", "a whole number in")]
    public async Task Mesh_GivenBadUsage_namesValueAndAllowedAndExitsWith2(string line, string what, string allowed)
    {
        var ran = await Ran.PqmsAsync("mesh " + string.Format(line, Repeaters));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(what, ran.Error);
        Assert.Contains(allowed, ran.Error);
        Assert.Contains("next:", ran.Error);
        Assert.Empty(ran.Output);
    }

    [Fact]
    public void Execute_WhenCancelled_stops()
    {
        var scenario = new ScenarioSource(Repeaters, []).File.Scenario;
        var run = new MeshRun(scenario, 1, TimeSpan.FromDays(1000), 30);
        using var cancel = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => run.Execute(_ => cancel.Cancel(), cancel.Token));
    }
}
