using Pqms.Ethereum.Contracts;

namespace Pqms.Ethereum.Transactions;

/// <summary>A transaction that was signed, kept and sent; whether a node has it may still be unknown.</summary>
public sealed class PendingTransaction
{
    internal PendingTransaction(StoredTransaction stored, Eip1559Transaction transaction, ErrorDecoder? errors)
    {
        Stored = stored;
        Transaction = transaction;
        Errors = errors;
    }

    /// <summary>The transaction's hash. A replacement, with the same call and higher fees, has another.</summary>
    public Bytes32 Hash => Stored.Hash;

    /// <summary>The transaction's nonce.</summary>
    public ulong Nonce => Stored.Nonce;

    /// <summary>The call, for people.</summary>
    public string Description => Stored.Description;

    /// <summary>What was signed.</summary>
    public Eip1559Transaction Transaction { get; }

    internal StoredTransaction Stored { get; }

    internal ErrorDecoder? Errors { get; }

    // Nothing but the nonce is used by a transfer of nothing to oneself.
    internal bool IsEmptyTransfer =>
        Transaction.To == Stored.Scope.Account && Transaction.Value.IsZero && Transaction.Data.Length == 0;

    // The same bytes, the same call with other fees, or a cancellation.
    internal bool Replaces(PendingTransaction other) => IsEmptyTransfer
        || (Transaction.To == other.Transaction.To && Transaction.Value == other.Transaction.Value
            && Transaction.Data.AsSpan().SequenceEqual(other.Transaction.Data));

    /// <summary>Call, hash and nonce.</summary>
    /// <returns>For example "take(uint128,uint32) at 0x5FbD… (0x12…, nonce 3)".</returns>
    public override string ToString() => $"{Description} ({Hash}, nonce {Nonce})";
}
