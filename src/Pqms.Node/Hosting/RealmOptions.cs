using System.Net;
using Pqms.Node.Chain;
using Pqms.Node.Settings;
using Pqms.Oracle.Journal;

namespace Pqms.Node.Hosting;

/// <summary>What <c>pqms up</c> runs.</summary>
public sealed record RealmOptions
{
    /// <summary>A chain that already runs; null starts <see cref="Launch"/>.</summary>
    public Uri? ChainUrl { get; init; }

    /// <summary>Finds the development chain to start; needed when <see cref="ChainUrl"/> is not set.</summary>
    public Func<ChainLaunch>? Launch { get; init; }

    /// <summary>Milliseconds between blocks of a chain that is started here.</summary>
    public int BlockMilliseconds { get; init; } = 1000;

    /// <summary>First port tried for the HTTP API.</summary>
    public required int ApiPort { get; init; }

    /// <summary>Address that the HTTP API listens on; another than loopback lets oracles on other machines
    /// ask.</summary>
    public IPAddress ApiAddress { get; init; } = IPAddress.Loopback;

    /// <summary>HTTP APIs of the hub's other oracles.</summary>
    public IReadOnlyList<Uri> Peers { get; init; } = [];

    /// <summary>Chain seconds from one oracle's turn to report to the next one's.</summary>
    public uint TakeoverSeconds { get; init; } = 15;

    /// <summary>Absolute path of the data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Absolute path of the scenario file.</summary>
    public required string ScenarioPath { get; init; }

    /// <summary>When a block counts.</summary>
    public ConfirmationRule Confirmations { get; init; } = ConfirmationRule.ByChain;

    /// <summary>Collector of metrics and traces (OTLP); null keeps them on this machine.</summary>
    public Uri? TelemetryEndpoint { get; init; }

    /// <summary>How the oracle keeps its journal.</summary>
    public JournalOptions Journal { get; init; } = new();
}
