namespace Pqms.Ethereum.Logs;

/// <summary>Where a <see cref="BlockFollower"/> starts, what it collects, how patient it is.</summary>
public sealed record FollowerOptions
{
    /// <summary>The contracts whose events are collected.</summary>
    /// <value>The default is none, which means the events of all contracts.</value>
    public Address[] Addresses { get; init; } = [];

    /// <summary>The height of the first block that is told.</summary>
    /// <value>The default is 0.</value>
    public ulong StartBlock { get; init; }

    /// <summary>The hash that the first block must have: the cursor of an earlier run.</summary>
    /// <value>The default is null: any. Another hash ends the following with a <see cref="FollowerException"/>.</value>
    public Bytes32? StartHash { get; init; }

    /// <summary>Blocks that are asked for at once while catching up, at most.</summary>
    /// <value>The default is 1,000, which common providers allow; the range shrinks when a node refuses it.</value>
    public int BlocksPerRange { get; init; } = 1000;

    /// <summary>Pause between two looks at the chain's head.</summary>
    /// <value>The default is 100 ms, a tenth of a development chain's block.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many blocks must follow a block before it is told.</summary>
    /// <value>The default is 0: a block is told at once, and its removal if it is given up.</value>
    public int Confirmations { get; init; }

    /// <summary>How many blocks back a reorganisation is understood.</summary>
    /// <value>The default is 1,024: sixteen times what a proof-of-stake chain gives up before it is final.</value>
    public int MaxReorgDepth { get; init; } = 1024;

    /// <summary>How many failures in a row are retried before the last one is thrown.</summary>
    /// <value>The default is 30; pauses double from the poll interval to 5 s, so about two minutes.</value>
    public int MaxFailures { get; init; } = 30;
}

/// <summary>The chain that the follower's cursor belongs to is gone, or can't be read consistently.</summary>
/// <param name="message">What was expected and what was found.</param>
public sealed class FollowerException(string message) : Exception(message);
