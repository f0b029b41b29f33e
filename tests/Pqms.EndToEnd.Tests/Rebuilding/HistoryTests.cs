using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk.Client;
using Pqms.Tests;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Logs alone tell everything that the ledger's getters tell.</summary>
[Collection(ChainCollection.Name)]
public sealed class HistoryTests(BackboneRealm fixture) : IClassFixture<BackboneRealm>
{
    private static readonly string[] _needed =
        ["request", "decide", "take", "release", "cancel", "settle", "withdraw", "wait", "extend", "offer", "deposit",
            "order"];

    private readonly RealmChain _realm = fixture.Realm;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 2, nightlyLast: 20);

    [HardhatTheory]
    [MemberData(nameof(Seeds))]
    public async Task History_GivenARandomUseOfTheLedger_equalsEveryGetter(int seed)
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var use = new RandomLedgerUse(_realm, seed);
        await use.RunAsync(TestProfile.Count(400, 800));
        var counts = $"seed {seed}: {string.Join(", ", use.Accepted)}, {use.Refused} refused";
        Assert.All(_needed, name => Assert.True(use.Accepted.ContainsKey(name), $"never {name}; {counts}"));

        var history = await _realm.HistoryAsync();
        var now = await _realm.NowAsync();
        Assert.NotEmpty(history.Lives);
        Assert.Empty(await StateComparison.CompareAsync(_realm.Client(), history, now.Block));
        await Money.ConservedAsync(_realm);
    }
}
