using System.Numerics;
using Pqms.EndToEnd.Tests.Ring;
using Pqms.EndToEnd.Tests.Serving;
using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;

namespace Pqms.EndToEnd.Tests.Lives;

/// <summary>Pausing stops bookings or reports; money that is owed goes on flowing.</summary>
[Collection(ChainCollection.Name)]
public sealed class PausedReportsTests(LivelyRealm fixture) : IClassFixture<LivelyRealm>
{
    private const ulong Bookings = 1;
    private const ulong Reports = 2;
    private const ulong GasLimit = 300_000;

    private readonly RealmChain _realm = fixture.Realm;

    [HardhatFact]
    public async Task Oracle_WhileReportsArePaused_waitsAndCatchesUp()
    {
        await using var oracle = TestOracle.Start(_realm);
        var first = await RequestedAsync();
        await _realm.UntilStatusAsync(first, ReservationStatus.Granted, oracle);
        await oracle.UntilIdleAsync(_realm);
        await PauseAsync(Reports);
        var sequence = oracle.Status.AcceptedSequence;

        var second = await RequestedAsync();
        await RealmChain.UntilAsync(
            "the oracle owes a report", () => Task.FromResult(oracle.Status.OwedReports > 0), oracle.Describe);
        await _realm.MineAsync(3);
        var refund = await RequestedAsync();
        await _realm.Client().CancelAsync(refund);
        Assert.True(await Money.WithdrawAsync(_realm, 3) > BigInteger.Zero);
        Assert.Equal(sequence, oracle.Status.AcceptedSequence);
        Assert.Equal(ReservationStatus.Requested, (await _realm.Client().GetReservationAsync(second))!.Status);

        await UnpauseAsync(Reports);
        await _realm.UntilStatusAsync(second, ReservationStatus.Granted, oracle);
        await oracle.UntilIdleAsync(_realm);
        await Recovery.Reports.CompleteAsync(_realm);
        await Money.ConservedAsync(_realm);
    }

    [HardhatFact]
    public async Task Request_WhileBookingsArePaused_isRefused()
    {
        await PauseAsync(Bookings);
        var refused = await Assert.ThrowsAsync<RevertException>(
            () => _realm.Client().RequestAsync(ReservationIds.New(), TestTerms.Good));
        await UnpauseAsync(Bookings);
        Assert.Equal("ParticleAllocation_Paused", refused.Decoded?.Name);
        Assert.Contains("bits: 1", refused.Message, StringComparison.Ordinal);
        await RequestedAsync();
    }

    private async Task<UInt128> RequestedAsync()
    {
        var id = ReservationIds.New();
        await _realm.Client().RequestAsync(id, TestTerms.Good);
        return id;
    }

    private Task PauseAsync(ulong bits) => AsAdminAsync(_realm.Client().Contracts.Registry.Pause(bits));

    private Task UnpauseAsync(ulong bits) => AsAdminAsync(_realm.Client().Contracts.Registry.Unpause(bits));

    private Task AsAdminAsync(ContractCall call) => _realm.Client(0).SubmitAsync(call, GasLimit);
}
