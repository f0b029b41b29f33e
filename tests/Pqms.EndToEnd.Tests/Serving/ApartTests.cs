using System.Text.Json;
using Pqms.Node.Chain;

namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>Chain, deployment, oracle and client as processes that share nothing but the chain.</summary>
[Collection(RunningCollection.Name)]
public sealed class ApartTests
{
    private const int FirstPort = 18_800;
    private static readonly (string, string) _password = ("PQMS_KEYSTORE_PASSWORD", "correct horse");
    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(60);

    [HardhatFact]
    public async Task OracleRun_GivenAKeystoreAndTheRegistryOnly_carriesAReservationThrough()
    {
        var operators = Directory.CreateTempSubdirectory("pqms-test-");
        try
        {
            await using var chain = await ChainSupervisor.StartAsync(
                ChainLaunch.Hardhat(Repository.Root, FirstPort), _ => { }, CancellationToken.None);
            var chainUrl = chain.Url.ToString();
            var deployed = await JsonAsync(
                ["deploy", "--json", "--chain-url", chainUrl, "--data-folder", operators.FullName]);
            var registry = deployed.GetProperty("addresses").GetProperty("realmRegistry").GetString()!;
            var keystore = Path.Combine(operators.FullName, "oracle.json");
            await JsonAsync(["keystore", "create", keystore, "--account", "oracle", "--json"]);

            await using var oracle = RunningPqms.Start(
                ["oracle", "run", "--chain-url", chainUrl, "--registry", registry, "--keystore", keystore],
                [_password]);
            await oracle.WaitUntilAsync(
                running => running.Error.Contains("HTTP API", StringComparison.Ordinal), _startLimit);
            var demo = await JsonAsync(["demo", "--json", "--data-folder", oracle.DataFolder]);

            Assert.Equal("Settled", demo.GetProperty("reservation").GetProperty("status").GetString());
            Assert.True(demo.GetProperty("audit").GetProperty("passed").GetBoolean(), demo.ToString());
            Assert.Equal(0, await oracle.StopAsync("INT", _startLimit));
        }
        finally
        {
            operators.Delete(recursive: true);
        }
    }

    private static async Task<JsonElement> JsonAsync(IReadOnlyList<string> arguments)
    {
        var result = await PqmsProcess.RunAsync(arguments, _password);
        Assert.True(result.ExitCode == 0, $"pqms {string.Join(' ', arguments)}: {result.Error}");
        using var document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}
