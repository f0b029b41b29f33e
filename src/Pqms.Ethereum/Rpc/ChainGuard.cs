using System.Text.Json;
using Pqms.Ethereum.Transactions;

namespace Pqms.Ethereum.Rpc;

/// <summary>A node that has to serve one chain: asked at the start, and again after every broken connection.</summary>
/// <remarks>
/// Behind one address another chain may appear: a development node that restarts (the id is the same, the first block
/// isn't), a load balancer with a wrong member. Questions pass through; whoever signs calls <see cref="EnsureAsync"/>
/// before. Safe across threads.
/// </remarks>
public sealed class ChainGuard : IEthereumRpc
{
    private readonly IEthereumRpc _inner;
    private readonly Lock _lock = new();
    private Bytes32? _genesis;
    private volatile bool _isInDoubt = true;

    /// <summary>Prepares the guard; the node is asked nothing yet.</summary>
    /// <param name="inner">The node.</param>
    /// <param name="chainId">The only chain that is allowed, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="chainId"/> is 0.</exception>
    public ChainGuard(IEthereumRpc inner, ulong chainId)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfZero(chainId);
        _inner = inner;
        ChainId = chainId;
    }

    /// <summary>The only chain that is allowed.</summary>
    public ulong ChainId { get; }

    /// <summary>Whether a connection failed since the chain was seen last, or it was never seen.</summary>
    public bool IsInDoubt => _isInDoubt;

    /// <summary>Makes sure that the node serves the chain; asks it only when in doubt.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The hash of the chain's first block.</returns>
    /// <exception cref="ChainMismatchException">Another id, or another first block than before.</exception>
    /// <exception cref="RpcException">The node refused the question.</exception>
    /// <exception cref="RpcUnreachableException">No valid answer came.</exception>
    /// <exception cref="RpcFormatException">The answer can't be read.</exception>
    public async Task<Bytes32> EnsureAsync(CancellationToken cancellationToken = default)
    {
        if (!_isInDoubt && Genesis is { } known)
        {
            return known;
        }

        // A failure while the questions run must raise the doubt again, so it is put down before.
        _isInDoubt = false;
        try
        {
            var actual = await this.ChainIdAsync(cancellationToken);
            if (actual != ChainId)
            {
                throw new ChainMismatchException(ChainId, actual);
            }

            var genesis = (await this.GetBlockAsync(BlockTag.Earliest, cancellationToken))?.Hash ?? Bytes32.Zero;
            return Remember(genesis);
        }
        catch
        {
            _isInDoubt = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<JsonElement> SendAsync(string method, object?[] parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.SendAsync(method, parameters, cancellationToken);
        }
        catch (RpcUnreachableException)
        {
            _isInDoubt = true;
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RpcResult>> SendBatchAsync(
        IReadOnlyList<RpcCall> calls, CancellationToken cancellationToken)
    {
        try
        {
            return await _inner.SendBatchAsync(calls, cancellationToken);
        }
        catch (RpcUnreachableException)
        {
            _isInDoubt = true;
            throw;
        }
    }

    private Bytes32? Genesis
    {
        get
        {
            lock (_lock)
            {
                return _genesis;
            }
        }
    }

    private Bytes32 Remember(Bytes32 genesis)
    {
        lock (_lock)
        {
            _genesis ??= genesis;
            return _genesis == genesis ? genesis : throw new ChainMismatchException(_genesis.Value, genesis);
        }
    }
}
