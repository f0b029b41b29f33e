using System.Net;
using System.Net.Sockets;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum.Transactions;
using Pqms.Node.Chain;
using Pqms.Node.Hosting;
using Pqms.Node.Keys;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;

namespace Pqms.EndToEnd.Tests.Exporting;

/// <summary>
/// A realm that was served while its first ports were busy, exported after one reservation, and ended: only the file
/// is left.
/// </summary>
public sealed class ExportedRealm : IAsyncLifetime
{
    private const int BlockMilliseconds = 200;

    private readonly List<string> _said = [];

    /// <summary>Removed at the end.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("pqms-export-").FullName;

    /// <summary>What `pqms audit export` wrote.</summary>
    public string ExportPath => Path.Combine(Folder, "history.pqms");

    /// <summary>The port that was wanted for the chain, and was busy.</summary>
    public int BusyChainPort { get; private set; }

    /// <summary>The port that was wanted for the HTTP API, and was busy.</summary>
    public int BusyApiPort { get; private set; }

    public Uri ChainUrl { get; private set; } = null!;

    public Uri ApiUrl { get; private set; } = null!;

    /// <summary>What was said aloud while starting.</summary>
    public IReadOnlyList<string> Said => _said;

    public UInt128 Reservation { get; } = ReservationIds.New();

    internal PqmsResult Export { get; private set; } = null!;

    internal PqmsResult Audit { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (HardhatFactAttribute.SkipReason is not null)
        {
            return;
        }

        using var chainPort = Occupy();
        using var apiPort = Occupy();
        BusyChainPort = ((IPEndPoint)chainPort.LocalEndpoint).Port;
        BusyApiPort = ((IPEndPoint)apiPort.LocalEndpoint).Port;
        var options = new RealmOptions
        {
            Launch = () => ChainLaunch.Hardhat(Repository.Root, BusyChainPort),
            BlockMilliseconds = BlockMilliseconds,
            ApiPort = BusyApiPort,
            DataFolder = Folder,
            ScenarioPath = Path.Combine(Repository.Root, "scenarios", "three-repeaters.json"),
        };
        await using var realm = await RealmHost.StartAsync(
            options, new Steps(Say, TimeProvider.System), CancellationToken.None);
        ChainUrl = realm.Session.Url;
        ApiUrl = realm.ApiUrl;
        await ReserveAsync(realm);
        Audit = await PqmsProcess.RunAsync(
            ["audit", ReservationIds.ToText(Reservation), "--replay", "--json", "--data-folder", Folder]);
        Export = await PqmsProcess.RunAsync(["audit", "export", ExportPath, "--json", "--data-folder", Folder]);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The exported history.</summary>
    public async Task<HistoryFile> ReadAsync()
    {
        await using var file = File.OpenRead(ExportPath);
        return await HistoryFile.ReadAsync(file);
    }

    private static TcpListener Occupy()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return listener;
    }

    private async Task ReserveAsync(RealmHost realm)
    {
        using var key = KeyRing.Development(DevelopmentAccount.Client);
        var sender = new TransactionSender(
            realm.Session.Rpc, key, realm.Session.ChainId, new MemoryTransactionStore());
        var client = new LedgerClient(realm.Session.Rpc, realm.Addresses, sender);
        await client.RequestAsync(Reservation, TestTerms.Good with { Slots = 3, TakesPerMinute = 12 });
        await UntilAsync(client, ReservationStatus.Granted);
        await client.TakeAsync(Reservation, 2);
        await client.ReleaseAsync(Reservation);
        await UntilAsync(client, ReservationStatus.Settled);
    }

    private Task UntilAsync(LedgerClient client, ReservationStatus status) => RealmChain.UntilAsync(
        $"the reservation becomes {status}",
        async () => (await client.GetReservationAsync(Reservation))!.Status == status,
        () => string.Join(" | ", Said));

    private void Say(string line)
    {
        lock (_said)
        {
            _said.Add(line);
        }
    }
}
