namespace Pqms.Ethereum.Rpc;

/// <summary>An event that a contract emitted.</summary>
/// <param name="Address">The contract.</param>
/// <param name="Topics">The event's topic, unless it is anonymous, and its indexed values. Not to be changed.</param>
/// <param name="Data">The other values. Not to be changed.</param>
/// <param name="BlockNumber">The block's height.</param>
/// <param name="BlockHash">The block's hash.</param>
/// <param name="TransactionHash">The transaction's hash.</param>
/// <param name="TransactionIndex">The transaction's place in the block.</param>
/// <param name="LogIndex">The event's place in the block, over all its transactions.</param>
public sealed record LogEntry(
    Address Address,
    Bytes32[] Topics,
    byte[] Data,
    ulong BlockNumber,
    Bytes32 BlockHash,
    Bytes32 TransactionHash,
    uint TransactionIndex,
    uint LogIndex)
{
    /// <summary>Equal by value, topics and data included.</summary>
    /// <param name="other">Another event.</param>
    /// <returns>Whether the events are equal.</returns>
    public bool Equals(LogEntry? other) => other is not null
        && BlockHash == other.BlockHash && LogIndex == other.LogIndex && BlockNumber == other.BlockNumber
        && TransactionHash == other.TransactionHash && TransactionIndex == other.TransactionIndex
        && Address == other.Address && Topics.AsSpan().SequenceEqual(other.Topics)
        && Data.AsSpan().SequenceEqual(other.Data);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(BlockHash, LogIndex);
}

/// <summary>What became of a transaction that was mined.</summary>
/// <param name="TransactionHash">The transaction's hash.</param>
/// <param name="Succeeded">False when it reverted; its gas is paid all the same.</param>
/// <param name="BlockNumber">The block's height.</param>
/// <param name="BlockHash">The block's hash.</param>
/// <param name="GasUsed">Gas that was used.</param>
/// <param name="EffectiveGasPrice">Wei per gas that was paid.</param>
/// <param name="From">The sender.</param>
/// <param name="To">The contract or account; null for a deployment.</param>
/// <param name="ContractAddress">The new contract after a deployment, else null.</param>
/// <param name="Logs">The events, in order. Not to be changed.</param>
public sealed record TransactionReceipt(
    Bytes32 TransactionHash,
    bool Succeeded,
    ulong BlockNumber,
    Bytes32 BlockHash,
    ulong GasUsed,
    UInt256 EffectiveGasPrice,
    Address From,
    Address? To,
    Address? ContractAddress,
    LogEntry[] Logs);

/// <summary>What a transaction asked for.</summary>
/// <param name="To">The contract or account; null for a deployment.</param>
/// <param name="Input">Selector and encoded arguments, or creation code. Not to be changed.</param>
public sealed record TransactionContent(Address? To, byte[] Input);

/// <summary>Fees of recent blocks.</summary>
/// <param name="OldestBlock">The height of the first block told.</param>
/// <param name="BaseFeePerGas">Wei per gas for each block told and, last, for the next block.</param>
/// <param name="GasUsedRatio">Gas used over gas limit of each block told, in [0, 1].</param>
/// <param name="Rewards">For each block told: the priority fee in wei per gas at the percentiles asked for.</param>
public sealed record FeeHistory(ulong OldestBlock, UInt256[] BaseFeePerGas, double[] GasUsedRatio, UInt256[][] Rewards);

/// <summary>A call or an estimate that a node shall run without mining it.</summary>
/// <param name="To">The contract; null for a deployment.</param>
/// <param name="Data">Selector and arguments, or creation code.</param>
/// <param name="From">The account that is played; null for the zero address.</param>
/// <param name="Value">Wei that is sent along.</param>
/// <param name="GasLimit">Gas that the call may use; null for the node's own limit.</param>
public sealed record CallRequest(
    Address? To, byte[] Data, Address? From = null, UInt256 Value = default, ulong? GasLimit = null);

/// <summary>Which events a question is about.</summary>
/// <param name="FromBlock">First height.</param>
/// <param name="ToBlock">Last height, inclusive.</param>
/// <param name="Addresses">The contracts; empty for all.</param>
/// <param name="Topics">For each place the topics allowed there; an empty list allows all. Null for no
/// condition.</param>
public sealed record LogFilter(
    BlockTag FromBlock, BlockTag ToBlock, IReadOnlyList<Address> Addresses, IReadOnlyList<Bytes32[]>? Topics = null)
{
    /// <summary>Asks for exactly this block instead of a range: a node that doesn't have it refuses.</summary>
    /// <value>The default is null: the range.</value>
    public Bytes32? BlockHash { get; init; }
}
