using System.Globalization;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.BadInput;

/// <summary>`pqms reserve` on a ledger that refuses, and repeated.</summary>
[Collection(ChainCollection.Name)]
public sealed class ReserveCommandTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatTheory]
    [InlineData("--pool", "2", "pool '2' is unknown", "allowed: 1 leipzig-nuernberg")]
    [InlineData("--fidelity", "0.96", "minimum fidelity is 0.960000", "at most 0.950000")]
    [InlineData("--slots", "10001", "slots are 10001", "are free in the whole window")]
    [InlineData("--max-cost", "1 gwei", "maximum cost is 1000000000 wei", "the price is 600000000000000 wei")]
    public async Task Reserve_GivenAValueOutOfRange_saysValueAndRange(
        string option, string value, string shown, string allowed)
    {
        var result = await ReserveAsync((option, value));
        Assert.True(result.ExitCode is 1 or 2, $"code {result.ExitCode}: {result.Output}{result.Error}");
        Assert.Contains(shown, result.Error, StringComparison.Ordinal);
        Assert.Contains(allowed, result.Error, StringComparison.Ordinal);
        Assert.Empty(await _realm.Client().ReservationsAsync(_realm.AddressOf(3)));
    }

    [HardhatFact]
    public async Task Reserve_GivenTheSameIdAndTermsWhileThePoolIsFull_isTheSameSuccess()
    {
        const string id = "resource-id-4711";
        await using var undone = await Undo.AfterAsync(_realm);
        var free = (await _realm.Client().QuoteAsync(TestTerms.Good)).FreeSlots.ToString(CultureInfo.InvariantCulture);
        (string, string)[] terms = [("--id", id), ("--slots", free)];
        var first = await ReserveAsync(terms);
        Assert.True(first.ExitCode == 0, first.Error);

        var second = await ReserveAsync(terms);

        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Contains("requested before with the same terms", second.Error, StringComparison.Ordinal);
        Assert.Single(await _realm.Client().ReservationsAsync());

        var other = await ReserveAsync(("--id", id), ("--slots", "1"));
        Assert.Equal(1, other.ExitCode);
        Assert.Contains(id, other.Error, StringComparison.Ordinal);

        var sponsored = await ReserveAsync([.. terms, ("--payer", _realm.AddressOf(2).ToString())]);
        Assert.Equal(1, sponsored.ExitCode);
        Assert.Contains($"{id} exists with other terms", sponsored.Error, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Reserve_GivenTheSameGroupAgain_isTheSameSuccessAndOtherwiseRefused()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        string[] group = ["--group", "1=2", "--id", "81", "--id", "82"];
        await SucceedsAsync(group);
        var again = await SucceedsAsync(group);
        Assert.Contains("requested before with the same ids and terms", again.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _realm.Client().ReservationsAsync()).Count);
        Assert.Equal(1, await GroupsAsync());

        var part = await RunAsync(["--group", "1=2", "--id", "81", "--id", "83"]);
        Assert.Equal(1, part.ExitCode);
        Assert.Contains("it was booked with 81, 82, not with 81, 83", part.Error, StringComparison.Ordinal);
        var other = await RunAsync(["--group", "1=3", "--id", "81", "--id", "82"]);
        Assert.Equal(1, other.ExitCode);
        Assert.Contains("resource-id-82 exists with other terms", other.Error, StringComparison.Ordinal);
        var alone = await RunAsync(["--id", "81"]);
        Assert.Equal(1, alone.ExitCode);
        Assert.Contains("it was booked with 81, 82, not alone", alone.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await _realm.Client().ReservationsAsync()).Count);
    }

    [HardhatFact]
    public async Task Reserve_GivenTheSamePathAgain_isTheSameSuccessAndWithOtherLinksRefused()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        string[] path = ["--path", "1", "--id", "91"];
        await SucceedsAsync(path);
        var again = await SucceedsAsync(path);
        Assert.Contains("requested before with the same terms", again.Error, StringComparison.Ordinal);
        Assert.True(Assert.Single(await _realm.Client().ReservationsAsync()).Stored.HasPath);

        var without = await RunAsync(["--id", "91"]);
        Assert.Equal(1, without.ExitCode);
        Assert.Contains("links 1 were booked with it, none", without.Error, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Reserve_GivenTheSameIdWithoutMaxCostWhileThePoolIsFull_isTheSameSuccess()
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var free = (await _realm.Client().QuoteAsync(TestTerms.Good)).FreeSlots.ToString(CultureInfo.InvariantCulture);
        string[] whole = ["--id", "95", "--slots", free];
        await SucceedsAsync(whole);
        var again = await SucceedsAsync(whole);
        Assert.Contains("requested before with the same terms", again.Error, StringComparison.Ordinal);
    }

    private async Task<int> GroupsAsync() =>
        (await _realm.Client().EventsAsync()).OfType<GroupRequested>().Count();

    private async Task<PqmsResult> SucceedsAsync(string[] words)
    {
        var result = await RunAsync(words);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private Task<PqmsResult> RunAsync(string[] words) => PqmsProcess.RunAsync(
        ["reserve", "--pool", "1", .. words, "--chain-url", _realm.Session.Url.ToString(), "--data-folder",
            _realm.Folder]);

    private Task<PqmsResult> ReserveAsync(params (string Option, string Value)[] given)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["--pool"] = "1",
            ["--slots"] = "1",
            ["--duration"] = "10m",
            ["--max-cost"] = "1 ether",
            ["--chain-url"] = _realm.Session.Url.ToString(),
            ["--data-folder"] = _realm.Folder,
        };
        foreach (var (option, value) in given)
        {
            options[option] = value;
        }

        return PqmsProcess.RunAsync(["reserve", .. options.SelectMany(pair => new[] { pair.Key, pair.Value })]);
    }
}
