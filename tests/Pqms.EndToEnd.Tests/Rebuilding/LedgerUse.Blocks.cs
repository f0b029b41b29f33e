using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Rpc;
using Pqms.Ethereum.Transactions;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Rebuilding;

/// <summary>Blocks of transactions, and what is learnt from their receipts.</summary>
internal sealed partial class LedgerUse
{
    // Six of them fit into a block of 60M gas.
    private const ulong GasLimit = 8_000_000;

    // A bug of the ledger, never a refusal: its own contracts contradict each other, or arithmetic fails.
    private static readonly HashSet<string> Bugs =
        ["Panic", "Error", "Treasury_EscrowTooLow", "Treasury_AboveEscrow", "Treasury_NotLedger",
            "EntanglementNetwork_NotAllocation", "ParticleAllocation_NotHub"];

    /// <summary>Mines what must be accepted.</summary>
    public async Task MineAsync(params Sending[] sendings)
    {
        await BeginAsync();
        foreach (var (sending, refusal) in await SendAsync([.. sendings]))
        {
            Assert.True(refusal is null, $"{sending.Call}: {refusal}");
        }
    }

    private async Task RefuseAsync(Drawn drawn, string refusal)
    {
        var (call, from) = (drawn.Sending.Call, AddressOf(drawn.Sending.Account));
        var thrown = await Assert.ThrowsAsync<RevertException>(
            () => call.SimulateAsync(Rpc, from, drawn.Sending.Value, BlockTag.Pending));
        var name = LedgerErrors.Decode(thrown.RevertData)?.Name ?? thrown.Decoded?.Name;
        Assert.True(name == refusal, $"{drawn.Operation.Name}: {call} was refused with {name}");
        var outcome = Assert.Single(await SendAsync([drawn.Sending]));
        Assert.True(outcome.Refusal is not null, $"{drawn.Operation.Name}: {call} was mined");
        Count(Done, drawn.Operation.Name);
    }

    private async Task<List<(Sending Sending, string? Refusal)>> SendAsync(List<Sending> sendings)
    {
        var pending = new List<PendingTransaction>();
        foreach (var sending in sendings)
        {
            pending.Add(await _realm.Sender(sending.Account).SendAsync(sending.Call, sending.Value, GasLimit));
        }

        await _realm.MineAsync();
        var refusals = await Task.WhenAll(sendings.Zip(pending, ConfirmAsync));
        var outcomes = new List<(Sending, string?)>();
        foreach (var (sending, (receipt, refusal)) in sendings.Zip(refusals))
        {
            if (receipt is not null)
            {
                Learn(receipt, sending);
            }

            outcomes.Add((sending, refusal));
        }

        return outcomes;
    }

    private async Task<(LedgerReceipt? Receipt, string? Refusal)> ConfirmAsync(Sending sending, PendingTransaction sent)
    {
        try
        {
            var receipt = await _realm.Sender(sending.Account).ConfirmAsync(sent);
            var events = receipt.Logs.Select(log => LedgerLogs.Decode(log, _realm.Addresses)).OfType<LedgerEvent>();
            return (new LedgerReceipt(receipt, [.. events]), null);
        }
        catch (RevertException refused)
        {
            var name = refused.Decoded?.Name ?? "for a reason within the block";
            Assert.True(!Bugs.Contains(name), $"{sending.Call}: {refused.Decoded?.Text}");
            return (null, name);
        }
    }

    private void Learn(LedgerReceipt receipt, Sending sending)
    {
        sending.Then?.Invoke(receipt);
        Count(Functions, LedgerSurface.NameOf(sending.Call, _realm.Addresses));
        foreach (var e in receipt.Events)
        {
            Known.Apply(e, Now);
            Count(Events, e.Name);
            foreach (var outcome in LedgerOutcomes.Of(e, Known))
            {
                Count(Done, outcome);
            }
        }
    }
}
