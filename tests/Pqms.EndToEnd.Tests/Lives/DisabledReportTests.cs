using System.Text.Json;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Contracts;
using Pqms.Sdk;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Lives;

/// <summary>A realm whose reports can be disabled for an hour.</summary>
public sealed class ChallengeRealm() : RealmFixture(
    new RealmSetup { ChallengeSeconds = ChallengeSeconds, BlockMilliseconds = 1000 })
{
    public const int ChallengeSeconds = 3600;
}

/// <summary>From a report that a guardian disables to the next era that grants again, by command line and
/// oracle.</summary>
[Collection(ChainCollection.Name)]
public sealed class DisabledReportTests(ChallengeRealm fixture) : IClassFixture<ChallengeRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Disable_WhileTheOracleRuns_isReopenedByItOnceAndGrantedInTheNextEra()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await using var oracle = TestOracle.Start(_realm, Folder());
        var (stands, disabled) = (await GrantedAsync(oracle), await GrantedAsync(oracle));
        var report = (await DecidedByAsync(disabled)).Data.Sequence;

        await RunAsync("report", "disable", $"{report}", "--account", "admin");
        await _realm.UntilStatusAsync(disabled, ReservationStatus.Requested, oracle);
        await UntilReopenedAsync(oracle);

        Assert.Equal(ReservationStatus.Granted, (await _realm.Client().GetReservationAsync(stands))!.Status);
        var reopened = (await _realm.Client().EventsAsync()).OfType<ReservationReopened>().ToList();
        Assert.Equal(disabled, Assert.Single(reopened).Id);
        var listed = (await ShowAsync("report", "list")).GetProperty("reports").EnumerateArray()
            .Single(one => one.GetProperty("sequence").GetUInt64() == report);
        Assert.True(listed.GetProperty("void").GetBoolean() && listed.GetProperty("reopened").GetBoolean());

        await RunAsync("era", "start", "--account", "admin", "--scenario", _realm.Scenario.Path);
        await _realm.UntilStatusAsync(disabled, ReservationStatus.Granted, oracle);
        Assert.Equal(2, (await ShowAsync("era", "show")).GetProperty("era").GetInt32());
        await _realm.JumpAsync(620);
        await RealmChain.UntilAsync(
            "the report with the settlement lines is accepted",
            () => Task.FromResult(oracle.Status is { OwedReports: 0, OwedSettlements: > 0 }),
            oracle.Describe);
        await _realm.JumpAsync(ChallengeRealm.ChallengeSeconds);
        await _realm.UntilStatusAsync(disabled, ReservationStatus.Settled, oracle);
        await _realm.UntilStatusAsync(stands, ReservationStatus.Settled, oracle);
        await _realm.HistoryAsync();
        await Money.ConservedAsync(_realm);
    }

    [HardhatFact]
    public async Task Disable_GivenAFalseReport_anOracleStartedAfterwardsReopensItFromTheChainAlone()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var refused = ReservationIds.New();
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.Client().RequestAsync(refused, TestTerms.Good);
        var reporter = new HandReporter(_realm);
        await reporter.DecideAsync(DecisionOutcome.Granted, id);
        await reporter.DecideAsync(DecisionOutcome.PoolExhausted, refused);
        await reporter.DecideAsync(DecisionOutcome.Granted, id);
        await RunAsync("report", "disable", "1", "--account", "admin");

        await using var oracle = TestOracle.Start(_realm, Folder());
        await _realm.UntilStatusAsync(id, ReservationStatus.Requested, oracle);
        await UntilReopenedAsync(oracle);

        Assert.Equal(
            [3UL, 2UL, 1UL],
            (await _realm.Client().EventsAsync()).OfType<ReportReopened>().Select(one => one.Data.Sequence));
        Assert.Equal(ReservationStatus.Refused, (await _realm.Client().GetReservationAsync(refused))!.Status);
        await _realm.HistoryAsync();
    }

    [HardhatFact]
    public async Task Reopen_WithoutAnOracle_takesAllBackAndIsNothingTheSecondTime()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await new HandReporter(_realm).DecideAsync(DecisionOutcome.Granted, id);
        await RunAsync("report", "disable", "1", "--account", "admin");
        var early = await PqmsAsync("era", "start", "--account", "admin", "--scenario", _realm.Scenario.Path);
        Assert.Equal(1, early.ExitCode);
        Assert.Contains("pqms report reopen", early.Error, StringComparison.Ordinal);

        await RunAsync("report", "reopen");
        var again = await ShowAsync("report", "reopen");

        Assert.Empty(again.GetProperty("reopened").EnumerateArray());
        Assert.Equal(ReservationStatus.Requested, (await _realm.Client().GetReservationAsync(id))!.Status);
        var stranger = await PqmsAsync("report", "disable", "1");
        Assert.Equal(1, stranger.ExitCode);
        Assert.Contains("GUARDIAN", stranger.Error, StringComparison.Ordinal);
    }

    private string Folder() => Path.Combine(_realm.Folder, $"oracle-{Guid.NewGuid():N}");

    private async Task<UInt128> GrantedAsync(TestOracle oracle)
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        return id;
    }

    private async Task<ReportAccepted> DecidedByAsync(UInt128 id)
    {
        var events = await _realm.Client().EventsAsync();
        var decided = events.OfType<ReservationDecided>().Single(one => one.Id == id);
        return events.OfType<ReportAccepted>().Single(
            one => one.Place.TransactionHash == decided.Place.TransactionHash);
    }

    private Task UntilReopenedAsync(TestOracle oracle) => RealmChain.UntilAsync(
        "every void report is reopened",
        async () => await _realm.Client().Contracts.Hub.VoidThrough().CallAsync(_realm.Rpc) == 0,
        oracle.Describe);

    private async Task<JsonElement> ShowAsync(params string[] words)
    {
        using var document = JsonDocument.Parse((await RunAsync([.. words, "--json"])).Output);
        return document.RootElement.Clone();
    }

    private async Task<PqmsResult> RunAsync(params string[] words)
    {
        var result = await PqmsAsync(words);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', words)}: code {result.ExitCode}\n{result.Error}");
        return result;
    }

    private Task<PqmsResult> PqmsAsync(params string[] words) => PqmsProcess.RunAsync(
        [.. words, "--chain-url", _realm.Session.Url.ToString(), "--data-folder", _realm.Folder]);
}
