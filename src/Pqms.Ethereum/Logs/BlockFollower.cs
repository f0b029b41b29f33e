using System.Runtime.CompilerServices;
using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Logs;

/// <summary>Tells every block of the chain in order, with the events of chosen contracts, and what the chain gives
/// up.</summary>
/// <remarks>
/// Stands on eth_getBlockByNumber and eth_getLogs alone: filters kept by a node die behind load balancers.
/// The headers tell reorganisations: each block's parent must be the block told before. Once caught up, a look costs
/// one request, and a new block one more. Not safe across threads; make one follower for each reader.
/// </remarks>
public sealed class BlockFollower
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly IEthereumRpc _rpc;
    private readonly FollowerOptions _options;
    private readonly TimeProvider _clock;
    private readonly LogRangeReader _reader;
    private readonly IWakeUp? _wakeUp;
    private readonly List<BlockHeader> _told;
    private readonly List<BlockHeader> _applied;
    private readonly Queue<FollowerUpdate> _untold = [];
    private Bytes32? _genesis;
    private bool _isGenesisChecked;

    /// <summary>Prepares the follower; the node is asked nothing yet.</summary>
    /// <param name="rpc">The node.</param>
    /// <param name="options">Start, contracts and patience; null for the defaults.</param>
    /// <param name="clock">Measures pauses; null for the system's.</param>
    /// <param name="wakeUp">Hints at new blocks, such as <see cref="WebSocketHeads"/>; null for none. Without hints, or
    /// with wrong ones, the same is told, only later.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure in the options is out of the range that the message
    /// names.</exception>
    public BlockFollower(
        IEthereumRpc rpc, FollowerOptions? options = null, TimeProvider? clock = null, IWakeUp? wakeUp = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);
        _rpc = rpc;
        _options = options ?? new FollowerOptions();
        _options.Check();
        _clock = clock ?? TimeProvider.System;
        _wakeUp = wakeUp;
        _reader = new LogRangeReader(rpc, _options);
        _told = [.. _options.Cursor?.Blocks ?? []];
        _applied = [.. _told];
        _genesis = _options.Cursor?.Genesis;
    }

    /// <summary>Where this run stands: the updates given out so far, the one in hand included.</summary>
    /// <remarks>Keep it together with what the updates changed, after each is applied: another run goes on from it. A
    /// cursor that is kept later than the change tells the change again.</remarks>
    /// <param name="depth">How many blocks it remembers, in [1, 100,000]: a reorganisation deeper than that, while
    /// nobody follows, ends the next run with a <see cref="FollowerException"/>.</param>
    /// <returns>The cursor, or null before the first update.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="depth"/> is out of range.</exception>
    public FollowerCursor? GetCursor(int depth = FollowerCursor.UsualDepth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, FollowerCursor.MaxDepth);
        return _genesis is { } genesis && _applied.Count > 0
            ? new FollowerCursor(genesis, [.. _applied.TakeLast(depth)])
            : null;
    }

    private ulong NextNumber => _told.Count == 0 ? _options.StartBlock : _told[^1].Number + 1;

    /// <summary>Follows the chain until it is cancelled. Called again, it goes on where it stopped.</summary>
    /// <param name="cancellationToken">Ends the following with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Blocks added and removed, in the order in which they are to be applied.</returns>
    /// <exception cref="FollowerException">The start's hash is another one, a reorganisation is too deep, or it is
    /// another chain.</exception>
    /// <exception cref="RpcUnreachableException">The node was out of reach too often in a row.</exception>
    /// <exception cref="RpcException">The node refused too often in a row.</exception>
    public async IAsyncEnumerable<FollowerUpdate> FollowAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var failures = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var idle = true;
            try
            {
                foreach (var update in await LookAsync(cancellationToken))
                {
                    _untold.Enqueue(update);
                }

                failures = 0;
            }
            catch (Exception exception) when (IsPassing(exception))
            {
                failures++;
                if (failures >= _options.MaxFailures)
                {
                    throw exception is InconsistentReadException ? new FollowerException(exception.Message) : exception;
                }
            }

            // Kept in a queue, so that whoever stops in the middle and follows again later misses nothing.
            while (_untold.TryDequeue(out var update))
            {
                idle = false;
                Apply(update);
                yield return update;
            }

            if (idle)
            {
                // After a failure no hint shortens the pause: the node needs it.
                await (_wakeUp is null || failures > 0
                    ? Task.Delay(Pause(failures), _clock, cancellationToken)
                    : _wakeUp.WaitAsync(_options.PollInterval, cancellationToken));
            }
        }
    }

    private static bool IsPassing(Exception exception) =>
        exception is RpcUnreachableException or RpcException or RpcFormatException or InconsistentReadException;

    private TimeSpan Pause(int failures)
    {
        var pause = _options.PollInterval * Math.Pow(2, Math.Min(failures, 10));
        return failures == 0 || pause < LongestPause ? pause : LongestPause;
    }

    private async Task<IReadOnlyList<FollowerUpdate>> LookAsync(CancellationToken cancellationToken)
    {
        if (!_isGenesisChecked)
        {
            await CheckGenesisAsync(cancellationToken);
            _isGenesisChecked = true;
        }

        var head = await _rpc.GetBlockAsync(_options.Head, cancellationToken)
            ?? throw new InconsistentReadException($"The node has no {_options.Head} block.");
        if (await FindRemovalAsync(head, cancellationToken) is { } removal)
        {
            return [removal];
        }

        var confirmations = (ulong)_options.Confirmations;
        if (head.Number < confirmations || head.Number - confirmations < NextNumber)
        {
            return [];
        }

        var blocks = await _reader.ReadAsync(NextNumber, head.Number - confirmations, head, cancellationToken);
        return Accept(blocks, head.Number);
    }

    // A block whose parent isn't the one told before ends the range: the next look finds the removal.
    private List<FollowerUpdate> Accept(IReadOnlyList<BlockAdded> blocks, ulong headNumber)
    {
        var updates = new List<FollowerUpdate>(blocks.Count);
        foreach (var block in blocks)
        {
            if (_told.Count > 0 && block.Header.ParentHash != _told[^1].Hash)
            {
                break;
            }

            if (_told.Count == 0 && _options.StartHash is { } expected && block.Header.Hash != expected)
            {
                throw new FollowerException(
                    $"Block {block.Header.Number} has the hash {block.Header.Hash}; {expected} was expected. "
                    + "It was given up, or this is another chain: start again from an earlier block.");
            }

            _told.Add(block.Header);
            updates.Add(block with { HeadNumber = headNumber });
        }

        Trim(_told);
        return updates;
    }

    // Trimmed a quarter at a time, so that the list isn't moved for every block.
    private void Trim(List<BlockHeader> blocks)
    {
        if (blocks.Count > _options.MaxReorgDepth + (_options.MaxReorgDepth / 4))
        {
            blocks.RemoveRange(0, blocks.Count - _options.MaxReorgDepth);
        }
    }

    private void Apply(FollowerUpdate update)
    {
        if (update is BlockAdded added)
        {
            _applied.Add(added.Header);
            Trim(_applied);
        }
        else if (update is BlocksRemoved removed)
        {
            var count = Math.Min(removed.Removed.Length, _applied.Count);
            _applied.RemoveRange(_applied.Count - count, count);
        }
    }

    /// <summary>Compares the blocks told with the chain and drops those that the chain gave up.</summary>
    private async Task<BlocksRemoved?> FindRemovalAsync(BlockHeader head, CancellationToken cancellationToken)
    {
        if (_told.Count == 0 || await IsCanonicalAsync(head, cancellationToken))
        {
            return null;
        }

        await CheckGenesisAsync(cancellationToken);

        // A lower head may be a node that lags behind: only a block that differs is a removal.
        var kept = await CountKeptAsync(head.Number, cancellationToken);
        if (kept == _told.Count)
        {
            return null;
        }

        if (kept == 0 && _told[0].Number != _options.StartBlock)
        {
            throw new FollowerException(
                $"The chain gave up all of the last {_told.Count} blocks from {_told[0].Number} on; "
                + $"at most {_options.MaxReorgDepth} are understood. Start again from an earlier block.");
        }

        if (kept == 0 && _options.StartHash is not null)
        {
            throw new FollowerException(
                $"The chain gave up block {_told[0].Number}, {_told[0].Hash}, at which the following started.");
        }

        var removed = _told.Skip(kept).Reverse().ToArray();
        _told.RemoveRange(kept, _told.Count - kept);
        return new BlocksRemoved(removed[^1].Number, removed);
    }

    // Costs nothing in the usual cases: the head is the last block told, or its child.
    private async Task<bool> IsCanonicalAsync(BlockHeader head, CancellationToken cancellationToken)
    {
        var last = _told[^1];
        if (head.Number == last.Number)
        {
            return head.Hash == last.Hash;
        }

        if (head.Number == last.Number + 1)
        {
            return head.ParentHash == last.Hash;
        }

        var same = head.Number > last.Number ? await _rpc.GetBlockAsync(last.Number, cancellationToken) : null;
        return same is not null && same.Hash == last.Hash;
    }

    // How many of the blocks told, from the oldest on, the chain still has. Blocks above the head count as kept
    // unless a lower one is gone.
    private async Task<int> CountKeptAsync(ulong headNumber, CancellationToken cancellationToken)
    {
        var end = _told.Count;
        while (end > 0 && _told[end - 1].Number > headNumber)
        {
            end--;
        }

        var top = end;
        for (var step = 8; end > 0; step *= 2)
        {
            var start = Math.Max(0, end - step);
            var headers = await _rpc.GetBlocksAsync(_told[start].Number, _told[end - 1].Number, cancellationToken);
            if (headers.Count != end - start)
            {
                throw new InconsistentReadException("The node lost blocks while they were compared.");
            }

            for (var i = headers.Count - 1; i >= 0; i--)
            {
                if (headers[i].Hash == _told[start + i].Hash)
                {
                    var kept = start + i + 1;
                    return kept == top ? _told.Count : kept;
                }
            }

            end = start;
        }

        return top == 0 ? _told.Count : 0;
    }

    private async Task CheckGenesisAsync(CancellationToken cancellationToken)
    {
        var genesis = (await _rpc.GetBlockAsync(BlockTag.Earliest, cancellationToken))?.Hash
            ?? throw new InconsistentReadException("The node has no first block.");
        _genesis ??= genesis;
        if (_genesis != genesis)
        {
            throw new FollowerException(
                $"The chain's first block was {_genesis} and is now {genesis}: this is another chain, or it was "
                + "started anew.");
        }
    }
}
