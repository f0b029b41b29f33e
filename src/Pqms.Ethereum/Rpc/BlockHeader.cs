namespace Pqms.Ethereum.Rpc;

/// <summary>What identifies a block and its place in the chain.</summary>
/// <param name="Number">The block's height.</param>
/// <param name="Hash">The block's hash.</param>
/// <param name="ParentHash">The hash of the block before.</param>
/// <param name="Timestamp">Chain time in seconds since 1970.</param>
/// <param name="GasLimit">Gas that the block may use.</param>
/// <param name="GasUsed">Gas that the block used.</param>
/// <param name="BaseFeePerGas">Wei per gas that is burnt; zero before EIP-1559.</param>
public sealed record BlockHeader(
    ulong Number,
    Bytes32 Hash,
    Bytes32 ParentHash,
    ulong Timestamp,
    ulong GasLimit,
    ulong GasUsed,
    UInt256 BaseFeePerGas)
{
    /// <summary>The header's RLP form, whose Keccak-256 is <see cref="Hash"/>: checked, so a stranger can recompute the
    /// hash.</summary>
    /// <value>Empty when the node left fields out, or uses fields that this version doesn't know.</value>
    public ReadOnlyMemory<byte> Encoded { get; init; }

    /// <summary>Equal when all fields but <see cref="Encoded"/> are, which the hash covers.</summary>
    /// <param name="other">Another header.</param>
    /// <returns>Whether the headers are equal.</returns>
    public bool Equals(BlockHeader? other) => other is not null
        && Number == other.Number && Hash == other.Hash && ParentHash == other.ParentHash
        && Timestamp == other.Timestamp && GasLimit == other.GasLimit && GasUsed == other.GasUsed
        && BaseFeePerGas == other.BaseFeePerGas;

    /// <inheritdoc/>
    public override int GetHashCode() => Hash.GetHashCode();
}
