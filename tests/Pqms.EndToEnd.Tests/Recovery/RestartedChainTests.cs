using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Oracle;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>A development chain forgets everything when it restarts: same port, same chain id, another
/// genesis.</summary>
[Collection(ChainCollection.Name)]
public sealed class RestartedChainTests
{
    [HardhatFact]
    public async Task Oracle_GivenARestartedChain_stopsAndBeginsANewJournal()
    {
        await using var realm = await RealmChain.StartAsync(new RealmSetup { BlockMilliseconds = 1000 });
        await using var before = TestOracle.Start(realm);
        await GrantedAsync(realm, before);
        await before.UntilIdleAsync(realm);
        var old = before.Status;

        await realm.RestartAsync(deploy: false);
        var failure = Assert.IsType<OracleException>(await before.FailureAsync());
        Assert.Contains("no ReportHub", failure.Message, StringComparison.Ordinal);
        Assert.Contains("restarted", failure.Message, StringComparison.Ordinal);

        await realm.DeployAsync();
        await using var after = TestOracle.Start(realm);
        await GrantedAsync(realm, after);
        await after.UntilIdleAsync(realm);

        Assert.Equal(old.ChainId, after.Status.ChainId);
        Assert.NotEqual(old.Genesis, after.Status.Genesis);
        Assert.NotEqual(old.Journal, after.Status.Journal);
        Assert.True(File.Exists(old.Journal), old.Journal);
        Assert.True(File.Exists(after.Status.Journal), after.Status.Journal);
        Assert.Single((await realm.HistoryAsync()).Lives);
        await Reports.CompleteAsync(realm);
    }

    private static async Task GrantedAsync(RealmChain realm, TestOracle oracle)
    {
        var id = ReservationIds.New();
        await realm.Client().RequestAsync(id, TestTerms.Good);
        await realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
    }
}
