namespace Pqms.Oracle.Replay;

/// <summary>How far a replay has come.</summary>
/// <param name="Block">The last block applied.</param>
/// <param name="FirstBlock">The first block of the history.</param>
/// <param name="LastBlock">The last one.</param>
/// <param name="Reports">Reports compared until now.</param>
public readonly record struct ReplayProgress(ulong Block, ulong FirstBlock, ulong LastBlock, ulong Reports);

/// <summary>The first report that is not what the chain's own commands give.</summary>
/// <param name="Sequence">Its sequence.</param>
/// <param name="Block">The last block that it covers.</param>
/// <param name="Text">Which fields differ and, where the batch file is at hand, the first event that does.</param>
public sealed record ReplayDifference(ulong Sequence, ulong Block, string Text);

/// <summary>An era that this program cannot replay. Not a fault of the chain.</summary>
/// <param name="Era">Its number.</param>
/// <param name="Reason">For example "needs mesh version 2".</param>
public sealed record UnreplayedEra(ulong Era, string Reason);

/// <summary>What a replay found.</summary>
/// <param name="Blocks">Blocks applied.</param>
/// <param name="Eras">Eras replayed.</param>
/// <param name="Reports">Reports compared field by field: roots, state hash, data hash, decisions, lines.</param>
/// <param name="Pending">Reports that the commands give and the chain has not accepted yet.</param>
/// <param name="First">The first difference; null if there is none.</param>
/// <param name="Unreplayed">Eras left out.</param>
public sealed record ReplayResult(
    ulong Blocks,
    ulong Eras,
    ulong Reports,
    int Pending,
    ReplayDifference? First,
    IReadOnlyList<UnreplayedEra> Unreplayed)
{
    /// <summary>True if every era was replayed and every report is what its commands give.</summary>
    public bool IsEqual => First is null && Unreplayed.Count == 0;
}
