using System.Net;
using System.Net.Sockets;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Node;
using Pqms.Node.Chain;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Tests;

namespace Pqms.EndToEnd.Tests.Starting;

/// <summary>A chain that is not there yet is waited for, aloud, and not for ever.</summary>
[Collection(RunningCollection.Name)]
public sealed class LateChainTests
{
    [HardhatFact]
    public async Task Connect_GivenAChainThatComesLater_saysSoAndConnects()
    {
        var port = FreePort();
        var said = new List<string>();
        ChainSupervisor? node = null;
        using var session = await ChainSession.ConnectAsync(
            new Uri($"http://127.0.0.1:{port}"), patient: true,
            line =>
            {
                said.Add(line);
                node ??= StartNow(port);
            },
            CancellationToken.None);

        await using var started = node!;
        Assert.Equal(port, started.Port);
        Assert.Equal(KeyRing.DevelopmentChainId, session.ChainId);
        Assert.Contains("attempt 1 of 10", said[0], StringComparison.Ordinal);
    }

    // Ten seconds of nothing are for the nightly run; the short one sees the answer to those who don't wait.
    [HardhatFact]
    public async Task Connect_GivenNoChainAtAll_givesUp()
    {
        var said = new List<string>();
        var refused = await Assert.ThrowsAsync<RefusedException>(() => ChainSession.ConnectAsync(
            new Uri($"http://127.0.0.1:{FreePort()}"),
            patient: TestProfile.IsNightly,
            said.Add,
            CancellationToken.None));
        Assert.Equal(ExitCode.ChainUnreachable, refused.Refusal.Code);
        Assert.Equal(TestProfile.Count(0, 9), said.Count);
    }

    // Blocks on purpose: the next attempt must find the chain, however long its start takes.
    private static ChainSupervisor StartNow(int port) => ChainSupervisor
        .StartAsync(ChainLaunch.Hardhat(Repository.Root, port), _ => { }, CancellationToken.None)
        .GetAwaiter().GetResult();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
