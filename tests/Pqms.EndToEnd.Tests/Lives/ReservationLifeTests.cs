using System.Numerics;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;

namespace Pqms.EndToEnd.Tests.Lives;

/// <summary>The smallest realm with a block each second.</summary>
public sealed class LivelyRealm() : RealmFixture(new RealmSetup { BlockMilliseconds = 1000 });

/// <summary>Every way through a reservation's life with chain, oracle and mesh; money counted after each.</summary>
[Collection(ChainCollection.Name)]
public sealed class ReservationLifeTests(LivelyRealm fixture) : IClassFixture<LivelyRealm>
{
    private const int ClientAccount = 3;
    private const int ProviderAccount = 2;

    private readonly RealmChain _realm = fixture.Realm;

    private LedgerClient Client => _realm.Client();

    [HardhatFact]
    public async Task Cancel_GivenAnUndecidedRequest_creditsEverythingAndTheDecisionIsSkipped()
    {
        var id = await RequestAsync(TestTerms.Good);
        await Client.CancelAsync(id);
        await using (var oracle = TestOracle.Start(_realm))
        {
            await oracle.UntilIdleAsync(_realm);
        }

        var life = await RefundedLifeAsync(id, ReservationStatus.Cancelled);
        Assert.DoesNotContain(life.Steps, step => step.To == ReservationStatus.Granted);
    }

    [HardhatFact]
    public async Task Cancel_GivenAGrantedReservationBeforeItsStart_creditsAllButTheFee()
    {
        await using var oracle = TestOracle.Start(_realm);
        var start = (await _realm.NowAsync()).TimeSeconds + 7200;
        var id = await RequestAsync(TestTerms.Good with { StartSeconds = start });
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);

        await Client.CancelAsync(id);

        await oracle.UntilIdleAsync(_realm);
        var life = (await _realm.HistoryAsync()).Lives[id];
        var fee = life.Price * (start - life.RequestedAt) / 100 / (28 * 86_400);
        Assert.InRange((ulong)fee, 1UL, ulong.MaxValue);
        Assert.Equal((life.Price - fee, fee, (UInt128)0), (life.Refund, life.Fees, life.Paid));
        await Money.ConservedAsync(_realm);
        Assert.Equal(1, (int)(DecisionOutcome)life.Decision!.Value.Outcome);
        var free = await Client.QuoteAsync(TestTerms.Good with { StartSeconds = start });
        Assert.Equal(free.Pool!.Capacity, free.FreeSlots);
    }

    [HardhatFact]
    public async Task Request_GivenMoreTakesThanThePoolRenews_isRefusedAsExhausted()
    {
        await using var oracle = TestOracle.Start(_realm);
        var id = await RequestAsync(TestTerms.Good with { TakesPerMinute = 1_000_000 });
        await _realm.UntilStatusAsync(id, ReservationStatus.Refused, oracle);
        var life = await RefundedLifeAsync(id, ReservationStatus.Refused);
        Assert.Equal(DecisionOutcome.PoolExhausted, (DecisionOutcome)life.Decision!.Value.Outcome);
    }

    [HardhatFact]
    public async Task Request_GivenCoherenceThatNoPairKeeps_isRefused()
    {
        await using var oracle = TestOracle.Start(_realm);
        var id = await RequestAsync(TestTerms.Good with { CoherenceMinMicroseconds = 86_400_000_000 });
        await _realm.UntilStatusAsync(id, ReservationStatus.Refused, oracle);
        var life = await RefundedLifeAsync(id, ReservationStatus.Refused);
        Assert.Equal(DecisionOutcome.CoherenceTooShort, (DecisionOutcome)life.Decision!.Value.Outcome);
    }

    [HardhatFact]
    public async Task Expire_GivenNoOracleFor121Seconds_creditsEverythingByAnybody()
    {
        var id = await RequestAsync(TestTerms.Good);
        await _realm.JumpAsync(121);
        await _realm.Client(5).ExpireAsync(id);
        await RefundedLifeAsync(id, ReservationStatus.Expired);

        await using var oracle = TestOracle.Start(_realm);
        await oracle.UntilIdleAsync(_realm);
        Assert.Equal(ReservationStatus.Expired, (await Client.GetReservationAsync(id))!.Status);
    }

    [HardhatFact]
    public async Task Refund_GivenNoSettlementUntilEndAndGrace_creditsEverythingAndTheLineIsSkipped()
    {
        var id = await RequestAsync(TestTerms.Good);
        await using (var oracle = TestOracle.Start(_realm))
        {
            await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        }

        await _realm.JumpAsync(600 + 3600 + 2);
        await _realm.Client(5).RefundAsync(id);
        await RefundedLifeAsync(id, ReservationStatus.Refunded);

        await using var late = TestOracle.Start(_realm);
        await late.UntilIdleAsync(_realm);
        Assert.Equal(ReservationStatus.Refunded, (await Client.GetReservationAsync(id))!.Status);
        await Money.ConservedAsync(_realm);
    }

    [HardhatFact]
    public async Task Settlement_GivenTheWindowEndsByTime_paysForWhatWasDeliveredToTheWei()
    {
        var credit = await Money.CreditAsync(_realm, _realm.AddressOf(ClientAccount));
        var earned = await Money.CreditAsync(_realm, _realm.AddressOf(ProviderAccount));
        await using var oracle = TestOracle.Start(_realm);
        var id = ReservationIds.New();
        var terms = TestTerms.Good with { Slots = 2, TakesPerMinute = 12 };
        var price = (await Client.QuoteAsync(terms)).PriceWei;
        await Client.RequestAsync(id, terms, price + 12_345);
        await _realm.UntilStatusAsync(id, ReservationStatus.Granted, oracle);
        await Client.TakeAsync(id, 2);

        await _realm.JumpAsync(620);

        await _realm.UntilStatusAsync(id, ReservationStatus.Settled, oracle);
        await oracle.UntilIdleAsync(_realm);
        var life = (await _realm.HistoryAsync()).Lives[id];
        var promised = terms.Slots * 600ul * Ppm.One;
        Assert.Equal((BigInteger)price * life.Settlement!.Data.Delivered / promised, life.Paid);
        Assert.Equal(price, life.Paid + life.Refund);
        Assert.True(life.Paid > price / 2, $"{life.Paid} of {price} wei: the pool stood empty half of the time");

        await Money.ConservedAsync(_realm);
        Assert.Equal(credit + 12_345 + life.Refund + life.Penalty, await Money.WithdrawAsync(_realm, ClientAccount));
        Assert.Equal(earned + life.Paid, await Money.WithdrawAsync(_realm, ProviderAccount));
        await Money.ConservedAsync(_realm);
        Assert.Equal(0, (await _realm.ReplayAsync()).Pending);
    }

    private async Task<UInt128> RequestAsync(ReservationTerms terms)
    {
        var id = ReservationIds.New();
        await Client.RequestAsync(id, terms, (await Client.QuoteAsync(terms)).PriceWei);
        return id;
    }

    /// <summary>The life of a reservation that ended with all of its price credited to its client.</summary>
    private async Task<ReservationLife> RefundedLifeAsync(UInt128 id, ReservationStatus status)
    {
        await Money.ConservedAsync(_realm);
        var life = (await _realm.HistoryAsync()).Lives[id];
        Assert.Equal(status, life.Status);
        Assert.Equal((life.Price, (UInt128)0, (UInt128)0), (life.Refund, life.Paid, life.Fees));
        var info = (await Client.GetReservationAsync(id))!;
        Assert.Equal((status, (UInt128)0), (info.Status, info.Stored.Price));
        return life;
    }
}
