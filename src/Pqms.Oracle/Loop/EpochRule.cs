namespace Pqms.Oracle.Loop;

/// <summary>Decides after which block an epoch ends; a pure function of the chain, so that every oracle cuts
/// alike.</summary>
internal static class EpochRule
{
    /// <summary>Leaves that may wait. 10,000 keeps a batch file near 1 MB and a proof at 14 hashes.</summary>
    public const int WaitingLeavesLimit = 10_000;

    /// <summary>Chain seconds without a report after which the counters of changed pools are reported anyway.</summary>
    public const ulong SecondsLimit = 60;

    /// <summary>Decisions that one report may carry; the hub refuses more.</summary>
    public const int DecisionsPerReport = 64;

    /// <summary>Settlement lines that one report may carry; the hub refuses more.</summary>
    public const int LinesPerReport = 200;

    /// <summary>True if the epoch ends with this block.</summary>
    /// <param name="pendingAnswers">Decisions, takes and settlements not yet in a report, those left over
    /// included.</param>
    /// <param name="waitingLeaves">Leaves collected since the last epoch ended.</param>
    /// <param name="lastEndSeconds">Chain time at which the last epoch ended, or the era began.</param>
    /// <param name="blockSeconds">Chain time of the block.</param>
    public static bool EndsAfter(int pendingAnswers, int waitingLeaves, ulong lastEndSeconds, ulong blockSeconds) =>
        pendingAnswers > 0
        || waitingLeaves >= WaitingLeavesLimit
        || blockSeconds - lastEndSeconds >= SecondsLimit;
}
