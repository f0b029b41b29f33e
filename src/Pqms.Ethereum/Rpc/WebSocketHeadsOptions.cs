namespace Pqms.Ethereum.Rpc;

/// <summary>Limits of <see cref="WebSocketHeads"/>.</summary>
public sealed record WebSocketHeadsOptions
{
    /// <summary>After how long without a new block the connection counts as dead and is made anew.</summary>
    /// <value>The default is 60 s, five blocks of the main network; on slower chains it only costs a
    /// connection.</value>
    public TimeSpan StallAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting and subscribing may take.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Pause before the first attempt to connect again; it doubles from one to the next.</summary>
    /// <value>The default is 500 ms.</value>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest pause between two attempts.</summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many bytes a message may have.</summary>
    /// <value>The default is 64 KiB: a header has 2 KB.</value>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>The only chain whose blocks are hints.</summary>
    /// <value>The default is null: any.</value>
    public ulong? ChainId { get; init; }
}

/// <summary>How a <see cref="WebSocketHeads"/> is doing.</summary>
/// <param name="IsSubscribed">Whether a node tells its blocks now.</param>
/// <param name="Heads">Blocks that were told in all.</param>
/// <param name="Connections">How often a subscription began.</param>
/// <param name="LastFailure">Why the last connection ended or couldn't be made; null when none did.</param>
public sealed record WebSocketHeadsStatus(bool IsSubscribed, long Heads, long Connections, string? LastFailure);
