using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Rpc;
using Pqms.Oracle;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Lives;

/// <summary>A realm whose hub knows three signers and needs two.</summary>
public sealed class TwoOfThreeRealm() : RealmFixture(new RealmSetup
{
    Signers = [1, 6, 7],
    Threshold = 2,
    BlockMilliseconds = 1000,
});

/// <summary>No single signer can report.</summary>
[Collection(ChainCollection.Name)]
public sealed class TwoOfThreeTests(TwoOfThreeRealm fixture) : IClassFixture<TwoOfThreeRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracle_GivenAllKeys_reportsWithTwoSignatures()
    {
        await using var oracle = TestOracle.Start(_realm);
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        await oracle.UntilIdleAsync(_realm);

        var reports = await _realm.Client().ReportsAsync(0);
        Assert.NotEmpty(reports);
        Assert.All(reports, report => Assert.Equal(2, int.PopCount((int)(uint)report.Data.SignersMask)));
        Assert.True((await _realm.ReplayAsync()).Reports > 0);
    }

    [HardhatFact]
    public async Task Oracle_GivenOneKey_stopsNamingThresholdAndSigners()
    {
        await using var oracle = TestOracle.Start(
            _realm, Path.Combine(_realm.Folder, "lonely"), signers: [_realm.Signers[1]]);
        var failure = Assert.IsType<OracleException>(await oracle.FailureAsync());
        Assert.Contains("needs 2 signatures", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_realm.Signers[2].Address.ToString(), failure.Message, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Submit_GivenOneSignature_isRefusedWithTheThreshold()
    {
        var reporter = new HandReporter(_realm);
        var draft = await reporter.DraftAsync();
        var refused = await Assert.ThrowsAsync<RevertException>(() => reporter.SubmitAsync(draft, _realm.Signers[0]));
        Assert.Equal("ReportHub_SignatureCount", refused.Decoded?.Name);
        Assert.Contains("count: 1, threshold: 2, signers: 3", refused.Message, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Submit_GivenTheSameSignerTwice_isRefused()
    {
        var reporter = new HandReporter(_realm);
        var key = _realm.Signers[0];
        var draft = await reporter.DraftAsync();
        var refused = await Assert.ThrowsAsync<RevertException>(() => reporter.SubmitAsync(draft, key, key));
        Assert.Equal("ReportHub_SignersNotAscending", refused.Decoded?.Name);
    }

    [HardhatFact]
    public async Task Submit_GivenASignerAndAStranger_isRefused()
    {
        var reporter = new HandReporter(_realm);
        var draft = await reporter.DraftAsync();
        var refused = await Assert.ThrowsAsync<RevertException>(
            () => reporter.SubmitAsync(draft, _realm.Signers[0], _realm.Key(9)));
        Assert.Equal("ReportHub_UnknownSigner", refused.Decoded?.Name);
    }
}
