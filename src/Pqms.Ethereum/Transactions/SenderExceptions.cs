namespace Pqms.Ethereum.Transactions;

/// <summary>The node serves another chain than the one that was configured. Nothing was signed.</summary>
/// <param name="expected">The chain that was configured.</param>
/// <param name="actual">The chain that the node serves.</param>
public sealed class ChainMismatchException(ulong expected, ulong actual)
    : Exception($"The node serves chain {actual}; only chain {expected} is allowed. Check the node's address.")
{
    /// <summary>The chain that was configured.</summary>
    public ulong Expected { get; } = expected;

    /// <summary>The chain that the node serves.</summary>
    public ulong Actual { get; } = actual;
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
