using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Lives;

/// <summary>The realm with the best hardware that was published: its pool's class is out of reach.</summary>
public sealed class PublishedRealm() : RealmFixture(new RealmSetup { Profile = "published", BlockMilliseconds = 1000 });

/// <summary>Today's hardware is refused honestly, and costs nothing.</summary>
[Collection(ChainCollection.Name)]
public sealed class PublishedHardwareTests(PublishedRealm fixture) : IClassFixture<PublishedRealm>
{
    [HardhatFact]
    public async Task Request_GivenPublishedHardware_isRefusedAsOutOfReachAndRefunded()
    {
        var realm = fixture.Realm;
        await using var oracle = TestOracle.Start(realm);
        var id = ReservationIds.New();
        var price = (await realm.Client().QuoteAsync(TestTerms.Good)).PriceWei;
        await realm.Client().RequestAsync(id, TestTerms.Good, price);
        await realm.UntilStatusAsync(id, ReservationStatus.Refused, oracle);
        await oracle.UntilIdleAsync(realm);

        var life = (await realm.HistoryAsync()).Lives[id];
        Assert.Equal(DecisionOutcome.FidelityOutOfReach, (DecisionOutcome)life.Decision!.Value.Outcome);
        Assert.True(life.Decision.Value.FidelityPpm < 950_000, $"{life.Decision.Value.FidelityPpm} ppm");
        Assert.Equal((price, price), (life.Price, life.Refund));
        await Money.ConservedAsync(realm);
        Assert.Equal(price, await Money.WithdrawAsync(realm, 3));
        Assert.True((await realm.ReplayAsync()).Reports > 0);
    }
}
