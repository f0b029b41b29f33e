using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Pqms.Node.Chain;
using Pqms.Node.Tests.Support;

namespace Pqms.Node.Tests.Chain;

// The child is a script of a few lines that any Node.js from 18.19 on runs; without Node.js these tests cannot say
// anything.
public sealed class ChainSupervisorTests : IDisposable
{
    private const string Listening = """
        const port = process.argv[process.argv.indexOf('--port') + 1];
        console.log(`Started HTTP and WebSocket JSON-RPC server at http://127.0.0.1:${port}/`);
        setInterval(() => console.log('x'.repeat(1000)), 1);
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [NodeFact]
    public async Task StartAsync_GivenReadyLine_knowsTheUrlAndStopEndsTheChild()
    {
        await using var chain = await ChainSupervisor.StartAsync(Launch(Listening, 0), _ => { }, default);
        using var child = Process.GetProcessById(chain.ProcessId);

        Assert.Equal($"http://127.0.0.1:{chain.Port}/", chain.Url.ToString());
        await chain.StopAsync();
        Assert.True(child.HasExited);
        Assert.Null(await chain.Ended);
    }

    [NodeFact]
    public async Task StartAsync_GivenBusyPort_takesTheNextAndSaysSo()
    {
        using var busy = new TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        var said = new List<string>();

        await using var chain = await ChainSupervisor.StartAsync(Launch(Listening, port), said.Add, default);

        Assert.NotEqual(port, chain.Port);
        Assert.Equal([$"port {port} is busy: the chain uses {chain.Port}"], said);
    }

    [NodeFact]
    public async Task StartAsync_GivenEarlyExit_refusesWithItsLastLines()
    {
        var launch = Launch("console.error('HHE200: something is missing'); process.exit(7);", 0);

        var error = await Assert.ThrowsAsync<RefusedException>(
            () => ChainSupervisor.StartAsync(launch, _ => { }, default));

        Assert.Contains("exit code 7", error.Refusal.What);
        Assert.Contains("HHE200: something is missing", error.Refusal.Next);
    }

    [NodeFact]
    public async Task StartAsync_GivenSilence_refusesInTime()
    {
        var launch = Launch("setInterval(() => {}, 1000);", 0) with { ReadyWithin = TimeSpan.FromMilliseconds(100) };

        var error = await Assert.ThrowsAsync<RefusedException>(
            () => ChainSupervisor.StartAsync(launch, _ => { }, default));

        Assert.Equal(ExitCode.ChainUnreachable, error.Refusal.Code);
    }

    [NodeFact]
    public async Task Ended_GivenChildKilledByOthers_saysWhy()
    {
        await using var chain = await ChainSupervisor.StartAsync(Launch(Listening, 0), _ => { }, default);
        using var child = Process.GetProcessById(chain.ProcessId);

        child.Kill();

        Assert.Contains("ended by itself", (await chain.Ended)!.What);
    }

    [NodeFact]
    public async Task Child_GivenClosedStandardInput_leavesByItself()
    {
        // What the system does to the pipe when the parent is killed, without killing the test's own process.
        await using var chain = await ChainSupervisor.StartAsync(Launch(Listening, 0), _ => { }, default);
        chain.CloseStandardInput();

        Assert.Contains("exit code 0", (await chain.Ended)!.What);
    }

    private ChainLaunch Launch(string script, int port) => new(
        "node", [_folder.Write("chain.mjs", script)], _folder.Path, port == 0 ? Ports.FirstFree(20_000) : port);
}
