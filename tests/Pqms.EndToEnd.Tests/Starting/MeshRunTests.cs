using System.Text.Json;

namespace Pqms.EndToEnd.Tests.Starting;

/// <summary>The mesh alone: the same seed gives the same events, in any process.</summary>
public sealed class MeshRunTests
{
    [Fact]
    public async Task MeshRun_GivenTheSameSeedTwice_hasTheSameLogHashAndAnotherSeedAnother()
    {
        var first = await LogHashAsync();
        Assert.Matches("^0x[0-9a-f]{64}$", first);
        Assert.Equal(first, await LogHashAsync("--threads", "2"));
        Assert.NotEqual(first, await LogHashAsync("--seed", "7"));
    }

    private static async Task<string> LogHashAsync(params string[] options)
    {
        var result = await PqmsProcess.RunAsync(
            ["mesh", "run", "scenarios/german-backbone.json", "--until", "10m", "--json", .. options]);
        Assert.True(result.ExitCode == 0, result.Error);
        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(600, document.RootElement.GetProperty("untilSeconds").GetDouble());
        Assert.True(document.RootElement.GetProperty("totals").GetProperty("events").GetInt64() > 0);
        return document.RootElement.GetProperty("logHash").GetString()!;
    }
}
