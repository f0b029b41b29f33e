using System.Net.Sockets;
using System.Text.Json;

namespace Pqms.EndToEnd.Tests.Serving;

/// <summary>A served realm ends cleanly, whoever asks.</summary>
[Collection(RunningCollection.Name)]
public sealed class StopTests
{
    private static readonly TimeSpan _startLimit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan _stopLimit = TimeSpan.FromSeconds(20);

    [HardhatFact]
    public Task Up_WhenInterrupted_endsWithItsChain() => EndsCleanlyAsync("INT");

    [HardhatFact]
    public Task Up_WhenTerminated_endsWithItsChain() => EndsCleanlyAsync("TERM");

    private static async Task EndsCleanlyAsync(string signal)
    {
        await using var process = RunningPqms.Start("up");
        await process.WaitUntilAsync(running => running.Error.Contains("serving", StringComparison.Ordinal),
            _startLimit);
        var runFile = Path.Combine(process.DataFolder, "run.json");
        using var run = JsonDocument.Parse(await File.ReadAllTextAsync(runFile));
        var chain = new Uri(run.RootElement.GetProperty("chainUrl").GetString()!);
        Assert.True(await AnswersAsync(chain));

        Assert.Equal(0, await process.StopAsync(signal, _stopLimit));
        Assert.False(File.Exists(runFile));
        Assert.False(await AnswersAsync(chain));
    }

    private static async Task<bool> AnswersAsync(Uri chain)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(chain.Host, chain.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
