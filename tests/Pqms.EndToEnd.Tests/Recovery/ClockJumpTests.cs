using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>The chain's clock jumps, as it does when blocks stop for hours.</summary>
[Collection(ChainCollection.Name)]
public sealed class ClockJumpTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private const ulong FourHours = 14_400;
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracle_WhenTheClockJumpsByFourHours_reportsThemInOneEpoch()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await using var oracle = TestOracle.Start(_realm, static options => options);
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        await oracle.UntilIdleAsync(_realm);
        var before = oracle.Status.ComputedSequence;

        await _realm.JumpAsync(FourHours);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(_realm);

        var reports = (await _realm.Client().ReportsAsync(0)).Where(one => one.Data.Sequence > before).ToList();
        Assert.Single(reports, one => one.Data.Report.ToTime - reports[0].Data.Report.ToTime is 0);
        Assert.True(reports.Count <= 2, $"{reports.Count} reports for one block");
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }
}
