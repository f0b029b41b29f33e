using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Logs;

/// <summary>One step of the chain's history.</summary>
public abstract record FollowerUpdate
{
    private protected FollowerUpdate()
    {
    }
}

/// <summary>The chain grew by a block. Its parent is the block told before.</summary>
/// <param name="Header">The block.</param>
/// <param name="Logs">The collected events of the block, by log index; empty when it has none. Not to be
/// changed.</param>
public sealed record BlockAdded(BlockHeader Header, LogEntry[] Logs) : FollowerUpdate
{
    /// <summary>The chain's height when the block was read: how far behind the head it is.</summary>
    public ulong HeadNumber { get; init; }
}

/// <summary>The chain gave blocks up that were told. The next block told has the height
/// <paramref name="FirstNumber"/>.</summary>
/// <param name="FirstNumber">The lowest height that was given up.</param>
/// <param name="Removed">The blocks given up, highest first: the order in which their effects are undone.</param>
public sealed record BlocksRemoved(ulong FirstNumber, BlockHeader[] Removed) : FollowerUpdate;
