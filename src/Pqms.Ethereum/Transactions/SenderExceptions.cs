using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>The node serves another chain than the one the sender is for. Nothing was signed.</summary>
public sealed class ChainMismatchException : Exception
{
    /// <summary>Says which chains differ.</summary>
    /// <param name="expected">The chain that was configured.</param>
    /// <param name="actual">The chain that the node serves.</param>
    public ChainMismatchException(ulong expected, ulong actual)
        : base($"The node serves chain {actual}; only chain {expected} is allowed. Check the node's address.")
    {
    }

    /// <summary>Says that a chain with the same id took the chain's place, as when a development node
    /// restarts.</summary>
    /// <param name="expected">The genesis block seen at the start.</param>
    /// <param name="actual">The genesis block seen now.</param>
    public ChainMismatchException(Bytes32 expected, Bytes32 actual)
        : base($"The chain's first block was {expected} and is now {actual}: the chain was started anew. "
            + "Make a new sender for it.")
    {
    }
}

/// <summary>Another transaction with the same nonce was mined: somebody else uses the same key.</summary>
/// <param name="transaction">The transaction that can never be mined.</param>
public sealed class TransactionSupersededException(PendingTransaction transaction)
    : Exception($"{transaction} can't be mined any more: another transaction of this account took its nonce. "
        + "One account may have one sender only.")
{
    /// <summary>The transaction that can never be mined.</summary>
    public PendingTransaction Transaction { get; } = transaction;
}

/// <summary>The transaction was cancelled: an empty transfer took its nonce.</summary>
/// <param name="transaction">The transaction that can never be mined.</param>
/// <param name="receipt">The empty transfer's receipt.</param>
public sealed class TransactionCancelledException(PendingTransaction transaction, TransactionReceipt receipt)
    : Exception($"{transaction} was cancelled: an empty transfer took its nonce (transaction "
        + $"{receipt.TransactionHash} in block {receipt.BlockNumber}).")
{
    /// <summary>The transaction that can never be mined.</summary>
    public PendingTransaction Transaction { get; } = transaction;

    /// <summary>The empty transfer's receipt.</summary>
    public TransactionReceipt Receipt { get; } = receipt;
}

/// <summary>What <see cref="TransactionSender.CancelAsync"/> came to.</summary>
/// <param name="IsCancelled">False when the transaction was mined before it could be cancelled.</param>
/// <param name="Receipt">Of the empty transfer, or of the transaction.</param>
public sealed record CancelResult(bool IsCancelled, TransactionReceipt Receipt);

/// <summary>The network's base fee is above what the options allow. Nothing was signed.</summary>
/// <param name="needed">Wei per gas that would be needed.</param>
/// <param name="limit">Wei per gas that is allowed.</param>
public sealed class FeeLimitException(UInt256 needed, UInt256 limit)
    : Exception($"A fee of {Ether.Format(needed)} per gas is needed; at most {Ether.Format(limit)} is allowed.")
{
    /// <summary>Wei per gas that would be needed.</summary>
    public UInt256 Needed { get; } = needed;

    /// <summary>Wei per gas that is allowed.</summary>
    public UInt256 Limit { get; } = limit;
}
