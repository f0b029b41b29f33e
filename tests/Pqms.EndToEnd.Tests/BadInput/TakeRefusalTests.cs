using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.BadInput;

/// <summary>Takes and releases that a reservation does not allow.</summary>
[Collection(ChainCollection.Name)]
public sealed class TakeRefusalTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private const int Stranger = 4;

    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Take_GivenAnIdThatNobodyUsed_isRefused() =>
        await RefusedAsync(() => _realm.Client().TakeAsync(ReservationIds.New()), "NotClient");

    [HardhatFact]
    public async Task Take_GivenAnUndecidedReservation_isRefusedWithItsStatus()
    {
        var id = await RequestedAsync();
        await RefusedAsync(() => _realm.Client().TakeAsync(id), "NotActive", $"id: {id}", "status: 1");
    }

    [HardhatFact]
    public async Task Take_GivenAGrantedReservationBeforeItsStart_isRefused()
    {
        var start = (await _realm.NowAsync()).TimeSeconds + 3600;
        var id = await GrantedAsync(TestTerms.Good with { StartSeconds = start });
        await RefusedAsync(() => _realm.Client().TakeAsync(id), "NotActive", "status: 2");
    }

    [HardhatFact]
    public async Task Take_GivenAReservationThatIsOver_isRefused()
    {
        var id = await GrantedAsync(TestTerms.Good);
        await _realm.JumpAsync(601);
        await RefusedAsync(() => _realm.Client().TakeAsync(id), "NotActive", "status: 4");
    }

    [HardhatFact]
    public async Task Take_GivenAStranger_isRefusedNamingCallerAndClient()
    {
        var id = await GrantedAsync(TestTerms.Good);
        await RefusedAsync(
            () => _realm.Client(Stranger).TakeAsync(id), "NotClient",
            $"caller: {_realm.AddressOf(Stranger)}", $"client: {_realm.AddressOf(3)}");
    }

    [HardhatFact]
    public async Task Take_GivenMoreThanTheEntitlement_isRefusedWithWhatIsLeft()
    {
        var id = await GrantedAsync(TestTerms.Good with { Slots = 3, TakesPerMinute = 0 });
        await RefusedAsync(() => _realm.Client().TakeAsync(id, 4), "TakeRateExceeded", "wanted: 4", "available: 3");
        await _realm.Client().TakeAsync(id, 2);
        await RefusedAsync(() => _realm.Client().TakeAsync(id, 2), "TakeRateExceeded", "wanted: 2", "available: 1");
        await _realm.Client().TakeAsync(id, 1);
        Assert.Equal(3ul, (await _realm.Client().GetReservationAsync(id))!.Stored.Takes);
    }

    [HardhatFact]
    public async Task Take_GivenZeroTakes_isRefused()
    {
        var id = await GrantedAsync(TestTerms.Good);
        await RefusedAsync(() => _realm.Client().TakeAsync(id, 0), "TakeCountZero");
    }

    [HardhatFact]
    public async Task Release_GivenAReleasedReservation_isRefusedWithItsStatus()
    {
        var id = await GrantedAsync(TestTerms.Good);
        await _realm.Client().ReleaseAsync(id);
        await RefusedAsync(() => _realm.Client().ReleaseAsync(id), "WrongStatus", $"id: {id}", "status: 4");
    }

    [HardhatFact]
    public async Task Cancel_GivenAReservationThatBegan_isRefused()
    {
        var id = await GrantedAsync(TestTerms.Good);
        await RefusedAsync(() => _realm.Client().CancelAsync(id), "WrongStatus", "status: 2");
        await RefusedAsync(() => _realm.Client(Stranger).CancelAsync(id), "NotClient");
    }

    [HardhatFact]
    public async Task ExpireAndRefund_GivenTheyComeTooEarly_areRefusedWithTheTimeFromWhichTheyMay()
    {
        var requested = await RequestedAsync();
        var granted = await GrantedAsync(TestTerms.Good);
        var at = (await _realm.Client().GetReservationAsync(requested))!.Stored.RequestedAt;
        var end = (await _realm.Client().GetReservationAsync(granted))!.Stored.End;
        await RefusedAsync(() => _realm.Client().ExpireAsync(requested), "NotYet", $"until: {at + 121}");
        await RefusedAsync(() => _realm.Client().RefundAsync(granted), "NotYet", $"until: {end + 3601}");
    }

    [HardhatFact]
    public async Task Withdraw_GivenNoCredit_isRefused()
    {
        var refused = await Assert.ThrowsAsync<RevertException>(() => _realm.Client(5).WithdrawAsync());
        Assert.Contains("Treasury_NothingToWithdraw", refused.Message, StringComparison.Ordinal);
        Assert.Contains(_realm.AddressOf(5).ToString(), refused.Message, StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(Func<Task> send, string error, params string[] values)
    {
        var refused = await Assert.ThrowsAsync<RevertException>(send);
        Assert.Equal("ParticleAllocation_" + error, refused.Decoded?.Name);
        Assert.All(values, value => Assert.Contains(value, refused.Message, StringComparison.Ordinal));
    }

    private async Task<UInt128> RequestedAsync(ReservationTerms? terms = null)
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, terms ?? TestTerms.Good);
        return id;
    }

    private async Task<UInt128> GrantedAsync(ReservationTerms terms)
    {
        var id = await RequestedAsync(terms);
        await new HandReporter(_realm).DecideAsync(DecisionOutcome.Granted, id);
        return id;
    }
}
