using Pqms.Ethereum;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Client;

/// <summary>Gives the file of a hash, or null when it has none; the bytes are checked by whoever asks.</summary>
/// <param name="hash">keccak256 of the file.</param>
/// <param name="cancellationToken">Ends the wait.</param>
/// <returns>The bytes, or null.</returns>
public delegate Task<ReadOnlyMemory<byte>?> FileSource(Bytes32 hash, CancellationToken cancellationToken);

/// <summary>Collects a ledger's history from a chain, for the audit and for the export.</summary>
public static class HistoryCollector
{
    /// <summary>From here on the headers before the deployment are left out of a file: 10,000 are about 1 MB
    /// packed.</summary>
    private const ulong HeadersBeforeDeployment = 10_000;

    /// <summary>Collects headers, logs, batches and scenarios up to one block.</summary>
    /// <param name="client">The ledger.</param>
    /// <param name="batches">Where batches are served, by dataHash; null collects none.</param>
    /// <param name="scenarios">Where scenarios are served, by scenarioHash; null collects none.</param>
    /// <param name="at">The last block; the latest unless given.</param>
    /// <param name="progress">Told the number of blocks collected; null for nobody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The history, unchecked.</returns>
    /// <exception cref="InvalidOperationException">The chain was reorganised meanwhile: collect again.</exception>
    public static async Task<HistoryFile> CollectAsync(
        LedgerClient client,
        FileSource? batches = null,
        FileSource? scenarios = null,
        BlockTag at = default,
        IProgress<ulong>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        var addresses = client.Addresses;
        var now = await client.MomentAsync(at, cancellationToken);
        var genesis = await client.Rpc.GetBlockAsync(BlockTag.Earliest, cancellationToken)
            ?? throw new InvalidOperationException("The node has no genesis block.");
        var first = addresses.DeployedAtBlock <= HeadersBeforeDeployment ? 0 : addresses.DeployedAtBlock;
        var headers = await HeadersAsync(client.Rpc, first, now.Block, progress, cancellationToken);
        var logs = await new LogReader(client.Rpc).ReadAsync(
            addresses.DeployedAtBlock, now.Block, addresses.ToArray(), null, cancellationToken);
        var events = logs.Select(log => LedgerLogs.Decode(log, addresses)!).ToArray();
        var dataHashes = events.OfType<ReportAccepted>().Select(static e => e.Data.Report.DataHash);
        var scenarioHashes = events.OfType<EraStarted>().Select(static e => e.Data.ScenarioHash);
        return new HistoryFile
        {
            Format = HistoryFile.FormatName,
            Version = HistoryFile.CurrentVersion,
            ChainId = await client.Rpc.ChainIdAsync(cancellationToken),
            GenesisHash = genesis.Hash,
            Addresses = addresses,
            Headers = headers,
            Logs = logs,
            Batches = await FilesAsync(batches, dataHashes, cancellationToken),
            Scenarios = await FilesAsync(scenarios, scenarioHashes, cancellationToken),
        };
    }

    private static async Task<List<BlockHeader>> HeadersAsync(
        IEthereumRpc rpc, ulong first, ulong last, IProgress<ulong>? progress, CancellationToken cancellation)
    {
        // Progress is told in steps that take a second at most on a slow node.
        const ulong step = 1_000;
        var headers = new List<BlockHeader>();
        for (var from = first; from <= last; from += step)
        {
            headers.AddRange(await rpc.GetBlocksAsync(from, Math.Min(last, from + step - 1), cancellation));
            progress?.Report((ulong)headers.Count);
        }

        for (var i = 1; i < headers.Count; i++)
        {
            if (headers[i].ParentHash != headers[i - 1].Hash)
            {
                throw new InvalidOperationException(
                    $"The chain was reorganised at block {headers[i].Number}; try again.");
            }
        }

        return headers;
    }

    private static async Task<byte[][]> FilesAsync(
        FileSource? source, IEnumerable<Bytes32> hashes, CancellationToken cancellation)
    {
        var files = new List<byte[]>();
        foreach (var hash in source is null ? [] : hashes.Distinct())
        {
            if (await source!(hash, cancellation) is { } file)
            {
                files.Add(file.ToArray());
            }
        }

        return [.. files];
    }
}
