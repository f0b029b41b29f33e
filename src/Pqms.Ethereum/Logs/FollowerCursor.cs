using System.Text.Json;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Logs;

/// <summary>Where a follower stands: the last blocks that it told, so that another run can go on there and see what the
/// chain gave up meanwhile.</summary>
public sealed class FollowerCursor
{
    /// <summary>How many blocks a cursor usually remembers: twice what a proof-of-stake chain gives up before it is
    /// final.</summary>
    public const int UsualDepth = 128;

    /// <summary>How many blocks a cursor remembers at most.</summary>
    public const int MaxDepth = 100_000;

    internal FollowerCursor(Bytes32 genesis, IReadOnlyList<BlockHeader> blocks)
    {
        Genesis = genesis;
        Blocks = blocks;
    }

    /// <summary>The hash of the chain's first block.</summary>
    public Bytes32 Genesis { get; }

    /// <summary>The last blocks told, in order; at least one. Their <see cref="BlockHeader.Encoded"/> isn't
    /// kept.</summary>
    public IReadOnlyList<BlockHeader> Blocks { get; }

    /// <summary>The last block told.</summary>
    public BlockHeader Last => Blocks[^1];

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <returns>The cursor.</returns>
    /// <exception cref="FormatException">Another text, no block, more than <see cref="MaxDepth"/> of them, or blocks
    /// that aren't parents and children.</exception>
    public static FollowerCursor Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        Kept? kept;
        try
        {
            kept = JsonSerializer.Deserialize<Kept>(json);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"This is no cursor: {exception.Message}", exception);
        }

        if (kept?.Blocks is not { Length: > 0 and <= MaxDepth } blocks)
        {
            throw new FormatException($"A cursor has 1 to {MaxDepth} blocks; this has {kept?.Blocks?.Length ?? 0}.");
        }

        for (var i = 1; i < blocks.Length; i++)
        {
            if (blocks[i].ParentHash != blocks[i - 1].Hash || blocks[i].Number != blocks[i - 1].Number + 1)
            {
                throw new FormatException($"Block {blocks[i].Number} of the cursor isn't the child of the one before.");
            }
        }

        return new FollowerCursor(kept.Genesis, [.. blocks.Select(block => block.ToHeader())]);
    }

    /// <summary>The cursor as text, about 300 characters a block.</summary>
    /// <returns>One line of JSON.</returns>
    public string ToJson() => JsonSerializer.Serialize(new Kept(Genesis, [.. Blocks.Select(Block.Of)]));

    private sealed record Kept(Bytes32 Genesis, Block[]? Blocks);

    private sealed record Block(
        ulong Number, Bytes32 Hash, Bytes32 ParentHash, ulong Timestamp, ulong GasLimit, ulong GasUsed,
        UInt256 BaseFeePerGas)
    {
        public static Block Of(BlockHeader header) => new(
            header.Number, header.Hash, header.ParentHash, header.Timestamp, header.GasLimit, header.GasUsed,
            header.BaseFeePerGas);

        public BlockHeader ToHeader() => new(Number, Hash, ParentHash, Timestamp, GasLimit, GasUsed, BaseFeePerGas);
    }
}
