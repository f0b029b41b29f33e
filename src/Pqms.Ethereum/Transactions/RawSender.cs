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

    /// <summary>The node doesn't have it, and its nonce is used up by another transaction.</summary>
    NonceTaken,

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

    private static readonly string[] NonceTaken =
    [
        "nonce too low", "nonce is too low", "oldnonce", "nonce_too_low", "nonce has already been used",
        "replacement transaction underpriced", "replacement_transaction_underpriced", "replacement fee too low",
        "gas price too low to replace", "is too low to replace",
    ];

    /// <summary>Sends the bytes. Never throws for what a node says or fails to say.</summary>
    public static async Task<(SendOutcome Outcome, Exception? Reason)> SendAsync(
        IEthereumRpc rpc, StoredTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await rpc.SendRawTransactionAsync(transaction.Raw, cancellationToken);
            return (SendOutcome.Accepted, null);
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

    /// <summary>Whether the node's words mean that another transaction used the nonce up.</summary>
    public static bool SaysNonceTaken(RpcException exception) => Contains(exception, NonceTaken);

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
                return SendOutcome.Accepted;
            }

            return SaysNonceTaken(exception) ? SendOutcome.NonceTaken : SendOutcome.Rejected;
        }
        catch (Exception second) when (second is RpcUnreachableException or RpcException)
        {
            return SendOutcome.Unknown;
        }
    }

    private static bool Contains(RpcException exception, string[] phrases) =>
        Array.Exists(phrases, phrase => exception.NodeMessage.Contains(phrase, StringComparison.OrdinalIgnoreCase));
}
