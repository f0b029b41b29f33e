using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;

namespace Pqms.Sdk.Ledger;

/// <summary>Where in the chain something was written; ordered as the chain orders it.</summary>
/// <param name="BlockNumber">The block's height.</param>
/// <param name="BlockHash">The block's hash; with the log index it names the log for good.</param>
/// <param name="TransactionHash">The transaction.</param>
/// <param name="LogIndex">Position among the block's logs.</param>
public readonly record struct LogPlace(ulong BlockNumber, Bytes32 BlockHash, Bytes32 TransactionHash, uint LogIndex)
    : IComparable<LogPlace>
{
    /// <summary>The place of a log.</summary>
    /// <param name="log">The log.</param>
    /// <returns>Its place.</returns>
    public static LogPlace Of(LogEntry log)
    {
        ArgumentNullException.ThrowIfNull(log);
        return new LogPlace(log.BlockNumber, log.BlockHash, log.TransactionHash, log.LogIndex);
    }

    /// <summary>By block, then by log index.</summary>
    /// <param name="other">Another place on the same branch.</param>
    /// <returns>Negative when this place is earlier.</returns>
    public int CompareTo(LogPlace other)
    {
        var byBlock = BlockNumber.CompareTo(other.BlockNumber);
        return byBlock != 0 ? byBlock : LogIndex.CompareTo(other.LogIndex);
    }

    /// <summary>Block and log, for messages.</summary>
    /// <returns>For example "block 17 log 3".</returns>
    public override string ToString() => $"block {BlockNumber} log {LogIndex}";
}
