using Pqms.Oracle;

namespace Pqms.Node.Api;

/// <summary>Whether a node does its work now, and if not, why.</summary>
/// <param name="Ready">True if it follows the chain's newest blocks and nothing keeps it from reporting.</param>
/// <param name="Reason">Empty if ready.</param>
public sealed record Readiness(bool Ready, string Reason)
{
    /// <summary>Chain seconds that an oracle may be behind: one epoch, after which its report is late.</summary>
    public const ulong LagLimitSeconds = 60;

    /// <summary>Judges an oracle.</summary>
    /// <param name="oracle">Its status.</param>
    public static Readiness Of(OracleStatus oracle) => oracle switch
    {
        { Phase: not OraclePhase.Following } => new(false, $"the oracle is {oracle.Phase}"),
        { Alarm.Length: > 0 } => new(false, oracle.Alarm),
        { LagSeconds: > LagLimitSeconds } => new(
            false, $"the oracle is {oracle.LagSeconds} s of chain time behind; allowed: {LagLimitSeconds} s"),
        _ => new(true, string.Empty),
    };
}
