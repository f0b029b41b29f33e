using Pqms.EndToEnd.Tests.Ring;
using Pqms.Ethereum;
using Pqms.Node.Audit;
using Pqms.Oracle;
using Pqms.Sdk;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.EndToEnd.Tests.Auditing;

/// <summary>A realm with one settled reservation and one that is open; its oracle has ended and left its
/// batch files.</summary>
public sealed class AuditedRealm : IAsyncLifetime
{
    private readonly Dictionary<Bytes32, byte[]> _batches = [];
    private readonly UInt128 _open = ReservationIds.New();
    private RealmChain? _realm;

    /// <summary>The chain; its automatic blocks are off, so nothing moves but what a test does.</summary>
    public RealmChain Chain => _realm!;

    /// <summary>The oracle's journal.</summary>
    public string JournalFile => Assert.Single(Directory.GetFiles(
        Path.Combine(Chain.Folder, "oracle"), "journal-*.db", SearchOption.AllDirectories));

    /// <summary>Files of the reports, by hash.</summary>
    internal IReadOnlyDictionary<Bytes32, byte[]> Batches => _batches;

    public async Task InitializeAsync()
    {
        if (HardhatFactAttribute.SkipReason is not null)
        {
            return;
        }

        _realm = await RealmChain.StartAsync(new RealmSetup { BlockMilliseconds = 500 });
        await using (var oracle = TestOracle.Start(_realm))
        {
            await LiveAsync(oracle);
        }

        await _realm.SendAsync("evm_setIntervalMining", 0.0);
    }

    public async Task DisposeAsync()
    {
        if (_realm is not null)
        {
            await _realm.DisposeAsync();
        }
    }

    /// <summary>Audits the whole ledger with the files that somebody serves.</summary>
    internal async Task<WholeAudit> AuditAsync(Func<Bytes32, byte[]?> serve)
    {
        await using var server = new FileServer(serve);
        using var files = new ContentClient(server.Url);
        var auditor = new Auditor(Chain.Client(), files);
        var evidence = await auditor.CollectAsync(null, CancellationToken.None);
        return await auditor.AuditAsync(
            evidence, OracleOptions.ScenariosFrom(Chain.Scenario.Bytes), null, CancellationToken.None);
    }

    /// <summary>A take and the report of it that the oracle makes, on a chain without that report.</summary>
    internal async Task<(Report Report, Batch Batch)> NextReportAsync()
    {
        var known = (await Chain.HistoryAsync()).Reports.Count;
        await Chain.Client().TakeAsync(_open, 1);
        await Chain.JumpAsync(60);
        var before = await Chain.SnapshotAsync();
        var made = await ReportAsync(known);
        Assert.True((await Chain.SendAsync("evm_revert", before)).GetBoolean());
        Chain.RenewClients();
        return made;
    }

    private async Task<(Report Report, Batch Batch)> ReportAsync(int index)
    {
        await using var oracle = TestOracle.Start(Chain, Path.Combine(Chain.Folder, "forger"));
        await oracle.UntilIdleAsync(Chain);
        var report = (await Chain.HistoryAsync()).Reports[index].Data.Report;
        return (report, Batch.Parse(oracle.Batch(report.DataHash)));
    }

    private async Task LiveAsync(TestOracle oracle)
    {
        var id = ReservationIds.New();
        var client = Chain.Client();
        var terms = TestTerms.Good with { Slots = 3, TakesPerMinute = 12 };
        await client.RequestAsync(id, terms);
        await client.RequestAsync(_open, terms);
        await Chain.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        await Chain.UntilStatusAsync(_open, ReservationStatus.Granted, oracle);
        await client.TakeAsync(id, 2);
        await oracle.UntilIdleAsync(Chain);
        await client.ReleaseAsync(id);
        await Chain.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(Chain);
        foreach (var report in (await Chain.HistoryAsync()).Reports)
        {
            var hash = report.Data.Report.DataHash;
            _batches[hash] = oracle.Batch(hash) ?? throw new InvalidOperationException($"{report} has no batch");
        }
    }
}
