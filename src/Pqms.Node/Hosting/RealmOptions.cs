using Pqms.Node.Chain;
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

    /// <summary>Absolute path of the data folder.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Absolute path of the scenario file.</summary>
    public required string ScenarioPath { get; init; }

    /// <summary>Blocks that must follow before the oracle acts.</summary>
    public int Confirmations { get; init; }

    /// <summary>How the oracle keeps its journal.</summary>
    public JournalOptions Journal { get; init; } = new();
}
