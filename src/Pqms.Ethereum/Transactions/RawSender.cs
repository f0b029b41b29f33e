using System.Text.Json;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Transactions;

/// <summary>What sending signed bytes once came to.</summary>
internal enum SendOutcome
{
    /// <summary>The node has the transaction.</summary>
    Accepted,

    /// <summary>Nobody can say: it may be in a pool or in a block.</summary>
    Unknown,

    /// <summary>The node doesn't have it, and another transaction has its nonce.</summary>
    NonceTaken,

    /// <summary>The node doesn't have it, since it offers less than the node takes now.</summary>
    FeeTooLow,

    /// <summary>The node refused it and doesn't have it.</summary>
    Rejected,
}

/// <summary>Sends signed bytes and reads the words in which nodes refuse them.</summary>
internal static class RawSender
{
    // geth, Nethermind, Besu, Erigon, Hardhat, anvil.
    private static readonly string[] AlreadyKnown =
    [
        "already known", "alreadyknown", "known transaction", "already imported", "already exists",
        "transaction already",
    ];

    private static readonly string[] NonceUsed =
    [
        "nonce too low", "nonce is too low", "oldnonce", "nonce_too_low", "nonce has already been used",
    ];

    private static readonly string[] Replacement =
    [
        "replacement transaction underpriced", "replacement_transaction_underpriced", "replacement fee too low",
        "gas price too low to replace", "is too low to replace",
    ];

    // geth and anvil, Hardhat, Nethermind, Besu.
    private static readonly string[] FeeTooLow =
    [
        "less than block base fee", "too low for the next block", "feetoolow", "below current base fee",
        "transaction underpriced", "gas price below",
    ];

    // Gateways and nodes under load say so after they passed the bytes on, or before: nobody can tell.
    private static readonly string[] Doubtful =
    [
        "timeout", "timed out", "upstream", "gateway", "too many requests", "rate limit", "internal error",
        "unavailable", "try again", "overloaded",
    ];

    /// <summary>Sends the bytes. Never throws for what a node says or fails to say.</summary>
    public static async Task<(SendOutcome Outcome, Exception? Reason)> SendAsync(
        IEthereumRpc rpc, StoredTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            var hash = await rpc.SendRawTransactionAsync(transaction.Raw, cancellationToken);
            return hash == transaction.Hash
                ? (SendOutcome.Accepted, null)
                : (SendOutcome.Unknown, new RpcFormatException("eth_sendRawTransaction",
                    new FormatException($"the hash is {hash} instead of {transaction.Hash}")));
        }
        catch (RpcUnreachableException exception) when (exception.Failure == RpcFailure.Refused)
        {
            return (SendOutcome.Rejected, exception);
        }
        catch (Exception exception) when (exception is RpcUnreachableException or RpcFormatException)
        {
            return (SendOutcome.Unknown, exception);
        }
        catch (RpcException exception)
        {
            return (await JudgeAsync(rpc, transaction.Hash, exception, cancellationToken), exception);
        }
    }

    /// <summary>Whether the node's words mean that another transaction with the nonce waits in its pool.</summary>
    public static bool SaysReplacement(Exception reason) =>
        reason is RpcException exception && Contains(exception, Replacement);

    // An error alone doesn't mean that the node has nothing: a node that mines at once (Hardhat's automine) reports
    // the revert of a transaction that is in a block, and a gateway may fail after passing the bytes on. So it is
    // asked.
    private static async Task<SendOutcome> JudgeAsync(
        IEthereumRpc rpc, Bytes32 hash, RpcException exception, CancellationToken cancellationToken)
    {
        if (Contains(exception, AlreadyKnown))
        {
            return SendOutcome.Accepted;
        }

        try
        {
            var found = await rpc.SendAsync("eth_getTransactionByHash", [hash], cancellationToken);
            if (found.ValueKind != JsonValueKind.Null)
            {
                return IsTransaction(found, hash) ? SendOutcome.Accepted : SendOutcome.Unknown;
            }

            return Contains(exception, NonceUsed) || Contains(exception, Replacement) ? SendOutcome.NonceTaken
                : Contains(exception, FeeTooLow) ? SendOutcome.FeeTooLow
                : exception.RevertData is null && Contains(exception, Doubtful) ? SendOutcome.Unknown
                : SendOutcome.Rejected;
        }
        catch (Exception second) when (second is RpcUnreachableException or RpcException)
        {
            return SendOutcome.Unknown;
        }
    }

    private static bool IsTransaction(JsonElement found, Bytes32 hash) => found.ValueKind == JsonValueKind.Object
        && found.TryGetProperty("hash", out var text) && text.ValueKind == JsonValueKind.String
        && Bytes32.TryParse(text.GetString(), out var actual) && actual == hash;

    private static bool Contains(RpcException exception, string[] phrases) =>
        Array.Exists(phrases, phrase => exception.NodeMessage.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
