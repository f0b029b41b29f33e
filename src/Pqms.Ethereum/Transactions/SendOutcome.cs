using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>What a node's answer to eth_sendRawTransaction means for the transaction's nonce.</summary>
internal enum SendOutcome
{
    /// <summary>The node has the transaction.</summary>
    Accepted,

    /// <summary>Nobody can say: it may be in a pool or in a block.</summary>
    Unknown,

    /// <summary>The node refused it and doesn't have it.</summary>
    Rejected,
}

/// <summary>Reads the words in which nodes refuse transactions.</summary>
internal static class SendOutcomes
{
    // geth, Nethermind, Besu, Erigon, Hardhat, anvil, in this order.
    private static readonly string[] AlreadyKnown =
    [
        "already known", "alreadyknown", "known transaction", "already imported", "already exists", "transaction already",
    ];

    // The nonce is used up: perhaps by this very transaction.
    private static readonly string[] NonceUsed =
    [
        "nonce too low", "nonce is too low", "oldnonce", "nonce_too_low", "nonce has already been used",
        "to have nonce", "replacement transaction underpriced", "replacement_transaction_underpriced",
    ];

    public static SendOutcome Read(RpcException exception)
    {
        if (Contains(exception, AlreadyKnown))
        {
            return SendOutcome.Accepted;
        }

        // A node that mines at once (Hardhat's automine) reports a revert of a transaction that is in a block.
        return exception.RevertData is not null || Contains(exception, NonceUsed)
            ? SendOutcome.Unknown
            : SendOutcome.Rejected;
    }

    private static bool Contains(RpcException exception, string[] phrases) =>
        Array.Exists(phrases, phrase => exception.NodeMessage.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
