namespace Pqms.Oracle.Journal;

/// <summary>Where a journal is kept.</summary>
public enum JournalStoreKind
{
    /// <summary>A file in the data folder.</summary>
    Sqlite = 0,

    /// <summary>A schema of a PostgreSQL database, version 13 or newer.</summary>
    Postgres = 1,
}

/// <summary>How an oracle keeps its journal.</summary>
/// <remarks>Its text never shows the connection, which may hold a password.</remarks>
public sealed record JournalOptions
{
    /// <summary>Snapshots kept: a reorganisation that takes the newest leaves an older one.</summary>
    internal const int SnapshotsKept = 3;

    /// <summary>Rows of one kind that one pruning removes: tens of milliseconds, so the loop is not held up.</summary>
    internal const int PruneRows = 10_000;

    private const int LongestName = 20;

    /// <summary>Where it is kept.</summary>
    /// <value>The default is SQLite: nothing to install or to run.</value>
    public JournalStoreKind Store { get; init; }

    /// <summary>Npgsql's connection string, for PostgreSQL only: <c>Host=…;Database=…;Username=…</c>.</summary>
    /// <value>The default is empty. A password is better left to PGPASSFILE or PGPASSWORD.</value>
    public string Connection { get; init; } = string.Empty;

    /// <summary>Names this oracle among several that share a database: 1 to 20 of a-z, 0-9 and _.</summary>
    /// <value>The default is "oracle".</value>
    public string Name { get; init; } = "oracle";

    /// <summary>Blocks between two snapshots, 16 to 1,000,000; a restart computes at most so many, and one run of
    /// blocks (256) more.</summary>
    /// <value>The default is 512: under a second of mesh for the default scenario.</value>
    public int SnapshotBlocks { get; init; } = 512;

    /// <summary>Newest blocks whose logs are kept; 0 keeps all.</summary>
    /// <value>The default is 0.</value>
    public ulong KeepLogBlocks { get; init; }

    /// <summary>Newest blocks whose batch files are kept; 0 keeps all.</summary>
    /// <value>The default is 0: batch files are the evidence behind the reports, and this oracle serves them.</value>
    public ulong KeepBatchBlocks { get; init; }

    /// <summary>Pages of 4 KiB to which SQLite's file may grow, as on a full disk; null for no limit.</summary>
    internal int? MostPages { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Store} '{Name}', snapshot every {SnapshotBlocks} blocks, keeps {Kept(KeepLogBlocks)} of logs and "
        + $"{Kept(KeepBatchBlocks)} of batch files";

    /// <summary>Whether a name is accepted.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName(string name) => name is { Length: >= 1 and <= LongestName }
        && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');

    /// <summary>Refuses values outside their range.</summary>
    /// <exception cref="OracleException">Names the value and the range.</exception>
    internal void Validate()
    {
        Require(Enum.IsDefined(Store), nameof(Store), Store, "Sqlite or Postgres");
        Require(IsName(Name), nameof(Name), Name, "1 to 20 of a-z, 0-9 and _");
        Require(SnapshotBlocks is >= 16 and <= 1_000_000, nameof(SnapshotBlocks), SnapshotBlocks, "16 to 1,000,000");
        Require(
            Store == JournalStoreKind.Sqlite || Connection.Length > 0,
            nameof(Connection), "empty", "with Store = Postgres a connection string, as Host=/var/run/postgresql;"
            + "Database=pqms");
    }

    private static string Kept(ulong blocks) => blocks == 0 ? "everything" : $"{blocks} blocks";

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds)
        {
            throw new OracleException($"Option Journal.{name} is {value}; allowed: {allowed}.");
        }
    }
}
