using Pqms.Ethereum.Contracts;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>What a transaction does, without nonce and fees.</summary>
internal sealed record TransactionContent(
    Address? To, byte[] Data, UInt256 Value, ulong Gas, string Description, ErrorDecoder? Errors)
{
    // What a transfer costs, since the first block.
    private const ulong TransferGas = 21_000;

    /// <summary>What an earlier attempt does.</summary>
    public static TransactionContent Of(PendingTransaction attempt) => new(
        attempt.Transaction.To, attempt.Transaction.Data, attempt.Transaction.Value, attempt.Transaction.GasLimit,
        attempt.Description, attempt.Errors);

    /// <summary>Nothing but using up a nonce.</summary>
    public static TransactionContent Empty(Address account, string description) =>
        new(account, [], UInt256.Zero, TransferGas, description, null);
}

/// <summary>Signs bytes for a nonce, keeps them, and hands them to the node: in this order.</summary>
internal sealed class AttemptWriter(ChainGuard chain, EthereumKey key, ITransactionStore store)
{
    /// <summary>The account on its chain; set once the chain was seen.</summary>
    public AccountScope? Scope { get; set; }

    public Address Address => key.Address;

    /// <summary>Signs for the chain and keeps the bytes. When it throws, nobody has them.</summary>
    public async Task<PendingTransaction> KeepAsync(
        TransactionContent content, ulong nonce, FeeOffer fee, CancellationToken cancellationToken)
    {
        var transaction = new Eip1559Transaction(
            chain.ChainId, nonce, fee.MaxPriorityFeePerGas, fee.MaxFeePerGas, content.Gas, content.To, content.Value,
            content.Data);
        var signed = transaction.Sign(key);
        var stored = new StoredTransaction(Scope!, nonce, signed.Hash, signed.Raw, content.Description);
        await store.SaveAsync(stored, cancellationToken);
        return new PendingTransaction(stored, transaction, content.Errors);
    }

    /// <summary>Sends fresh bytes. What is refused definitely is kept no longer.</summary>
    public async Task<(SendOutcome Outcome, Exception? Reason)> DeliverAsync(StoredTransaction stored)
    {
        var (outcome, reason) = await RawSender.SendAsync(chain, stored, CancellationToken.None);
        if (outcome == SendOutcome.Unknown)
        {
            // The same bytes once more, at once: most doubts are one broken connection.
            var (second, secondReason) = await RawSender.SendAsync(chain, stored, CancellationToken.None);
            return second == SendOutcome.Accepted ? (second, null) : (SendOutcome.Unknown, secondReason);
        }

        if (outcome is SendOutcome.Rejected or SendOutcome.FeeTooLow)
        {
            await RejectAsync(stored);
        }

        return (outcome, reason);
    }

    /// <summary>Keeps bytes no longer that nobody has.</summary>
    public Task RejectAsync(StoredTransaction stored) =>
        store.CloseAsync(stored.Scope, stored.Hash, TransactionFate.Rejected, CancellationToken.None);

    /// <summary>Keeps bytes again that a reorganisation took back.</summary>
    public Task KeepAgainAsync(StoredTransaction stored) => store.SaveAsync(stored, CancellationToken.None);

    /// <summary>Notes which of a nonce's bytes were mined; null when another transaction was.</summary>
    /// <remarks>The mined ones last: after a crash in between, the next run finds them open and in a block, instead of
    /// only bytes that can't be mined any more.</remarks>
    public async Task CloseAsync(NonceSlot slot, PendingTransaction? mined)
    {
        foreach (var attempt in slot.Attempts.OrderBy(attempt => attempt.Hash == mined?.Hash))
        {
            var fate = attempt.Hash == mined?.Hash ? TransactionFate.Mined : TransactionFate.Superseded;
            await store.CloseAsync(attempt.Stored.Scope, attempt.Hash, fate, CancellationToken.None);
        }
    }
}
