using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk.Client;
using Pqms.Tests;
using Xunit.Abstractions;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Logs alone tell everything that the ledger's getters tell.</summary>
[Collection(ChainCollection.Name)]
public sealed class HistoryTests(ChallengedRealm fixture, ITestOutputHelper output)
    : IClassFixture<ChallengedRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 2, nightlyLast: 6);

    [HardhatTheory]
    [MemberData(nameof(Seeds))]
    public async Task History_GivenARandomUseOfTheLedger_equalsEveryGetter(int seed)
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var use = new LedgerUse(_realm, seed);
        await use.RunAsync(TestProfile.Count(800, 2_000));
        output.WriteLine($"seed {seed}\n{use}");
        Assert.True(!use.Missing.Any(), $"seed {seed}: never {string.Join(", ", use.Missing)}");
        Assert.Empty(LedgerSurface.Functions().Except(use.Functions.Keys));
        Assert.Empty(LedgerSurface.Events().Except(use.Events.Keys));

        var history = await _realm.HistoryAsync();
        var now = await _realm.NowAsync();
        Assert.NotEmpty(history.Lives);
        Assert.Empty(await StateComparison.CompareAsync(_realm.Client(), history, now.Block));
        await Money.ConservedAsync(_realm);

        var tampering = new Tampering(await HistoryCollector.CollectAsync(_realm.Client()));
        tampering.Run(TestProfile.Count(1, 2));
        output.WriteLine($"{tampering.Planted} faults planted, harmless: {string.Join(", ", tampering.Silent)}");
        Assert.Empty(tampering.Missed);
    }
}
