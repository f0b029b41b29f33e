using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Rpc;
using Pqms.Oracle;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>An oracle that acts only on blocks that count: so deep, or safe.</summary>
[Collection(ChainCollection.Name)]
public sealed class SafeBlockTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private const int Depth = 5;
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracle_GivenConfirmations_decidesOnlyWhenSoManyBlocksFollow()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await _realm.MineAsync(Depth);
        await using var oracle = TestOracle.Start(_realm, options => options with { Confirmations = Depth });
        await UntilHeadAsync(oracle);
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        var asked = (await _realm.NowAsync()).Block;
        await _realm.MineAsync(Depth - 1);
        await UntilHeadAsync(oracle);
        Assert.True(oracle.Status.FollowedBlock < asked, oracle.Describe());
        Assert.Equal(0ul, oracle.Status.LagBlocks);
        Assert.Equal(OraclePhase.Following, oracle.Status.Phase);

        await _realm.MineAsync();
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        await Reports.CompleteAsync(_realm);
    }

    [HardhatFact]
    public async Task Oracle_WhenOnlySafeBlocksCount_followsTheNodesSafeBlock()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await using var oracle = TestOracle.Start(_realm, options => options with { OnlySafe = true });
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        await _realm.MineAsync();
        var safe = (await _realm.Rpc.GetBlockAsync(BlockTag.Safe))!.Number;
        await RealmChain.UntilAsync(
            "the safe block is applied", () => Task.FromResult(oracle.Status.FollowedBlock >= safe), oracle.Describe);
        await Reports.CompleteAsync(_realm);
    }

    // The head that counts is what it follows; the newest block may be further on.
    private Task UntilHeadAsync(TestOracle oracle) => RealmChain.UntilAsync(
        "the oracle has applied what counts",
        async () =>
        {
            oracle.ThrowIfFailed();
            var due = (await _realm.NowAsync()).Block - Depth;
            return oracle.Status.FollowedBlock >= due && oracle.Status.HeadBlock >= due;
        },
        oracle.Describe);
}
