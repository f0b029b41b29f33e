using System.Text.Json;
using Pqms.EndToEnd.Tests.Lives;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Commands;

/// <summary>What the command line offers of the ledger, on a real chain with a real oracle.</summary>
[Collection(ChainCollection.Name)]
public sealed class LedgerCommandTests(LivelyRealm fixture) : IClassFixture<LivelyRealm>
{
    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Order_GivenAProviderThatAccepts_isDeliveredByProofAndBecomesALot()
    {
        await using var oracle = TestOracle.Start(_realm);
        await RunAsync(
            "order", "open", "--id", "77", "--pool", "1", "--count", "3", "--reward", "1000", "--bond", "500");
        await RunAsync("order", "accept", "77", "--account", "provider");

        await RealmChain.UntilAsync(
            "the order is delivered",
            async () => (await ShowAsync("order", "show", "77")).GetProperty("order").GetProperty("status").GetString()
                == "delivered",
            oracle.Describe);

        var lot = (await ShowAsync("lots", "show", "77")).GetProperty("lot");
        Assert.Equal(("produced", 1), (lot.GetProperty("status").GetString(), lot.GetProperty("kind").GetInt32()));
        Assert.True(lot.GetProperty("count").GetInt32() >= 3, lot.ToString());
        await RunAsync("lots", "move", "77", "available", "--account", "provider");
        Assert.Single((await ShowAsync("lots", "list")).GetProperty("lots").EnumerateArray());
        Assert.Single((await ShowAsync("order", "list")).GetProperty("orders").EnumerateArray());
        await oracle.UntilIdleAsync(_realm);
        await Money.ConservedAsync(_realm);
        Assert.True((await _realm.ReplayAsync()).Reports > 0);
    }

    [HardhatFact]
    public async Task SignRequest_GivenARelayer_bookedForTheSignerAtItsOwnCost()
    {
        await using var oracle = TestOracle.Start(_realm);
        var file = Path.Combine(_realm.Folder, $"{Guid.NewGuid():N}.json");
        await RunAsync("deposit", "1 ether");
        await RunAsync("sign-request", "--pool", "1", "--deadline", "2100-01-01T00:00:00Z", "--out", file);
        var relayed = await ShowAsync("relay", file, "--account", "provider");
        var id = ReservationIds.Parse(relayed.GetProperty("reservation").GetString()!);

        var info = await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        Assert.Equal(_realm.AddressOf(3), info.Stored.Client);
        var again = await PqmsAsync("relay", file, "--account", "provider");
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("next:", again.Error, StringComparison.Ordinal);
    }

    [HardhatFact]
    public async Task Reserve_GivenAGroupAndAPath_areBookedTogetherAndWithLinks()
    {
        await using var oracle = TestOracle.Start(_realm);
        await RunAsync("reserve", "--pool", "1", "--slots", "2", "--group", "1=1");
        await RunAsync("reserve", "--pool", "1", "--path", "1");
        await oracle.UntilIdleAsync(_realm);
        var found = (await ShowAsync("reservations")).GetProperty("reservations").EnumerateArray().TakeLast(3).ToList();
        Assert.All(found, reservation => Assert.Equal("Granted", reservation.GetProperty("status").GetString()));
        Assert.Equal([2, 1, 1], found.Select(reservation => reservation.GetProperty("slots").GetInt32()));
        Assert.True(found[2].GetProperty("hasPath").GetBoolean());
        Assert.All(found, reservation => Assert.Equal(0.95, reservation.GetProperty("fidelityMin").GetDouble()));
    }

    [HardhatFact]
    public async Task ShareAndExtend_GivenAGrantedReservation_letAMemberTakeAndTheWindowGrow()
    {
        await using var oracle = TestOracle.Start(_realm);
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good with { Slots = 2 });
        var before = await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        var text = ReservationIds.ToText(id);
        await RunAsync("share", "offer", text, "--member", _realm.AddressOf(2).ToString(), "--percent", "50");
        await RunAsync("share", "accept", text, "--account", "provider");
        await RunAsync("take", text, "--account", "provider");
        await RunAsync("share", "leave", text, "--account", "provider");
        await RunAsync("extend", text, "--by", "5m");

        var after = (await _realm.Client().GetReservationAsync(id))!;
        Assert.Equal((before.Stored.End + 300, 1UL), (after.Stored.End, after.Stored.Takes));
        await _realm.JumpAsync(920);
        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        var life = (await _realm.HistoryAsync()).Lives[id];
        Assert.Equal((UInt128)2 * 900 * Ppm.One, life.Promised);
    }

    [HardhatFact]
    public async Task Reads_GivenTheRealm_answerInJsonAndInTables()
    {
        var price = await ShowAsync("price", "1", "--slots", "2", "--duration", "10m");
        Assert.Equal("1200000000000000", price.GetProperty("quote").GetProperty("priceWei").GetString());
        Assert.True(price.GetProperty("freeSlots").GetInt32() > 0);
        var kinds = (await ShowAsync("kinds")).GetProperty("kinds").EnumerateArray().ToList();
        Assert.Equal(["photon pair", "qubit"], kinds.Select(kind => kind.GetProperty("category").GetString()));
        var bond = await ShowAsync("bond", "show", "--account", "provider");
        Assert.True(bond.GetProperty("provider").GetProperty("active").GetBoolean());
        foreach (var command in new[] { "price 1", "kinds", "lots list", "order list", "bond show", "reservations" })
        {
            Assert.NotEmpty((await RunAsync(command.Split(' '))).Output);
        }
    }

    [HardhatFact]
    public async Task Payer_GivenASponsor_paysForTheClient()
    {
        await RunAsync("deposit", "1 ether", "--account", "provider");
        await RunAsync("sponsor", _realm.AddressOf(3).ToString(), "1 ether", "--account", "provider");
        var credit = await Money.CreditAsync(_realm, _realm.AddressOf(2));
        await RunAsync("reserve", "--pool", "1", "--payer", _realm.AddressOf(2).ToString());
        Assert.Equal(credit - 600_000_000_000_000, await Money.CreditAsync(_realm, _realm.AddressOf(2)));
        await RunAsync("sponsor", _realm.AddressOf(3).ToString(), "0", "--account", "provider");
        var refused = await PqmsAsync("reserve", "--pool", "1", "--payer", _realm.AddressOf(2).ToString());
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("pqms sponsor", refused.Error, StringComparison.Ordinal);
    }

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
