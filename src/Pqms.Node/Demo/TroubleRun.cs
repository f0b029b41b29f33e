using System.Text.Json;
using Pqms.Ethereum.Crypto;
using Pqms.Node.Audit;
using Pqms.Node.Hosting;
using Pqms.Sdk.Audit;

namespace Pqms.Node.Demo;

/// <summary>Demonstrations of what may go wrong, each on a chain of its own: what was lost, or who was
/// caught.</summary>
public static class TroubleRun
{
    /// <summary>Kills the oracle three times with SIGKILL: before its decision, its takes and its settlement are
    /// reported.</summary>
    /// <param name="setup">The host's part.</param>
    /// <param name="key">The client's key; stays the caller's.</param>
    /// <param name="steps">Measures and says the steps.</param>
    /// <param name="cancel">Ends the run.</param>
    public static async Task<TroubleResult> CrashAsync(
        TroubleSetup setup, EthereumKey key, Steps steps, CancellationToken cancel)
    {
        await using var realm = await StartAsync(setup, steps, cancel);
        var client = realm.NewClient(key, steps, cancel);
        var pool = await client.FindPoolAsync();
        var id = await client.RequestAsync(pool);
        await CrashAndRestartAsync(realm, "after the request was mined", steps, cancel);
        await client.GrantAsync(id);
        await client.TakeAsync(id);
        await CrashAndRestartAsync(realm, "after the takes were mined", steps, cancel);
        client = realm.NewClient(key, steps, cancel);
        await client.DeliveredAsync(id);
        await client.ReleaseAsync(id);
        await CrashAndRestartAsync(realm, "after the release was mined", steps, cancel);
        await client.SettledAsync(id);
        var facts = await TroubleCount.RunAsync(realm.Place, client.Ledger, id, cancel);
        return Result("crash", ["the oracle was killed three times, and started again"], facts, steps);
    }

    /// <summary>Replaces the blocks that hold the takes and their report by others.</summary>
    /// <param name="setup">The host's part.</param>
    /// <param name="key">The client's key; stays the caller's.</param>
    /// <param name="steps">Measures and says the steps.</param>
    /// <param name="cancel">Ends the run.</param>
    public static async Task<TroubleResult> ReorganiseAsync(
        TroubleSetup setup, EthereumKey key, Steps steps, CancellationToken cancel)
    {
        await using var realm = await StartAsync(setup, steps, cancel);
        var client = realm.NewClient(key, steps, cancel);
        var id = await client.RequestAsync(await client.FindPoolAsync());
        await client.GrantAsync(id);
        var rpc = realm.Session.Rpc;
        var snapshot = await rpc.SendAsync("evm_snapshot", [], cancel);
        var before = await client.Ledger.MomentAsync(default, cancel);
        await client.TakeAsync(id);
        await client.DeliveredAsync(id);
        var lost = await client.Ledger.MomentAsync(default, cancel) is var now ? now.Block - before.Block : 0;
        await rpc.SendAsync("evm_revert", [snapshot], cancel);
        await rpc.SendAsync("evm_increaseTime", [JsonSerializer.SerializeToElement(1)], cancel);
        steps.Say($"{lost} blocks were replaced: the takes and their report are in no block any more");
        client = realm.NewClient(key, steps, cancel);
        await client.TakeAsync(id);
        await client.DeliveredAsync(id);
        await client.ReleaseAsync(id);
        await client.SettledAsync(id);
        var facts = await TroubleCount.RunAsync(realm.Place, client.Ledger, id, cancel);
        return Result(
            "reorg",
            [
                $"{lost} blocks with {DemoClient.Takes} takes and their report were replaced",
                "the client sent its takes again, as after any reorganisation",
            ],
            facts, steps);
    }

    /// <summary>Forges a batch file, an exported history, and a report that the oracle's own key signs.</summary>
    /// <param name="setup">The host's part.</param>
    /// <param name="key">The client's key; stays the caller's.</param>
    /// <param name="steps">Measures and says the steps.</param>
    /// <param name="cancel">Ends the run.</param>
    public static async Task<TroubleResult> TamperAsync(
        TroubleSetup setup, EthereumKey key, Steps steps, CancellationToken cancel)
    {
        await using var realm = await StartAsync(setup, steps, cancel);
        var client = realm.NewClient(key, steps, cancel);
        var id = await client.RequestAsync(await client.FindPoolAsync());
        await client.GrantAsync(id);
        await client.TakeAsync(id);
        await client.DeliveredAsync(id);
        await client.ReleaseAsync(id);
        await client.SettledAsync(id);
        using var files = new ContentClient(realm.Place.ApiUrl);
        var evidence = await new Auditor(client.Ledger, files).CollectAsync(null, cancel);
        var forger = new Forger(realm, client.Ledger, evidence.File);
        TroubleFact[] facts =
        [
            new("honest history", "accepted", HistoryVerifier.Verify(evidence.File).Accepted),
            await forger.BatchAsync(cancel),
            forger.Amount(),
            await forger.ReportAsync(cancel),
        ];
        return Result(
            "tamper",
            ["a batch file, an exported amount, and a report signed by the oracle's own key were forged"],
            facts, steps);
    }

    private static async Task<TroubleRealm> StartAsync(TroubleSetup setup, Steps steps, CancellationToken cancel)
    {
        var realm = await steps.RunAsync(
            "realm", "starting a chain with a ledger", () => TroubleRealm.StartAsync(setup, steps, cancel));
        try
        {
            await realm.StartOracleAsync(cancel);
            return realm;
        }
        catch
        {
            await realm.DisposeAsync();
            throw;
        }
    }

    private static async Task CrashAndRestartAsync(
        TroubleRealm realm, string when, Steps steps, CancellationToken cancel)
    {
        await realm.KillOracleAsync(cancel);
        steps.Say($"the oracle was killed {when}");
        await realm.StartOracleAsync(cancel);
        steps.Say("the oracle was started again");
    }

    private static TroubleResult Result(
        string trouble, IReadOnlyList<string> done, IReadOnlyList<TroubleFact> facts, Steps steps) => new(
            trouble, done, facts, facts.All(fact => fact.Holds),
            new Dictionary<string, double>(steps.Seconds, StringComparer.Ordinal) { ["total"] = steps.TotalSeconds });
}
