using System.Numerics;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Contracts;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;
using Pqms.Tests;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Logs alone tell everything that the ledger's getters tell.</summary>
[Collection(ChainCollection.Name)]
public sealed class HistoryTests(BackboneRealm fixture) : IClassFixture<BackboneRealm>
{
    private static readonly string[] _needed =
        ["request", "decide", "take", "release", "cancel", "settle", "withdraw", "wait"];

    private readonly RealmChain _realm = fixture.Realm;

    public static TheoryData<int> Seeds => TestProfile.Range(1, 2, nightlyLast: 20);

    [HardhatTheory]
    [MemberData(nameof(Seeds))]
    public async Task History_GivenARandomUseOfTheLedger_equalsEveryGetter(int seed)
    {
        await using var undone = await Undo.AfterAsync(_realm);
        var use = new RandomLedgerUse(_realm, seed);
        await use.RunAsync(TestProfile.Count(120, 400));
        var counts = $"seed {seed}: {string.Join(", ", use.Accepted)}, {use.Refused} refused";
        Assert.All(_needed, name => Assert.True(use.Accepted.ContainsKey(name), $"never {name}; {counts}"));

        var history = await _realm.HistoryAsync();
        var now = await _realm.NowAsync();
        Assert.NotEmpty(history.Lives);
        foreach (var life in history.Lives.Values)
        {
            await EqualAsync(life, now);
        }

        await CalendarEqualAsync(history, now);
        await AccountsEqualAsync(history, now);
        await Money.ConservedAsync(_realm);
    }

    private async Task EqualAsync(ReservationLife life, ChainMoment now)
    {
        var info = (await _realm.Client().GetReservationAsync(life.Id, now.Block))!;
        var stored = info.Stored;
        Assert.Equal(life.StatusAt(now.TimeSeconds), info.Status);
        Assert.Equal(
            (life.Client, life.Terms.Pool, life.Terms.Slots, life.Start, life.End, life.RequestedAt, life.BookedEnd),
            (stored.Client, stored.Pool, stored.Slots, stored.Start, stored.End, stored.RequestedAt, stored.BookedEnd));
        Assert.Equal(
            (life.Terms.FidelityMinPpm, life.Terms.CoherenceMinMicroseconds, life.Terms.TakesPerMinute,
                life.Terms.Purpose, life.Terms.Priority),
            (stored.FidelityMinPpm, stored.CoherenceMinMicroseconds, stored.TakesPerMinute,
                stored.Purpose, stored.Priority));
        var escrow = life.Divided is null ? life.Escrow : 0;
        Assert.Equal((life.Price, escrow, life.Takes), (stored.Price, stored.Escrow, stored.Takes));
    }

    // Every touched lane, and the lanes beside them.
    private async Task CalendarEqualAsync(LedgerHistory history, ChainMoment now)
    {
        var allocation = _realm.Client().Contracts.Allocation;
        var touched = history.Booked.Keys;
        var around = touched.SelectMany(key => new[] { (key.Pool, key.Bucket - 1), key, (key.Pool, key.Bucket + 1) });
        foreach (var (pool, bucket) in around.Distinct())
        {
            var booked = await allocation.Booked(pool, bucket).CallAsync(_realm.Rpc, now.Block);
            Assert.Equal(history.Booked.GetValueOrDefault((pool, bucket)), booked);
        }
    }

    private async Task AccountsEqualAsync(LedgerHistory history, ChainMoment now)
    {
        var contracts = _realm.Client().Contracts;
        foreach (var address in RandomLedgerUse.Accounts.Select(_realm.AddressOf))
        {
            var open = history.Lives.Values.Where(life => life.Client == address && IsOpen(life))
                .Sum(life => life.Terms.Slots);
            Assert.Equal(open, await contracts.Allocation.SlotsOf(address).CallAsync(_realm.Rpc, now.Block));
            var credit = await contracts.Treasury.CreditOf(address).CallAsync(_realm.Rpc, now.Block);
            Assert.Equal(history.Credits.GetValueOrDefault(address), (BigInteger)credit);
        }
    }

    // Slots count until the reservation is released or its money divided, whichever is first.
    private static bool IsOpen(ReservationLife life) =>
        life.Divided is null && !life.Steps.Any(step => step.Event is ReservationReleased);
}
