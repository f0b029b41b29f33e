using System.Runtime.CompilerServices;
using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk;
using Pqms.Sdk.Audit;

namespace Pqms.Oracle.Replay;

/// <summary>An exported history; needs no chain. Check the file with <see cref="HistoryVerifier"/> first.</summary>
public sealed class HistoryReplaySource : IReplaySource
{
    private readonly HistoryFile _file;
    private readonly Func<Bytes32, ReadOnlyMemory<byte>?> _batches;

    /// <summary>A source over a file.</summary>
    /// <param name="file">The history.</param>
    /// <exception cref="FormatException">It holds no header.</exception>
    public HistoryReplaySource(HistoryFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Headers.Count == 0)
        {
            throw new FormatException("The history file holds no header; there is nothing to replay.");
        }

        _file = file;
        _batches = file.BatchFinder();
    }

    /// <inheritdoc/>
    public LedgerAddresses Addresses => _file.Addresses;

    /// <inheritdoc/>
    public ulong LastBlock => _file.Headers[^1].Number;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ReplayBlock> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        ILookup<Bytes32, LogEntry> logs = _file.Logs.ToLookup(log => log.BlockHash);
        foreach (BlockHeader header in _file.Headers.SkipWhile(header => header.Number < Addresses.DeployedAtBlock))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new ReplayBlock(header, [.. logs[header.Hash]]);
        }

        await Task.CompletedTask;
    }

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash) => _batches(dataHash)?.ToArray();
}
