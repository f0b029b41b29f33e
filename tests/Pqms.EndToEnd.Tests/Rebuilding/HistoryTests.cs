using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk.Client;
using Pqms.Tests;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Logs alone tell everything that the ledger's getters tell.</summary>
[Collection(ChainCollection.Name)]
public sealed class HistoryTests(ChallengedRealm fixture) : IClassFixture<ChallengedRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 2, nightlyLast: 20);

    [HardhatTheory]
    [MemberData(nameof(Seeds))]
    public async Task History_GivenARandomUseOfTheLedger_equalsEveryGetter(int seed)
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var use = new LedgerUse(_realm, seed);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        try
        {
            await use.RunAsync(TestProfile.Count(1_200, 3_000));
        }
        finally
        {
            Report(seed, use, watch.Elapsed);
        }

        Assert.True(!use.Missing.Any(), $"never {string.Join(", ", use.Missing)}; done: {string.Join(", ", use.Done)}");
        Assert.Empty(LedgerSurface.Functions().Except(use.Functions.Keys));
        Assert.Empty(LedgerSurface.Events().Except(use.Events.Keys));

        var history = await _realm.HistoryAsync();
        var now = await _realm.NowAsync();
        Assert.NotEmpty(history.Lives);
        Assert.Empty(await StateComparison.CompareAsync(_realm.Client(), history, now.Block));
        await Money.ConservedAsync(_realm);
    }

    private static void Report(int seed, LedgerUse use, TimeSpan time)
    {
        var text = $"seed {seed} {time}\nnever: {string.Join(", ", use.Missing)}\n"
            + $"done: {string.Join(", ", use.Done)}\nrefused: {string.Join(", ", use.Refused)}\n"
            + $"functions: {string.Join(", ", use.Functions)}\nevents: {string.Join(", ", use.Events)}\n";
        File.AppendAllText("/tmp/driver.txt", text + "late " + string.Join("; ", LedgerUse.Dbg.TakeLast(12)) + "\n"); LedgerUse.Dbg.Clear();
    }
}
