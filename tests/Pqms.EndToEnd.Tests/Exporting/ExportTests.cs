using System.Net.Sockets;
using System.Text.Json;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.EndToEnd.Tests.Exporting;

/// <summary>A history outlives its chain, and cannot be altered unseen.</summary>
[Collection(RunningCollection.Name)]
public sealed class ExportTests(ExportedRealm realm) : IClassFixture<ExportedRealm>
{
    private static readonly Dictionary<string, (Func<HistoryFile, HistoryFile> Change, string Fault)> _tampers =
        new(StringComparer.Ordinal)
        {
            ["a bit of a batch"] = (
                file => file with { Batches = [Flip(file.Batches[0], 40), .. file.Batches.Skip(1)] }, "1 of "),
            ["a batch left out"] = (file => file with { Batches = [.. file.Batches.Skip(1)] }, "have no batch"),
            ["a bit of the scenario"] = (file => file with { Scenarios = [Flip(file.Scenarios[0], 100)] }, "scenario"),
            ["a header's time"] = (file => file with { Headers = Later(file.Headers) }, "block "),
            ["a header left out"] = (file => file with { Headers = [.. file.Headers.Where((_, i) => i != 7)] },
                "block 8 does not follow block 6"),
            ["the genesis"] = (file => file with { GenesisHash = file.Headers[1].Hash }, "genesis"),
            ["an amount"] = (file => Altered(file, TreasuryContract.AccountChangedEvent.Topic0, 31), "Money"),
            ["a score"] = (file => Altered(file, ParticleAllocationContract.ReservationSettledEvent.Topic0, 31),
                "resource-id-"),
            ["a report's state hash"] = (file => Altered(file, ReportHubContract.ReportAcceptedEvent.Topic0, 350),
                "report hash"),
            ["a take left out"] = (file => Without(file, ParticleAllocationContract.TakeRequestedEvent.Topic0),
                "never asked for"),
            ["a credit left out"] = (file => Without(file, TreasuryContract.AccountChangedEvent.Topic0), "Money"),
            ["a report left out"] = (file => Without(file, ReportHubContract.ReportAcceptedEvent.Topic0), "Reports"),
        };

    public static TheoryData<string> Tampers => [.. _tampers.Keys];

    [HardhatFact]
    public void Up_GivenBusyPorts_takesTheNextFreeOnesAndSaysSo()
    {
        Assert.True(realm.ChainUrl.Port > realm.BusyChainPort, $"{realm.ChainUrl}");
        Assert.True(realm.ApiUrl.Port > realm.BusyApiPort, $"{realm.ApiUrl}");
        Said($"port {realm.BusyChainPort} is busy: the chain uses {realm.ChainUrl.Port}");
        Said($"port {realm.BusyApiPort} is busy: the HTTP API uses {realm.ApiUrl.Port}");
    }

    [HardhatFact]
    public void Up_GivenAnotherBlockTime_saysIt() => Said("a block every 200 ms");

    [HardhatFact]
    public void Audit_GivenTheServedRealm_keepsEveryPromise()
    {
        Assert.True(realm.Audit.ExitCode == 0, realm.Audit.Error);
        using var document = JsonDocument.Parse(realm.Audit.Output);
        var audit = document.RootElement;
        Assert.Equal("Settled", audit.GetProperty("status").GetString());
        Assert.Equal(2, audit.GetProperty("proofs").GetInt32());
        Assert.True(audit.GetProperty("replay").GetProperty("equal").GetBoolean());
    }

    [HardhatFact]
    public async Task Export_GivenTheServedRealm_holdsEverything()
    {
        Assert.True(realm.Export.ExitCode == 0, realm.Export.Error);
        using var document = JsonDocument.Parse(realm.Export.Output);
        Assert.Equal(0, document.RootElement.GetProperty("missingBatches").GetInt32());
        var file = await realm.ReadAsync();
        Assert.Equal(file.Logs.Count, document.RootElement.GetProperty("logs").GetInt32());
        Assert.True(file.Batches.Count >= 2, $"{file.Batches.Count} batches");
        Assert.Single(file.Scenarios);
    }

    [HardhatFact]
    public async Task Verify_GivenTheChainIsGone_acceptsAndReplaysTheFile()
    {
        Assert.False(await AnswersAsync(realm.ChainUrl));
        Assert.False(await AnswersAsync(realm.ApiUrl));

        var result = await PqmsProcess.RunAsync(["audit", "verify", realm.ExportPath, "--json"]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        using var document = JsonDocument.Parse(result.Output);
        var found = document.RootElement;
        Assert.True(found.GetProperty("accepted").GetBoolean());
        Assert.Equal(1, found.GetProperty("reservations").GetInt32());
        Assert.True(found.GetProperty("headersRecomputed").GetInt32() > 0);
        var replay = found.GetProperty("replay");
        Assert.True(replay.GetProperty("equal").GetBoolean());
        Assert.True(replay.GetProperty("reports").GetInt32() >= 2);
    }

    [HardhatFact]
    public async Task Verify_GivenATamperedFile_isRefusedByTheCommandNamingTheFault()
    {
        var path = Path.Combine(realm.Folder, "tampered.pqms");
        await using (var target = File.Create(path))
        {
            await _tampers["an amount"].Change(await realm.ReadAsync()).WriteAsync(target);
        }

        var result = await PqmsProcess.RunAsync(["audit", "verify", path]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("FAILED", result.Output, StringComparison.Ordinal);
        Assert.Contains("Money", result.Output, StringComparison.Ordinal);
        Assert.Contains("wei", result.Output, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Verify_GivenHalfAFile_isRefused()
    {
        var path = Path.Combine(realm.Folder, "half.pqms");
        var bytes = await File.ReadAllBytesAsync(realm.ExportPath);
        await File.WriteAllBytesAsync(path, bytes[..(bytes.Length / 2)]);
        var result = await PqmsProcess.RunAsync(["audit", "verify", path]);
        Assert.True(result.ExitCode == 1, $"code {result.ExitCode}: {result.Error}");
        Assert.Contains("cannot be read", result.Error, StringComparison.Ordinal);
    }

    [HardhatTheory]
    [MemberData(nameof(Tampers))]
    public async Task Verify_GivenATamperedHistory_namesTheFault(string name)
    {
        var (change, fault) = _tampers[name];
        var file = await realm.ReadAsync();
        Assert.True(HistoryVerifier.Verify(file).Accepted);

        var found = HistoryVerifier.Verify(change(file));

        Assert.False(found.Accepted);
        Assert.Contains(fault, found.FirstFault!.ToString(), StringComparison.Ordinal);
    }

    private void Said(string text) =>
        Assert.Contains(realm.Said, line => line.Contains(text, StringComparison.Ordinal));

    private static byte[] Flip(byte[] bytes, int at)
    {
        var copy = (byte[])bytes.Clone();
        copy[at] ^= 1;
        return copy;
    }

    private static IReadOnlyList<BlockHeader> Later(IReadOnlyList<BlockHeader> headers) =>
        [.. headers.Take(headers.Count - 1), headers[^1] with { Timestamp = headers[^1].Timestamp + 1 }];

    // The last log of its kind, one bit of its data flipped.
    private static HistoryFile Altered(HistoryFile file, Bytes32 topic, int at)
    {
        var index = LastOf(file, topic);
        var altered = file.Logs[index] with { Data = Flip(file.Logs[index].Data, at) };
        return file with { Logs = [.. file.Logs.Select((log, i) => i == index ? altered : log)] };
    }

    private static HistoryFile Without(HistoryFile file, Bytes32 topic)
    {
        var index = LastOf(file, topic);
        return file with { Logs = [.. file.Logs.Where((_, i) => i != index)] };
    }

    private static int LastOf(HistoryFile file, Bytes32 topic) =>
        file.Logs.Select((log, index) => (log, index)).Last(pair => pair.log.Topics[0] == topic).index;

    private static async Task<bool> AnswersAsync(Uri url)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(url.Host, url.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
