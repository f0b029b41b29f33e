namespace Pqms.Ethereum.Transactions;

/// <summary>Keeps the signed bytes of transactions from before they are sent until their fate is known.</summary>
/// <remarks>
/// What makes a crash harmless: after it the same bytes are sent again, so nothing is sent twice under two nonces.
/// Implementations are safe across threads.
/// </remarks>
public interface ITransactionStore
{
    /// <summary>The transactions of an account whose fate isn't known.</summary>
    /// <param name="scope">The account on its chain.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The transactions, ordered by nonce. Several may have the same nonce: replacements with higher
    /// fees.</returns>
    Task<IReadOnlyList<StoredTransaction>> LoadOpenAsync(AccountScope scope, CancellationToken cancellationToken);

    /// <summary>Keeps a transaction. When the task completes, it survives a crash of the process.</summary>
    /// <param name="transaction">The transaction; one with the same hash is already kept.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the transaction is durable.</returns>
    Task SaveAsync(StoredTransaction transaction, CancellationToken cancellationToken);

    /// <summary>Notes a transaction's fate. An unknown hash is no error: closing twice is harmless.</summary>
    /// <param name="scope">The account on its chain.</param>
    /// <param name="hash">The transaction.</param>
    /// <param name="fate">What became of it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the note is durable.</returns>
    Task CloseAsync(AccountScope scope, Bytes32 hash, TransactionFate fate, CancellationToken cancellationToken);
}

/// <summary>An account on one chain. Development chains share their id: the genesis tells them apart.</summary>
/// <param name="ChainId">The chain's id.</param>
/// <param name="GenesisHash">The hash of block 0.</param>
/// <param name="Account">The account.</param>
public sealed record AccountScope(ulong ChainId, Bytes32 GenesisHash, Address Account);

/// <summary>A signed transaction as the store keeps it.</summary>
/// <param name="Scope">The account on its chain.</param>
/// <param name="Nonce">The transaction's nonce.</param>
/// <param name="Hash">The transaction's hash.</param>
/// <param name="Raw">The signed bytes. Not to be changed.</param>
/// <param name="Description">The call, for people: "take(uint128,uint32) at 0x5FbD…".</param>
public sealed record StoredTransaction(AccountScope Scope, ulong Nonce, Bytes32 Hash, byte[] Raw, string Description);

/// <summary>What became of a transaction.</summary>
public enum TransactionFate
{
    /// <summary>It is in a block, whether it succeeded or reverted.</summary>
    Mined,

    /// <summary>The node refused it before anybody could have it: its nonce is free again.</summary>
    Rejected,

    /// <summary>Another transaction with its nonce is in a block, such as its replacement: it can never be
    /// mined.</summary>
    Superseded,
}
