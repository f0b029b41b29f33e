using Pqms.Ethereum;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>What goes wrong at one call to the node.</summary>
internal enum RpcFault
{
    None,
    LostBefore,
    LostAfter,
}

internal sealed class FakeWriter(Func<FakeChain> chain, Func<RpcFault> fault) : ILedgerWriter
{
    public int Sent { get; private set; }

    public Task<ChainTip> TipAsync(CancellationToken cancellation)
    {
        LedgerBlock tip = chain().Tip.Ledger;
        return Task.FromResult(new ChainTip(tip.Number, tip.Hash, tip.Timestamp));
    }

    public Task<ChainTip> HeadAsync(ChainTip tip, CancellationToken cancellation) => Task.FromResult(tip);

    public Task<Bytes32?> BlockHashAsync(ulong number, CancellationToken cancellation) =>
        Task.FromResult(chain().HashOf(number));

    public Task<WriteAttempt> SubmitAsync(
        SealedReport report,
        byte[][] signatures,
        ulong anchorBlock,
        Bytes32 anchorHash,
        bool behindAnother,
        CancellationToken cancellation) =>
        Send(FakeLedger.Submit(chain(), report, signatures, anchorBlock, anchorHash), !behindAnother);

    public Task<WriteAttempt> SettleAsync(OwedSettlement owed, CancellationToken cancellation) =>
        Send(FakeLedger.Settle(chain(), owed), tryFirst: true);

    public Task<WriteAttempt> ProveAsync(OwedProof owed, CancellationToken cancellation) =>
        Send(FakeInventory.Prove(chain(), owed), tryFirst: true);

    public Task<WriteAttempt> ReopenAsync(ulong sequence, CancellationToken cancellation) =>
        Send(FakeHub.Reopen(sequence), tryFirst: true);

    private Task<WriteAttempt> Send(FakeTransaction transaction, bool tryFirst)
    {
        RpcFault now = fault();
        if (now == RpcFault.LostBefore)
        {
            return Task.FromException<WriteAttempt>(Lost());
        }

        if (tryFirst)
        {
            FakeOutcome outcome = chain().TryOut(transaction);
            if (outcome.Refusal != WriteRefusal.None)
            {
                return Task.FromResult(new WriteAttempt(outcome.Refusal, outcome.Text, null));
            }
        }

        chain().Send(transaction);
        Sent++;
        return now == RpcFault.LostAfter
            ? Task.FromException<WriteAttempt>(Lost())
            : Task.FromResult(new WriteAttempt(WriteRefusal.None, string.Empty, transaction.Mined));
    }

    private static ChainUnreachableException Lost() => new("no answer in time", new TimeoutException());
}
