using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Ethereum.Rpc;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>A ledger's whole history in one file, checkable after the chain is gone.</summary>
/// <remarks>
/// Gzip of one JSON document: chain id, genesis hash, addresses, headers without a gap, every log, batches, scenarios.
/// Nothing in it is trusted: <see cref="HistoryVerifier"/> checks it. Logs of a block that were left out show only
/// through
/// the ledger's own rules; the header's bloom catches logs that were altered or added.
/// </remarks>
public sealed record HistoryFile
{
    /// <summary>What the format is called.</summary>
    public const string FormatName = "pqms-history";

    /// <summary>The version that this code writes and reads.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Most bytes after unpacking: a file that claims more is refused instead of filling the memory.</summary>
    public const long MaxUnpackedBytes = 1L << 30;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        MaxDepth = 16,
    };

    /// <summary>Always <see cref="FormatName"/>.</summary>
    public required string Format { get; init; }

    /// <summary>Always <see cref="CurrentVersion"/>.</summary>
    public required int Version { get; init; }

    /// <summary>The chain's id.</summary>
    public required ulong ChainId { get; init; }

    /// <summary>Hash of block 0; with the chain id it names the chain.</summary>
    public required Bytes32 GenesisHash { get; init; }

    /// <summary>The ledger.</summary>
    public required LedgerAddresses Addresses { get; init; }

    /// <summary>Headers in order, without a gap, up to the block of the export.</summary>
    public required IReadOnlyList<BlockHeader> Headers { get; init; }

    /// <summary>Every log of the ledger in these blocks, in chain order.</summary>
    public required IReadOnlyList<LogEntry> Logs { get; init; }

    /// <summary>Batch files of the reports.</summary>
    public required IReadOnlyList<byte[]> Batches { get; init; }

    /// <summary>Scenario files of the eras.</summary>
    public required IReadOnlyList<byte[]> Scenarios { get; init; }

    /// <summary>Writes the file.</summary>
    /// <param name="destination">Where to; stays open.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <returns>When all is written.</returns>
    public async Task WriteAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        await using var zip = new GZipStream(destination, CompressionLevel.Optimal, leaveOpen: true);
        await JsonSerializer.SerializeAsync(zip, this, Json, cancellationToken);
    }

    /// <summary>Reads a file without checking what it says.</summary>
    /// <param name="source">The file.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The history.</returns>
    /// <exception cref="FormatException">Not such a file, another version, or more than the bound; the place is
    /// named.</exception>
    public static async Task<HistoryFile> ReadAsync(Stream source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        try
        {
            await using var zip = new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
            await using var bounded = new BoundedStream(zip, MaxUnpackedBytes);
            var file = await JsonSerializer.DeserializeAsync<HistoryFile>(bounded, Json, cancellationToken)
                ?? throw new FormatException("The history file is empty.");
            return file.Format == FormatName && file.Version == CurrentVersion
                ? file
                : throw new FormatException(
                    $"The file is {file.Format} version {file.Version}: {FormatName} version {CurrentVersion}.");
        }
        catch (Exception broken) when (broken is JsonException or InvalidDataException)
        {
            throw new FormatException($"The history file can't be read: {broken.Message}", broken);
        }
    }

    /// <summary>The logs decoded, each with its block's time.</summary>
    /// <returns>In the file's order.</returns>
    /// <exception cref="FormatException">A log is none of the ledger's, or its block has no header.</exception>
    public IEnumerable<TimedEvent> Events()
    {
        var times = Headers.ToDictionary(static header => header.Hash, static header => header.Timestamp);
        foreach (var log in Logs)
        {
            var decoded = LedgerLogs.Decode(log, Addresses)
                ?? throw new FormatException($"The log at {LogPlace.Of(log)} is of {log.Address}, not of the ledger.");
            yield return times.TryGetValue(log.BlockHash, out var time)
                ? new TimedEvent(decoded, time)
                : throw new FormatException($"The log at {LogPlace.Of(log)} has no header.");
        }
    }

    /// <summary>The batch file of a report.</summary>
    /// <returns>A look-up by the hash of the bytes, hashed once.</returns>
    public Func<Bytes32, ReadOnlyMemory<byte>?> BatchFinder() => Finder(Batches);

    /// <summary>The scenario file of an era.</summary>
    /// <returns>A look-up by the hash of the bytes, hashed once.</returns>
    public Func<Bytes32, ReadOnlyMemory<byte>?> ScenarioFinder() => Finder(Scenarios);

    private static Func<Bytes32, ReadOnlyMemory<byte>?> Finder(IReadOnlyList<byte[]> files)
    {
        var byHash = new Dictionary<Bytes32, byte[]>();
        foreach (var file in files)
        {
            byHash[Keccak256.Hash(file)] = file;
        }

        return hash => byHash.TryGetValue(hash, out var file) ? (ReadOnlyMemory<byte>?)file : null;
    }
}
