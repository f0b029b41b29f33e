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
}
