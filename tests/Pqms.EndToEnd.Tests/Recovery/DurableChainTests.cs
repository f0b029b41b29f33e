using System.Text.Json;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.EndToEnd.Tests.Transactions;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>A chain that keeps its state on disk (anvil) is killed and comes back while an oracle runs: history goes
/// on.</summary>
[Collection(RunningCollection.Name)]
public sealed class DurableChainTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    [AnvilFact]
    public async Task Oracle_WhenTheChainIsKilledAndComesBack_goesOnWithTheSameHistory()
    {
        var folder = Directory.CreateTempSubdirectory("pqms-test-");
        string[] durable = ["--state", Path.Combine(folder.FullName, "state.json"), "--state-interval", "1"];
        var chain = await AnvilNode.StartAsync(durable);
        try
        {
            string[] at = ["--chain-url", chain.Url.ToString()];
            var deployed = await JsonAsync(["deploy", "--json", .. at, "--data-folder", folder.FullName]);
            var registry = deployed.GetProperty("addresses").GetProperty("realmRegistry").GetString()!;
            await using var oracle = RunningPqms.Start(
                ["oracle", "run", .. at, "--registry", registry, "--account", "oracle"]);
            await Until(oracle, "HTTP API");
            var before = await JsonAsync(["demo", "--json", "--data-folder", oracle.DataFolder]);

            // What the last second brought may be lost with the node: a short reorganisation for the oracle.
            await chain.DisposeAsync();
            await Until(oracle, "out of reach, trying again");
            chain = await AnvilNode.StartAsync(chain.Url.Port, durable);
            var after = await JsonAsync(["demo", "--json", "--data-folder", oracle.DataFolder]);

            Assert.All([before, after], demo => Assert.Equal(
                "Settled", demo.GetProperty("reservation").GetProperty("status").GetString()));
            var audit = after.GetProperty("audit");
            Assert.True(audit.GetProperty("passed").GetBoolean(), after.ToString());
            Assert.True(
                after.GetProperty("reports").EnumerateArray().Last().GetProperty("sequence").GetInt32()
                > before.GetProperty("reports").EnumerateArray().Last().GetProperty("sequence").GetInt32());
            var whole = await JsonAsync(["audit", "--replay", "--json", "--data-folder", oracle.DataFolder]);
            Assert.True(whole.GetProperty("passed").GetBoolean(), whole.ToString());
            Assert.Equal(0, await oracle.StopAsync("INT", Limit));
        }
        finally
        {
            await chain.DisposeAsync();
            folder.Delete(recursive: true);
        }
    }

    private static Task Until(RunningPqms oracle, string text) => oracle.WaitUntilAsync(
        running => running.Error.Contains(text, StringComparison.Ordinal), Limit);

    private static async Task<JsonElement> JsonAsync(IReadOnlyList<string> arguments)
    {
        var result = await PqmsProcess.RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"pqms {string.Join(' ', arguments)}: {result.Error}");
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}
