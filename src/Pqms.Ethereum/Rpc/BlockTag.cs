namespace Pqms.Ethereum.Rpc;

/// <summary>Which block a question is about: a number, or a name that moves with the chain.</summary>
/// <remarks><c>default</c> is <see cref="Latest"/>.</remarks>
public readonly record struct BlockTag
{
    private readonly string? _name;

    private BlockTag(string? name, ulong? number)
    {
        _name = name;
        Number = number;
    }

    /// <summary>The last block that was mined.</summary>
    public static BlockTag Latest => default;

    /// <summary>The state after what waits in the node's pool, as the node guesses it.</summary>
    public static BlockTag Pending => new("pending", null);

    /// <summary>The last block that an honest majority won't give up.</summary>
    public static BlockTag Safe => new("safe", null);

    /// <summary>The last block that can't be given up without burning stake.</summary>
    public static BlockTag Finalized => new("finalized", null);

    /// <summary>The genesis block.</summary>
    public static BlockTag Earliest => new("earliest", null);

    /// <summary>The number, or null for a name.</summary>
    public ulong? Number { get; }

    /// <summary>The block of that number.</summary>
    /// <param name="number">The block's height.</param>
    public static implicit operator BlockTag(ulong number) => new(null, number);

    /// <summary>The text that JSON-RPC uses.</summary>
    /// <returns>A name, or a 0x quantity.</returns>
    public override string ToString() => Number is { } number ? $"0x{number:x}" : _name ?? "latest";
}
