using System.Globalization;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;

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
    }

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
