using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Client;

namespace Pqms.EndToEnd.Tests.BadInput;

/// <summary>A request that the ledger refuses names value and range, and moves nothing.</summary>
[Collection(ChainCollection.Name)]
public sealed class RequestRefusalTests(SmallRealm fixture) : IClassFixture<SmallRealm>
{
    private static readonly UInt128 _tenGwei = 10_000_000_000;

    private readonly RealmChain _realm = fixture.Realm;

    public static TheoryData<string> Cases => [.. _cases.Keys];

    private static readonly Dictionary<string, Case> _cases = new(StringComparer.Ordinal)
    {
        ["unknown pool"] = new(t => t with { PoolId = 2 }, "EntanglementNetwork_UnknownPool", "id: 2"),
        ["fidelity at one half"] = new(
            t => t with { FidelityMin = Ppm.FromParts(500_000) }, "FidelityOutOfRange",
            "value: 500000", "floorExclusive: 500000", "ceiling: 950000"),
        ["fidelity above the class"] = new(
            t => t with { FidelityMin = Ppm.FromParts(950_001) }, "FidelityOutOfRange",
            "value: 950001", "ceiling: 950000"),
        ["no slots"] = new(t => t with { Slots = 0 }, "SlotsOutOfRange", "value: 0", "min: 1", "max: 32767"),
        ["too many slots"] = new(
            t => t with { Slots = 32_768 }, "SlotsOutOfRange", "value: 32768", "min: 1", "max: 32767"),
        ["more slots than the pool has"] = new(
            t => t with { Slots = 10_000 }, "EntanglementNetwork_CapacityExceeded", "pool: 1",
            "wanted: 10000", "free: "),
        ["window in the past"] = new(t => t with { StartSeconds = 1_000 }, "WindowInPast", "start: 1000", "nowSeconds"),
        ["window above four hours"] = new(
            t => t with { DurationSeconds = 14_401 }, "WindowTooLong", "duration: 14401", "max: 14400"),
        ["window of nothing"] = new(t => t with { DurationSeconds = 0 }, "DurationZero"),
        ["window beyond the calendar"] = new(
            t => t with { StartSeconds = 99_000_000_000 }, "BeyondHorizon", "end: 99000000600", "latest: "),
        ["cost limit below the price"] = new(
            t => t with { MaxCostWei = 1 }, "MaxCostExceeded", "price: 600000000000000", "maxCost: 1"),
        ["fewer slot-seconds than the least"] = new(
            t => t with { DurationSeconds = 59 }, "TooSmall", "slotSeconds: 59", "min: 60"),
        ["escrow below the price"] = new(
            t => t, "Treasury_CreditTooLow", "credit: 10000000000", "wanted: 600000000000000")
        {
            EscrowWei = _tenGwei,
        },
        ["deadline passed"] = new(
            t => t with { DeadlineSeconds = 1_000 }, "DeadlinePassed", "deadline: 1000", "nowSeconds: "),
        ["take rate"] = new(
            t => t with { TakesPerMinute = 1_000_001 }, "TakeRateOutOfRange", "value: 1000001", "max: 1000000"),
        ["priority"] = new(
            t => t with { Priority = (ReservationPriority)4 }, "PriorityOutOfRange", "value: 4", "max: 3"),
    };

    [HardhatTheory]
    [MemberData(nameof(Cases))]
    public async Task Request_GivenTermsOutOfRange_isRefusedWithValueAndRange(string name)
    {
        var wrong = _cases[name];
        var client = _realm.Client();
        var id = ReservationIds.New();
        var before = await StateAsync();

        var refused = await Assert.ThrowsAsync<RevertException>(
            () => client.RequestAsync(id, wrong.Change(TestTerms.Good), wrong.EscrowWei));

        var error = wrong.Error.Contains('_', StringComparison.Ordinal)
            ? wrong.Error
            : "ParticleAllocation_" + wrong.Error;
        Assert.Equal(error, refused.Decoded?.Name);
        Assert.All(wrong.Values, value => Assert.Contains(value, refused.Message, StringComparison.Ordinal));
        Assert.Null(await client.GetReservationAsync(id));
        Assert.Equal(before, await StateAsync());
    }

    [HardhatFact]
    public async Task Request_GivenTheIdAndTermsOfBefore_isTheSameSuccess()
    {
        var client = _realm.Client();
        var id = ReservationIds.New();
        var first = await client.RequestAsync(id, TestTerms.Good);
        var before = await StateAsync();

        var second = await client.RequestAsync(id, TestTerms.Good);

        Assert.Null(second.Receipt);
        Assert.Equal(first.Requested.Place, second.Requested.Place);
        Assert.Equal(before, await StateAsync());
    }

    [HardhatFact]
    public async Task Request_GivenTheIdOfBeforeWithOtherTerms_isRefusedNamingBoth()
    {
        var client = _realm.Client();
        var id = ReservationIds.New();
        await client.RequestAsync(id, TestTerms.Good);
        var before = await StateAsync();
        var other = TestTerms.Good with { Slots = 2 };

        var refused = await Assert.ThrowsAsync<ReservationConflictException>(() => client.RequestAsync(id, other));

        Assert.Contains(ReservationIds.ToText(id), refused.Message, StringComparison.Ordinal);
        Assert.Contains(TestTerms.Good.Hash().ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(other.Hash().ToString(), refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await StateAsync());
    }

    [HardhatFact]
    public async Task Request_GivenTheIdOfAnotherClient_isRefused()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        await Assert.ThrowsAsync<ReservationConflictException>(
            () => _realm.Client(4).RequestAsync(id, TestTerms.Good));
    }

    private async Task<(UInt256 Balance, UInt128 Escrow, uint Open)> StateAsync()
    {
        var contracts = _realm.Client().Contracts;
        return (
            await _realm.Rpc.GetBalanceAsync(_realm.Addresses.Treasury, BlockTag.Latest),
            await contracts.Treasury.EscrowOf(_realm.AddressOf(3)).CallAsync(_realm.Rpc),
            (await contracts.Allocation.ClientOf(_realm.AddressOf(3)).CallAsync(_realm.Rpc)).OpenSlots);
    }

    private sealed record Case(
        Func<ReservationTerms, ReservationTerms> Change, string Error, params string[] Values)
    {
        public UInt128? EscrowWei { get; init; }
    }
}
