using Pqms.EndToEnd.Tests.Lives;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;
using Pqms.Tests;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>An oracle that is killed anywhere leaves nothing missing and nothing doubled.</summary>
[Collection(ChainCollection.Name)]
public sealed class KilledOracleTests(LivelyRealm fixture) : IClassFixture<LivelyRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracle_WhenKilledBetweenReportAndSettlement_settlesOnceAfterItsRestart()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await using (var killed = TestOracle.Start(_realm))
        {
            await _realm.UntilStatusAsync(id, ReservationStatus.Granted, killed);
            await killed.UntilIdleAsync(_realm);
            killed.KillAfterSending = _ => true;
            await _realm.Client().ReleaseAsync(id);
            await killed.UntilEndedAsync();
        }

        Assert.Equal(ReservationStatus.Ended, (await _realm.Client().GetReservationAsync(id))!.Status);
        await using var oracle = TestOracle.Start(_realm);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(_realm);
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }

    [HardhatFact]
    public async Task Oracle_WhenKilledAfterEveryReport_stillCarriesTheReservationThrough()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good with { Slots = 2, TakesPerMinute = 60 });
        await KilledOnceAsync();
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted);
        await _realm.Client().TakeAsync(id);
        await KilledOnceAsync();
        await _realm.Client().ReleaseAsync(id);
        await KilledOnceAsync();

        await using var oracle = TestOracle.Start(_realm);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(_realm);
        var life = (await _realm.HistoryAsync()).Lives[id];
        Assert.Single(life.Steps, step => step.Event is ReservationDecided);
        Assert.Single(life.Steps, step => step.Event is ReservationSettled);
        await Reports.CompleteAsync(_realm);
    }

    [HardhatFact]
    public async Task Oracle_WhenKilledAtAnyStep_leavesNothingMissingOrDoubled()
    {
        var ids = new List<UInt128>();
        for (var step = 1; step <= TestProfile.Count(8, 40); step++)
        {
            var id = ReservationIds.New();
            ids.Add(id);
            await _realm.Client().RequestAsync(
                id, TestTerms.Good with { DurationSeconds = ReservationTerms.MaxDurationSeconds });
            await using var killed = TestOracle.Start(_realm, killAtStep: step);
            await killed.UntilEndedAsync(AskAndCancelAsync);
        }

        await using var oracle = TestOracle.Start(_realm);
        await oracle.UntilIdleAsync(_realm);
        foreach (var id in ids)
        {
            await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
            await _realm.Client().ReleaseAsync(id);
        }

        foreach (var id in ids)
        {
            await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        }

        await oracle.UntilIdleAsync(_realm);
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }

    // One more report for the oracle to make; no slot stays booked.
    private async Task AskAndCancelAsync()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        try
        {
            await _realm.Client().CancelAsync(id);
        }
        catch (RevertException)
        {
            // Its window began with the grant: then it is released.
            await _realm.Client().ReleaseAsync(id);
        }
    }

    [HardhatFact]
    public async Task Oracle_GivenASnapshot_goesOnFromItsBlockAndSettles()
    {
        var folder = Path.Combine(_realm.Folder, "snapshot");
        var id = ReservationIds.New();
        await using (var first = TestOracle.Start(_realm, folder))
        {
            await first.UntilIdleAsync(_realm);
            await _realm.MineAsync(40);
            await _realm.Client().RequestAsync(id, TestTerms.Good);
            await _realm.UntilStatusAsync(id, ReservationStatus.Granted, first);
            await first.UntilIdleAsync(_realm);
        }

        await using var second = TestOracle.Start(_realm, folder);
        await second.UntilIdleAsync(_realm);
        Assert.Contains(second.Notes, note => note.Contains("snapshot of block", StringComparison.Ordinal));
        await _realm.Client().ReleaseAsync(id);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, second);
        await second.UntilIdleAsync(_realm);
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }

    [HardhatFact]
    public async Task Oracle_GivenItsDataFolderIsGone_rebuildsFromTheChain()
    {
        var folder = Path.Combine(_realm.Folder, "to-be-lost");
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        ulong accepted;
        await using (var first = TestOracle.Start(_realm, folder))
        {
            await _realm.UntilStatusAsync(id, ReservationStatus.Granted, first);
            await first.UntilIdleAsync(_realm);
            accepted = first.Status.AcceptedSequence;
        }

        Directory.Delete(folder, recursive: true);

        await using var second = TestOracle.Start(_realm, folder);
        await second.UntilIdleAsync(_realm);
        Assert.Equal(accepted, second.Status.AcceptedSequence);
        await _realm.Client().ReleaseAsync(id);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, second);
        await second.UntilIdleAsync(_realm);
        await Reports.CompleteAsync(_realm);
        foreach (var report in await _realm.Client().ReportsAsync(0))
        {
            Assert.NotNull(second.Batch(report.Data.Report.DataHash));
        }
    }

    private async Task KilledOnceAsync()
    {
        await using var oracle = TestOracle.Start(_realm);
        oracle.KillAfterSending = _ => true;
        await oracle.UntilEndedAsync();
    }
}
