using System.Runtime.CompilerServices;
using Pqms.Ethereum;
using Pqms.Ethereum.Logs;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;

namespace Pqms.Oracle.Replay;

/// <summary>A block of a history with the ledger's logs.</summary>
/// <param name="Header">The block.</param>
/// <param name="Logs">Its logs; those of strangers are passed over.</param>
public sealed record ReplayBlock(BlockHeader Header, IReadOnlyList<LogEntry> Logs);

/// <summary>A history to replay: a chain, or a file that was exported from one.</summary>
public interface IReplaySource
{
    /// <summary>The ledger.</summary>
    LedgerAddresses Addresses { get; }

    /// <summary>The last block of the history.</summary>
    ulong LastBlock { get; }

    /// <summary>Every block from the ledger's deployment to the last one, in order, empty ones too.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    IAsyncEnumerable<ReplayBlock> ReadAsync(CancellationToken cancellation);

    /// <summary>A batch file, to name the event that differs.</summary>
    /// <param name="dataHash">As the report names it.</param>
    /// <returns>Its bytes, or null if it is not at hand.</returns>
    byte[]? Batch(Bytes32 dataHash);
}

/// <summary>The chain behind a node, up to the block that was newest when this was opened.</summary>
public sealed class ChainReplaySource : IReplaySource
{
    private readonly IEthereumRpc _rpc;
    private readonly Func<Bytes32, byte[]?> _batches;

    private ChainReplaySource(
        IEthereumRpc rpc, LedgerAddresses addresses, ulong lastBlock, Func<Bytes32, byte[]?> batches)
    {
        _rpc = rpc;
        Addresses = addresses;
        LastBlock = lastBlock;
        _batches = batches;
    }

    /// <inheritdoc/>
    public LedgerAddresses Addresses { get; }

    /// <inheritdoc/>
    public ulong LastBlock { get; }

    /// <summary>Asks the node for its newest block.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="addresses">The ledger.</param>
    /// <param name="batches">Finds batch files; null if none are at hand.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public static async Task<ChainReplaySource> OpenAsync(
        IEthereumRpc rpc,
        LedgerAddresses addresses,
        Func<Bytes32, byte[]?>? batches = null,
        CancellationToken cancellation = default) =>
        new(rpc, addresses, await rpc.BlockNumberAsync(cancellation), batches ?? (_ => null));

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplayBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var follower = new BlockFollower(
            _rpc,
            new FollowerOptions { Addresses = Addresses.ToArray(), StartBlock = Addresses.DeployedAtBlock },
            TimeProvider.System);
        await foreach (FollowerUpdate update in follower.FollowAsync(cancellation))
        {
            if (update is not BlockAdded added)
            {
                throw new OracleException("The chain was reorganised during the replay; run it again.");
            }

            yield return new ReplayBlock(added.Header, added.Logs);
            if (added.Header.Number >= LastBlock)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash) => _batches(dataHash);
}
