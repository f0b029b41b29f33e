using System.Net;
using System.Text.Json;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Node.Api;
using Pqms.Node.Hosting;
using Pqms.Node.Peers;
using Pqms.Oracle;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Peers;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Chaos;

/// <summary>What a <see cref="Victim"/> is given.</summary>
internal sealed record VictimSettings(
    Uri ChainUrl, string[] Contracts, ulong DeployedAtBlock, string ScenarioPath, string DataFolder, int Account,
    int Port, int[] PeerPorts, uint TakeoverSeconds)
{
    public LedgerAddresses Addresses()
    {
        Address[] at = [.. Contracts.Select(Address.Parse)];
        return new LedgerAddresses(at[0], at[1], at[2], at[3], at[4], at[5], DeployedAtBlock);
    }
}

/// <summary>A real oracle, in a process of its own, which dies where it is told to: a line "passes place" on its
/// standard input, or as its second argument for its start.</summary>
internal static class Victim
{
    public const string Ready = "ready";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var settings = JsonSerializer.Deserialize<VictimSettings>(arguments[0])!;
        var points = new KillPoints();
        if (arguments.Length > 1)
        {
            Arm(points, arguments[1]);
        }

        var scenario = ScenarioFile.Read(settings.ScenarioPath);
        using var key = EthereumKey.FromMnemonic(Mnemonic.Development, settings.Account);
        HttpPeer[] peers = [.. settings.PeerPorts.Select(port => new HttpPeer(new Uri($"http://127.0.0.1:{port}/")))];
        var options = new OracleOptions
        {
            ChainUrl = settings.ChainUrl,
            Addresses = settings.Addresses(),
            DataFolder = settings.DataFolder,
            Scenarios = OracleOptions.ScenariosFrom(scenario.Bytes),
            PollInterval = TimeSpan.FromMilliseconds(20),
            Peers = peers,
            TakeoverSeconds = settings.TakeoverSeconds,
            Journal = new() { SnapshotBlocks = 16 },
        };
        var service = new OracleService(
            options, key.Address, [key], new WatchingObserver(points), TimeProvider.System,
            () => new WatchedChain(new LedgerChain(options, key, TimeProvider.System), points), meshes: null);
        await using var api = await ApiServer.StartAsync(
            IPAddress.Loopback, settings.Port, new VictimView(service, points), CancellationToken.None);
        var running = service.RunAsync(CancellationToken.None);
        Console.Out.WriteLine(Ready);
        _ = Task.Run(() => Listen(points));
        await running;
        return 0;
    }

    private static void Listen(KillPoints points)
    {
        while (Console.In.ReadLine() is { } line)
        {
            Arm(points, line);
        }
    }

    private static void Arm(KillPoints points, string line)
    {
        var words = line.Split(' ', 2);
        points.Arm(words[1], int.Parse(words[0], System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>Dies in the observer's calls, which come from the oracle's own tasks.</summary>
internal sealed class WatchingObserver(KillPoints points) : IOracleObserver
{
    public void Note(string text) => Console.Error.WriteLine(text);

    public void EraOpened(ulong era, Bytes32 scenarioHash, ulong block) => points.Pass(KillPlace.Era);

    public void ReportComputed(ulong sequence, ulong leaves, ulong toBlock) => points.Pass(KillPlace.Computed);

    public void ReportSent(ulong sequence, ulong leaves) => points.Pass(KillPlace.Sent);

    public void PeerAnswered(string peer, ulong sequence, PeerOutcome? outcome) =>
        points.Pass(KillPlace.PeerAnswered);

    public void Mined(string kind, ulong sequence, bool succeeded, ulong gasUsed, ulong block, Bytes32 transaction) =>
        points.Pass(kind == "report" ? KillPlace.ReportMined : KillPlace.SettlementMined);

    public void Refused(ulong sequence, string reason) => Note($"report {sequence} refused: {reason}");

    public void Reorganised(ulong firstBlock, int count) => Note($"{count} blocks replaced from {firstBlock} on");
}

/// <summary>What the peers and the auditor ask for.</summary>
internal sealed class VictimView(OracleService service, KillPoints points) : INodeView
{
    public bool IsHealthy => true;

    public Readiness Readiness => Readiness.Of(service.Status);

    public NodeStatus Status => throw new NotSupportedException("A victim tells its readiness only.");

    public IReadOnlyList<PoolStatus> Pools => [];

    public string Metrics => string.Empty;

    public ReadOnlyMemory<byte>? Scenario(Bytes32 hash) => null;

    public ReadOnlyMemory<byte>? Batch(Bytes32 dataHash) =>
        service.Batch(dataHash) is { } batch ? batch : (ReadOnlyMemory<byte>?)null;

    public async Task<PeerAnswer> AnswerAsync(SignatureQuestion question, CancellationToken cancel)
    {
        points.Pass(KillPlace.BeforeAnswer);
        var answer = await service.AnswerAsync(question, cancel);
        points.Pass(KillPlace.AfterAnswer);
        return answer;
    }

    public BlockTrace? Trace(ulong block) => service.Trace(block);

    public IReadOnlyList<MeshEvent>? Events(ulong block) => service.Events(block);
}
