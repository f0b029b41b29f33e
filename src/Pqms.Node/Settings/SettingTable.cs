using System.Globalization;
using Pqms.Oracle.Journal;

namespace Pqms.Node.Settings;

/// <summary>Every setting there is. Keys and passwords are not settings: they never live in a configuration
/// file.</summary>
public static class SettingTable
{
    /// <summary>Address of a chain that already runs; not set: <c>up</c> starts its own, others read the run
    /// file.</summary>
    public static readonly SettingDefinition ChainUrl = new(
        "chainUrl", "", "JSON-RPC address of the chain; not set: the run file's, and 'up' starts its own chain",
        "an absolute http or https address", IsHttp);

    /// <summary>Where the ledger is found on a chain that another machine deployed to.</summary>
    public static readonly SettingDefinition Registry = new(
        "registry", "", "address of the ledger's RealmRegistry; not set: the run file's or the recorded deployment's",
        "0x and 40 hexadecimal digits", text => Ethereum.Address.TryParse(text, out _));

    /// <summary>First port tried for the chain that <c>up</c> starts. 8545 is what Ethereum tools expect.</summary>
    public static readonly SettingDefinition ChainPort = new(
        "chainPort", "8545", "first port tried for the development chain", "an integer in [1, 65535]", IsPort);

    /// <summary>First port tried for the HTTP API. 8560: near the chain's, assigned to nothing common.</summary>
    public static readonly SettingDefinition ApiPort = new(
        "apiPort", "8560", "first port tried for the HTTP API on 127.0.0.1", "an integer in [1, 65535]", IsPort);

    /// <summary>Where journals, deployments, drawn ids and the run file are kept.</summary>
    public static readonly SettingDefinition DataFolder = new(
        "dataFolder", ".pqms", "folder of journals, deployments and the run file; relative to the project's folder",
        "a path of a writable folder", IsPath);

    /// <summary>The scenario that a new era starts with.</summary>
    public static readonly SettingDefinition Scenario = new(
        "scenario", "scenarios/german-backbone.json", "scenario file of a new era; relative to the project's folder",
        "a path of a scenario file", IsPath);

    /// <summary>Milliseconds between blocks of the development chain; 1000 keeps chain time at the wall
    /// clock.</summary>
    public static readonly SettingDefinition BlockMilliseconds = new(
        "blockMilliseconds", "1000", "time between blocks of the development chain, in milliseconds",
        "an integer in [100, 60000]", text => InRange(text, 100, 60_000));

    /// <summary>When the oracle acts on a block.</summary>
    public static readonly SettingDefinition Confirmations = new(
        "confirmations", "auto", "when the oracle acts on a block: after so many more, when the chain calls it safe, "
        + "or by itself (auto): at once on chain 31337, when safe elsewhere",
        ConfirmationRule.Allowed, text => ConfirmationRule.TryParse(text, out _));

    /// <summary>Where the oracle keeps its journal.</summary>
    public static readonly SettingDefinition Journal = new(
        "journal", "sqlite", "store of the oracle's journal; its connection to PostgreSQL is read from "
        + "PQMS_JOURNAL_CONNECTION, because it may hold a password",
        "sqlite or postgres", text => text is "sqlite" or "postgres");

    /// <summary>Tells oracles apart that share a database.</summary>
    public static readonly SettingDefinition JournalName = new(
        "journalName", "oracle", "this oracle's name among those that share a PostgreSQL database",
        "1 to 20 of a-z, 0-9 and _", JournalOptions.IsName);

    /// <summary>Bounds what a restart computes again; 512 blocks are under a second of mesh.</summary>
    public static readonly SettingDefinition SnapshotBlocks = new(
        "snapshotBlocks", "512", "blocks between two snapshots; a restart computes at most so many and 256 more",
        "an integer in [16, 1000000]", text => InRange(text, 16, 1_000_000));

    /// <summary>How long logs are kept; 0 keeps all.</summary>
    public static readonly SettingDefinition KeepLogBlocks = new(
        "keepLogBlocks", "0", "newest blocks whose logs stay in the journal; 0 keeps all",
        "an integer in [0, 2000000000]", text => InRange(text, 0, 2_000_000_000));

    /// <summary>How long batch files are kept; 0 keeps all, because they are the evidence behind reports.</summary>
    public static readonly SettingDefinition KeepBatchBlocks = new(
        "keepBatchBlocks", "0", "newest blocks whose batch files stay in the journal and are served; 0 keeps all",
        "an integer in [0, 2000000000]", text => InRange(text, 0, 2_000_000_000));

    /// <summary>Which development account signs on chain 31337 when no key is given.</summary>
    public static readonly SettingDefinition Account = new(
        "account", "client", "development account that signs on chain 31337",
        "admin, oracle, provider or client", text => text is "admin" or "oracle" or "provider" or "client");

    /// <summary>File of an encrypted key; its password is read from PQMS_KEYSTORE_PASSWORD or asked for.</summary>
    public static readonly SettingDefinition Keystore = new(
        "keystore", "", "file of an encrypted key (Web3 Secret Storage); password from PQMS_KEYSTORE_PASSWORD or asked",
        "a path of a keystore file", IsPath);

    /// <summary>How the log of <c>oracle run</c> looks: JSON lines fit a log collector.</summary>
    public static readonly SettingDefinition LogFormat = new(
        "logFormat", "text", "how 'oracle run' logs: lines for people, or one JSON object a line",
        "text or json", text => text is "text" or "json");

    /// <summary>Address that the HTTP API listens on. Only this machine can ask by default.</summary>
    public static readonly SettingDefinition ApiAddress = new(
        "apiAddress", "127.0.0.1", "address that the HTTP API listens on; another one opens it to other machines",
        "an IP address", text => System.Net.IPAddress.TryParse(text, out _));

    /// <summary>The hub's other oracles. A hub has at most 32 signers.</summary>
    public static readonly SettingDefinition Peers = new(
        "peers", "",
        "HTTP APIs of the hub's other oracles, separated by commas; needed where no oracle has enough keys",
        "at most 31 absolute http or https addresses", text =>
            text.Split(',') is { Length: <= 31 } all && all.All(IsHttp));

    /// <summary>How long one oracle's silence delays a report. 15 s: some blocks of a public chain.</summary>
    public static readonly SettingDefinition TakeoverSeconds = new(
        "takeoverSeconds", "15", "chain seconds from one oracle's turn to report to the next one's",
        "an integer in [1, 3600]", text => InRange(text, 1, 3600));

    /// <summary>Every setting, in the order it is shown.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
        [ChainUrl, Registry, ChainPort, ApiPort, DataFolder, Scenario, BlockMilliseconds, Confirmations, Journal,
            JournalName, SnapshotBlocks, KeepLogBlocks, KeepBatchBlocks, Account, Keystore, LogFormat, ApiAddress,
            Peers, TakeoverSeconds];

    private static bool IsHttp(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);

    private static bool IsPort(string text) => InRange(text, 1, 65_535);

    private static bool IsPath(string text) => text.Length is > 0 and <= 4096 && !text.Contains('\0');

    private static bool InRange(string text, int lowest, int highest) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= lowest && value <= highest;
}
