using Pqms.Ethereum.Rpc;

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

    /// <summary>Where an earlier run stopped: it goes on there, and first tells what the chain gave up
    /// meanwhile.</summary>
    /// <value>The default is null: from <see cref="StartBlock"/> on.</value>
    public FollowerCursor? Cursor { get; init; }

    /// <summary>The block that counts as the chain's head: <see cref="BlockTag.Latest"/>,
    /// <see cref="BlockTag.Safe"/> or <see cref="BlockTag.Finalized"/>.</summary>
    /// <value>The default is the latest block.</value>
    public BlockTag Head { get; init; } = BlockTag.Latest;

    /// <summary>Blocks that are asked for at once while catching up, at most.</summary>
    /// <value>The default is 1,000, which common providers allow; the range shrinks when a node refuses it.</value>
    public int BlocksPerRange { get; init; } = 1000;

    /// <summary>Pause between two looks at the chain's head.</summary>
    /// <value>The default is 100 ms, a tenth of a development chain's block. With hints (an <see cref="IWakeUp"/>) some
    /// seconds do: the hints bring the blocks, and the looks what the hints miss.</value>
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

    /// <summary>Refuses figures that would never work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of range; the message names it.</exception>
    internal void Check()
    {
        InRange(nameof(BlocksPerRange), BlocksPerRange, 1, 100_000);
        InRange(nameof(MaxReorgDepth), MaxReorgDepth, 1, 100_000);
        InRange(nameof(MaxFailures), MaxFailures, 1, int.MaxValue);
        InRange(nameof(Confirmations), Confirmations, 0, 100_000);
        InRange(nameof(PollInterval), PollInterval, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        if (Head != BlockTag.Latest && Head != BlockTag.Safe && Head != BlockTag.Finalized)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Head), Head, $"Head is {Head}; latest, safe or finalized is allowed.");
        }
    }

    private static void InRange<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; {least} to {most} is allowed.");
        }
    }
}

/// <summary>The chain that the follower's cursor belongs to is gone, or can't be read consistently.</summary>
/// <param name="message">What was expected and what was found.</param>
public sealed class FollowerException(string message) : Exception(message);
