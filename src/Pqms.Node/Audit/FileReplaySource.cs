using System.Runtime.CompilerServices;
using Pqms.Ethereum;
using Pqms.Oracle.Replay;
using Pqms.Sdk;
using Pqms.Sdk.Audit;

namespace Pqms.Node.Audit;

/// <summary>An exported history as the source of a replay: no chain is needed.</summary>
public sealed class FileReplaySource : IReplaySource
{
    private readonly HistoryFile _file;
    private readonly Func<Bytes32, ReadOnlyMemory<byte>?> _batches;

    /// <summary>Reads from a file whose evidence was verified.</summary>
    /// <param name="file">The file.</param>
    public FileReplaySource(HistoryFile file)
    {
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
        await Task.CompletedTask;
        var logs = _file.Logs.ToLookup(log => log.BlockNumber);
        foreach (var header in _file.Headers.Where(header => header.Number >= Addresses.DeployedAtBlock))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new ReplayBlock(header, [.. logs[header.Number]]);
        }
    }

    /// <inheritdoc/>
    public byte[]? Batch(Bytes32 dataHash) => _batches(dataHash)?.ToArray();
}
