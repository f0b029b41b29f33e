using Pqms.Ethereum.Contracts;

namespace Pqms.Ethereum.Transactions;

/// <summary>A transaction that was signed, kept and sent; whether a node has it may still be unknown.</summary>
public sealed class PendingTransaction
{
    internal PendingTransaction(StoredTransaction stored, Eip1559Transaction? transaction, ErrorDecoder? errors)
    {
        Stored = stored;
        Transaction = transaction;
        Errors = errors;
    }

    /// <summary>The transaction's hash.</summary>
    public Bytes32 Hash => Stored.Hash;

    /// <summary>The transaction's nonce.</summary>
    public ulong Nonce => Stored.Nonce;

    /// <summary>The call, for people.</summary>
    public string Description => Stored.Description;

    /// <summary>What was signed; null for one that was read back from the store.</summary>
    public Eip1559Transaction? Transaction { get; }

    internal StoredTransaction Stored { get; }

    internal ErrorDecoder? Errors { get; }

    /// <summary>Call, hash and nonce.</summary>
    /// <returns>For example "take(uint128,uint32) at 0x5FbD… (0x12…, nonce 3)".</returns>
    public override string ToString() => $"{Description} ({Hash}, nonce {Nonce})";
}
