namespace Pqms.Ethereum.Rpc;

/// <summary>Limits of a <see cref="HttpRpc"/>.</summary>
public sealed record HttpRpcOptions
{
    /// <summary>How long an answer may take, connection included.</summary>
    /// <value>The default is 30 s: a Hardhat node needs up to 10 s for a large estimate on a loaded machine.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the connection may take.</summary>
    /// <value>The default is 5 s: twice the first repetitions of a lost TCP packet.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many bytes an answer may have.</summary>
    /// <value>The default is 64 MiB: 1,000 blocks full of events; a node that sends more is broken.</value>
    public int MaxResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How many requests go into one batch; longer lists are sent in several.</summary>
    /// <value>The default is 100: geth allows 1,000, providers 100 and up.</value>
    public int MaxBatchSize { get; init; } = 100;

    /// <summary>Refuses figures that would never work.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of range; the message names it.</exception>
    internal void Check()
    {
        InRange(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        InRange(nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1));
        InRange(nameof(MaxResponseBytes), MaxResponseBytes, 1_024, 1 << 30);
        InRange(nameof(MaxBatchSize), MaxBatchSize, 1, 10_000);
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
