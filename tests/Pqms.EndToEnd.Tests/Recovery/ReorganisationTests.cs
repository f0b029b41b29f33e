using Pqms.EndToEnd.Tests.Lives;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk;
using Pqms.Tests;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>Blocks with requests, reports and takes are replaced by others while the oracle follows.</summary>
[Collection(ChainCollection.Name)]
public sealed class ReorganisationTests(LivelyRealm fixture) : IClassFixture<LivelyRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    public static TheoryData<int> Depths => TestProfile.Range(1, 2, nightlyLast: 20);

    [HardhatTheory]
    [MemberData(nameof(Depths))]
    public async Task Oracle_GivenReplacedBlocks_rebuildsAndReportsOn(int depth)
    {
        await using var oracle = TestOracle.Start(_realm);
        var kept = await GrantedAsync(oracle);
        await oracle.UntilIdleAsync(_realm);
        var before = oracle.Status;
        var snapshot = await _realm.SnapshotAsync();

        var lost = await GrantedAsync(oracle);
        await _realm.Client().TakeAsync(lost);
        await _realm.MineAsync(depth);
        await oracle.UntilIdleAsync(_realm);
        Assert.True(oracle.Status.AcceptedSequence > before.AcceptedSequence, oracle.Describe());

        await _realm.ReplaceBlocksAsync(snapshot, depth);
        var after = await GrantedAsync(oracle);
        await _realm.Client().TakeAsync(kept);
        await _realm.Client().ReleaseAsync(kept);
        await _realm.UntilStatusAsync(kept, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(_realm);

        Assert.True(oracle.Status.Rebuilds > before.Rebuilds, oracle.Describe());
        Assert.Contains(oracle.Notes, note => note.Contains("blocks replaced", StringComparison.Ordinal));
        Assert.Null(await _realm.Client().GetReservationAsync(lost));
        var history = await _realm.HistoryAsync();
        Assert.DoesNotContain(lost, history.Lives.Keys);
        Assert.Contains(after, history.Lives.Keys);
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }

    [HardhatFact]
    public async Task Oracle_GivenBlocksReplacedWhileItWorks_reportsOn()
    {
        await using var oracle = TestOracle.Start(_realm);
        await GrantedAsync(oracle);
        for (var round = 0; round < TestProfile.Count(4, 40); round++)
        {
            var snapshot = await _realm.SnapshotAsync();
            for (var i = 0; i <= round % 3; i++)
            {
                await _realm.Client().RequestAsync(ReservationIds.New(), TestTerms.Good);
            }

            // No wait: the reports of these requests may be computed, signed, sent or mined by now.
            await _realm.ReplaceBlocksAsync(snapshot, 1 + (round % 4));
        }

        var id = await GrantedAsync(oracle);
        await _realm.Client().ReleaseAsync(id);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(_realm);
        await Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }

    private async Task<UInt128> GrantedAsync(TestOracle oracle)
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        return id;
    }
}
