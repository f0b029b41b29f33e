using Pqms.Ethereum.Rpc;

namespace Pqms.Ethereum.Logs;

/// <summary>Reads blocks with their events, in ranges that the node bears.</summary>
internal sealed class LogRangeReader(IEthereumRpc rpc, FollowerOptions options)
{
    private int _range = options.BlocksPerRange;

    /// <summary>Reads from a height on, at most as far as the last one: fewer blocks when the range is too
    /// large.</summary>
    /// <exception cref="InconsistentReadException">The chain changed meanwhile: look again.</exception>
    public async Task<IReadOnlyList<BlockAdded>> ReadAsync(
        ulong first, ulong last, BlockHeader head, CancellationToken cancellationToken)
    {
        if (first == last)
        {
            var header = head.Number == first
                ? head
                : await rpc.GetBlockAsync(first, cancellationToken)
                    ?? throw new InconsistentReadException($"Block {first} is gone.");
            return [await ReadOneAsync(header, cancellationToken)];
        }

        last = Math.Min(last, first + (ulong)_range - 1);
        var headers = await rpc.GetBlocksAsync(first, last, cancellationToken);
        CheckChained(headers, first, last);
        if (headers.Count == 1)
        {
            return [await ReadOneAsync(headers[0], cancellationToken)];
        }

        var logs = await TryReadLogsAsync(headers, cancellationToken);
        if (logs is null)
        {
            return [await ReadOneAsync(headers[0], cancellationToken)];
        }

        _range = Math.Min(options.BlocksPerRange, _range * 2);
        return Assign(headers, logs);
    }

    // Events of a range can't be bound to block hashes that have none. So one batch asks for the last block, the
    // events,
    // and the last block again: behind a load balancer one node answers all three. It had the last block before it read
    // the events, so it had all of them (a node that lags gives none for blocks that it doesn't have, and may catch up
    // in the middle of a batch); and it still had it afterwards, so none of the blocks changed meanwhile.
    // Null when the node refused: the range is halved for the next time, and a single block is always possible.
    private async Task<LogEntry[]?> TryReadLogsAsync(
        IReadOnlyList<BlockHeader> headers, CancellationToken cancellationToken)
    {
        var last = headers[^1];
        try
        {
            var filter = new LogFilter(headers[0].Number, last.Number, options.Addresses);
            var (before, logs, after) = await rpc.GetLogsBetweenAsync(filter, last.Number, cancellationToken);
            return before?.Hash == last.Hash && after?.Hash == last.Hash
                ? logs
                : throw new InconsistentReadException($"Block {last.Number} changed while its range was read.");
        }
        catch (RpcException)
        {
            _range = Math.Max(1, headers.Count / 2);
            return null;
        }
    }

    private async Task<BlockAdded> ReadOneAsync(BlockHeader header, CancellationToken cancellationToken)
    {
        var filter = new LogFilter(header.Number, header.Number, options.Addresses) { BlockHash = header.Hash };
        var logs = await rpc.GetLogsAsync(filter, cancellationToken);
        return Assign([header], logs)[0];
    }

    private static void CheckChained(IReadOnlyList<BlockHeader> headers, ulong first, ulong last)
    {
        if (headers.Count != (int)(last - first + 1))
        {
            throw new InconsistentReadException($"Blocks {first} to {last}: only {headers.Count} came.");
        }

        for (var i = 0; i < headers.Count; i++)
        {
            if (headers[i].Number != first + (ulong)i || (i > 0 && headers[i].ParentHash != headers[i - 1].Hash))
            {
                throw new InconsistentReadException($"Block {first + (ulong)i} isn't the child of the one before.");
            }
        }
    }

    private static BlockAdded[] Assign(IReadOnlyList<BlockHeader> headers, LogEntry[] logs)
    {
        var first = headers[0].Number;
        var buckets = new List<LogEntry>?[headers.Count];
        foreach (var log in logs)
        {
            if (log.BlockNumber < first || log.BlockNumber - first >= (ulong)headers.Count
                || log.BlockHash != headers[(int)(log.BlockNumber - first)].Hash)
            {
                throw new InconsistentReadException($"An event belongs to block {log.BlockHash}, which wasn't read.");
            }

            (buckets[(int)(log.BlockNumber - first)] ??= []).Add(log);
        }

        return [.. headers.Select((header, i) => new BlockAdded(header, Sorted(buckets[i])))];
    }

    private static LogEntry[] Sorted(List<LogEntry>? logs) =>
        logs is null ? [] : [.. logs.OrderBy(log => log.LogIndex)];
}

/// <summary>The chain changed between two questions, or the nodes behind one address differ: looking again
/// helps.</summary>
internal sealed class InconsistentReadException(string message) : Exception(message);
