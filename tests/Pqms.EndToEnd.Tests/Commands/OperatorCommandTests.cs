using System.Text.Json;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;

namespace Pqms.EndToEnd.Tests.Commands;

/// <summary>What the operator, guardian, pauser and admin do by the command line, read back from the ledger.</summary>
[Collection(ChainCollection.Name)]
public sealed class OperatorCommandTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    private string Client => _realm.AddressOf(3).ToString();

    [HardhatFact]
    public async Task QuotaAndCohort_WhenSet_areReadBackAndBoundRequests()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await AsAdminAsync("quota", "set", "1", "--research", "7", "--education", "2");
        await AsAdminAsync("cohort", "set", Client, "research");

        var pool = (await ShowAsync("quota", "list")).GetProperty("pools")[0];
        var quotas = pool.GetProperty("quotas");
        Assert.Equal((7, 2), (quotas.GetProperty("research").GetInt32(), quotas.GetProperty("education").GetInt32()));
        Assert.Equal(
            pool.GetProperty("capacity").GetInt32() - 9, quotas.GetProperty("everybody").GetInt32());
        Assert.Equal("research", (await ShowAsync("cohort", "show", Client)).GetProperty("cohort").GetString());
        await RefusedAsync("at most the capacity", "quota", "set", "1", "--research", "4000000", "--account", "admin");
        await RefusedAsync("OPERATOR", "quota", "set", "1", "--research", "1");

        // Beyond the hour before its start, a window cannot borrow what is kept for others.
        await AsAdminAsync("quota", "set", "1", "--research", $"{pool.GetProperty("capacity").GetInt32()}");
        string[] later = ["reserve", "--pool", "1", "--start", await LaterAsync()];
        await RunAsync(later);
        await AsAdminAsync("cohort", "set", Client, "open");
        await RefusedAsync("QuotaExceeded", later);
    }

    [HardhatFact]
    public async Task ReservoirAndPool_WhenSet_areReadBack()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await AsAdminAsync("reservoir", "set", "1", "--threshold", "5", "--target", "9");
        var reservoir = (await ShowAsync("reservoir", "list")).GetProperty("reservoirs")[0];
        Assert.Equal(
            (5, 9), (reservoir.GetProperty("threshold").GetInt32(), reservoir.GetProperty("target").GetInt32()));
        await AsAdminAsync("pool", "isolate", "1");
        await RefusedAsync("is isolated", "reserve", "--pool", "1");
        await AsAdminAsync("pool", "open", "1");
        await RunAsync("reserve", "--pool", "1");
        await RefusedAsync("GUARDIAN", "pool", "isolate", "1");
    }

    [HardhatFact]
    public async Task Pause_WhenBookings_stopsRequestsUntilUnpaused()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await AsAdminAsync("pause", "bookings");
        await RefusedAsync("paused", "reserve", "--pool", "1", "--max-cost", "1 ether");
        await AsAdminAsync("unpause", "bookings");
        await RunAsync("reserve", "--pool", "1");
        await RefusedAsync("PAUSER", "pause", "reports");
    }

    [HardhatFact]
    public async Task Role_WhenSet_isListedAndAdminMovesInTwoSteps()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await AsAdminAsync("role", "set", Client, "operator,guardian");
        var listed = (await ShowAsync("role", "list")).GetProperty("accounts").EnumerateArray()
            .Single(one => one.GetProperty("account").GetString() == Client);
        Assert.Equal(
            ["operator", "guardian"], listed.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        await RunAsync("pool", "isolate", "1");
        await AsAdminAsync("role", "set", Client, "none");
        await RefusedAsync("GUARDIAN", "pool", "open", "1");

        await AsAdminAsync("admin", "transfer", Client);
        Assert.Equal(Client, (await ShowAsync("role", "list")).GetProperty("offeredTo").GetString());
        await RefusedAsync("was not offered", "admin", "accept", "--account", "provider");
        await RunAsync("admin", "accept");
        Assert.Equal(Client, (await ShowAsync("role", "list")).GetProperty("admin").GetString());
    }

    [HardhatFact]
    public async Task Parameter_WhenScheduled_isAppliedAfterTheDelayOnly()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await RefusedAsync("pqms parameter schedule", "parameter", "apply", "clientslots");
        await AsAdminAsync("parameter", "schedule", "clientslots", "20000");
        await RefusedAsync("cannot be applied yet", "parameter", "apply", "clientslots");
        Assert.Equal(20_000, Slots(await ShowAsync("parameter", "list")).GetProperty("announced")
            .GetProperty("value").GetInt32());
        await _realm.JumpAsync(60);
        await RunAsync("parameter", "apply", "clientslots");
        Assert.Equal(20_000, Slots(await ShowAsync("parameter", "list")).GetProperty("value").GetInt32());
        await RefusedAsync(
            "1 to 100000", "parameter", "schedule", "clientslots", "100001", "--account", "admin");
        await AsAdminAsync("parameter", "schedule", "clientslots", "1");
        await AsAdminAsync("parameter", "unschedule", "clientslots");
        await RefusedAsync("no change", "parameter", "apply", "clientslots");
    }

    [HardhatFact]
    public async Task Rotate_WhenScheduled_changesTheSignersAfterTheDelayOnly()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        await RefusedAsync("pqms oracle schedule", "oracle", "rotate");
        string[] both = [_realm.AddressOf(6).ToString(), _realm.AddressOf(1).ToString()];
        await AsAdminAsync("oracle", "schedule", "--signer", both[0], "--signer", both[1], "--threshold", "2");
        await RefusedAsync("cannot be executed yet", "oracle", "rotate");
        await _realm.JumpAsync(60);
        await RunAsync("oracle", "rotate");
        var signers = await ShowAsync("oracle", "signers");
        Assert.Equal(2, signers.GetProperty("threshold").GetInt32());
        Assert.Equal(
            both.Order(StringComparer.OrdinalIgnoreCase),
            signers.GetProperty("signers").EnumerateArray().Select(signer => signer.GetString()!));
        await AsAdminAsync("oracle", "schedule", "--signer", both[0]);
        await AsAdminAsync("oracle", "unschedule");
        Assert.Equal(
            JsonValueKind.Null, (await ShowAsync("oracle", "signers")).GetProperty("rotation").ValueKind);
    }

    [HardhatFact]
    public async Task Path_WhenReserved_isFreedByTheSameName()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var link = Assert.Single((await ShowAsync("links")).GetProperty("links").EnumerateArray());
        Assert.True(link.GetProperty("lanes").GetInt32() > 0);
        string[] path = ["1", "--start", await LaterAsync(), "--duration", "1h"];
        await AsAdminAsync(["path", "reserve", .. path]);
        await RefusedAsync("reserved already", ["path", "reserve", .. path, "--account", "admin"]);
        await AsAdminAsync(["path", "release", .. path]);
        await RefusedAsync("not reserved", ["path", "release", .. path, "--account", "admin"]);
    }

    [HardhatFact]
    public async Task Reads_GivenTheRealm_printTablesToo()
    {
        foreach (var command in new[]
        {
            "quota list", $"cohort show {Client}", "reservoir list", "role list", "parameter list", "oracle signers",
            "era show", "report list", "links",
        })
        {
            Assert.NotEmpty((await RunAsync(command.Split(' '))).Output);
        }
    }

    private static JsonElement Slots(JsonElement list) => list.GetProperty("parameters").EnumerateArray()
        .Single(one => one.GetProperty("name").GetString() == "ClientSlots");

    private async Task<string> LaterAsync() => $"{(await _realm.NowAsync()).TimeSeconds + 7200}";

    private async Task<JsonElement> ShowAsync(params string[] words)
    {
        using var document = JsonDocument.Parse((await RunAsync([.. words, "--json"])).Output);
        return document.RootElement.Clone();
    }

    private Task AsAdminAsync(params string[] words) => RunAsync([.. words, "--account", "admin"]);

    private async Task RefusedAsync(string why, params string[] words)
    {
        var result = await PqmsAsync(words);
        Assert.True(result.ExitCode == 1, $"{string.Join(' ', words)}: code {result.ExitCode}\n{result.Error}");
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.Contains("next:", result.Error, StringComparison.Ordinal);
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
