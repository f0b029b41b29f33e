using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Peers;
using Pqms.Sdk;

namespace Pqms.Oracle;

/// <summary>How one oracle runs. Validated when the service is made.</summary>
public sealed record OracleOptions
{
    /// <summary>Most blocks to wait for: the hub knows the hashes of so many.</summary>
    public const int MaxConfirmations = 250;

    /// <summary>The node's JSON-RPC address, http or https.</summary>
    public required Uri ChainUrl { get; init; }

    /// <summary>Where the ledger is deployed.</summary>
    public required LedgerAddresses Addresses { get; init; }

    /// <summary>Folder for the journal; made if it is not there. Each chain gets its own folder inside.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A scenario's bytes for a keccak256 hash, or null if they are not at hand.</summary>
    public required Func<Bytes32, ReadOnlyMemory<byte>?> Scenarios { get; init; }

    /// <summary>Blocks on top of a block before it counts, 0 to <see cref="MaxConfirmations"/>.</summary>
    /// <value>The default is 0: right for a development chain, which reorganises only in tests.</value>
    public int Confirmations { get; init; }

    /// <summary>Whether only blocks count that the chain calls safe; <see cref="Confirmations"/> is 0 then.</summary>
    /// <value>The default is false: a development chain's safe block may be any.</value>
    public bool OnlySafe { get; init; }

    /// <summary>How often the node is asked for new blocks, 10 ms to 1 min.</summary>
    /// <value>The default is 100 ms: a tenth of a development chain's block.</value>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long the chain may be out of reach before the oracle gives up, 1 s to 1 day.</summary>
    /// <value>The default is 1 hour: an outage is sat out, and said; who hosts the oracle sees that it is not
    /// ready.</value>
    public TimeSpan UnreachableLimit { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Threads of the mesh, 1 to 64; changes no result.</summary>
    /// <value>The default is 1: the reference scenario needs a few per cent of one core.</value>
    public int MeshThreads { get; init; } = 1;

    /// <summary>The other oracles of the hub, at most 31; needed where this one's keys are fewer than the hub's
    /// threshold.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<IPeer> Peers { get; init; } = [];

    /// <summary>Chain seconds from one oracle's turn to report to the next one's, 1 to 3,600.</summary>
    /// <value>The default is 15 s: some blocks of a public chain, a quarter of an epoch.</value>
    public uint TakeoverSeconds { get; init; } = 15;

    /// <summary>Where the journal is kept, how often a snapshot is made, and what is removed.</summary>
    /// <value>The default is a SQLite file in the data folder that keeps everything.</value>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>A lookup that knows the given files.</summary>
    /// <param name="files">Scenario files, byte for byte.</param>
    public static Func<Bytes32, ReadOnlyMemory<byte>?> ScenariosFrom(params ReadOnlyMemory<byte>[] files)
    {
        var known = files.ToDictionary(file => Keccak256.Hash(file.Span));
        // The cast matters: a bare null would become an empty file.
        return hash => known.TryGetValue(hash, out ReadOnlyMemory<byte> file) ? file : (ReadOnlyMemory<byte>?)null;
    }

    /// <summary>Refuses values outside their range.</summary>
    /// <exception cref="OracleException">Names the value and the range.</exception>
    internal void Validate()
    {
        Require(ChainUrl.Scheme is "http" or "https", nameof(ChainUrl), ChainUrl, "an http or https address");
        Require(!string.IsNullOrWhiteSpace(DataFolder), nameof(DataFolder), DataFolder, "a folder");
        Require(
            OnlySafe ? Confirmations == 0 : Confirmations is >= 0 and <= MaxConfirmations, nameof(Confirmations),
            Confirmations, OnlySafe ? "0 where only safe blocks count" : $"0 to {MaxConfirmations} blocks");
        Require(MeshThreads is >= 1 and <= 64, nameof(MeshThreads), MeshThreads, "1 to 64");
        Require(Peers.Count <= 31, nameof(Peers), Peers.Count, "at most 31: a hub has at most 32 signers");
        Require(TakeoverSeconds is >= 1 and <= 3_600, nameof(TakeoverSeconds), TakeoverSeconds, "1 to 3,600 s");
        Require(
            PollInterval >= TimeSpan.FromMilliseconds(10) && PollInterval <= TimeSpan.FromMinutes(1),
            nameof(PollInterval), PollInterval, "10 ms to 1 min");
        Require(
            UnreachableLimit >= TimeSpan.FromSeconds(1) && UnreachableLimit <= TimeSpan.FromDays(1),
            nameof(UnreachableLimit), UnreachableLimit, "1 s to 1 day");
        Journal.Validate();
    }

    private static void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds)
        {
            throw new OracleException($"Option {name} is {value}; allowed: {allowed}.");
        }
    }
}
