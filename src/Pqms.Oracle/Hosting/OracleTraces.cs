using System.Diagnostics;

namespace Pqms.Oracle;

/// <summary>Spans of an oracle's work, for whoever listens; without a listener they cost one test of a flag.</summary>
public static class OracleTraces
{
    /// <summary>Name of the source to subscribe to.</summary>
    public const string SourceName = "Pqms.Oracle";

    /// <summary>A run of blocks goes through mesh and journal; tags <c>pqms.block</c> (the last) and
    /// <c>pqms.blocks</c>.</summary>
    public const string Apply = "oracle.apply";

    /// <summary>A report is signed and handed in; tag <c>pqms.sequence</c>.</summary>
    public const string Submit = "oracle.submit";

    /// <summary>A report's lines are sent for execution; tag <c>pqms.sequence</c>.</summary>
    public const string Settle = "oracle.settle";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins a span; null when nobody listens.</summary>
    internal static Activity? Start(string name) => Source.StartActivity(name);
}
