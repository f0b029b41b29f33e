using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Loop;

/// <summary>Says in which fields two reports of one sequence differ, and which leaf is the first that does.</summary>
internal static class ReportComparison
{
    /// <summary>Names of the fields that differ, in the report's order.</summary>
    /// <param name="accepted">What the chain holds.</param>
    /// <param name="own">What was computed.</param>
    public static IReadOnlyList<string> Differences(Report accepted, Report own)
    {
        var names = new List<string>();
        Check(names, "era", accepted.Era, own.Era);
        Check(names, "toBlock", accepted.ToBlock, own.ToBlock);
        Check(names, "toBlockHash", accepted.ToBlockHash, own.ToBlockHash);
        Check(names, "toTime", accepted.ToTime, own.ToTime);
        Check(names, "count", accepted.Count, own.Count);
        Check(names, "previousHead", accepted.PreviousHead, own.PreviousHead);
        Check(names, "eventsRoot", accepted.EventsRoot, own.EventsRoot);
        Check(names, "stateHash", accepted.StateHash, own.StateHash);
        Check(names, "dataHash", accepted.DataHash, own.DataHash);
        Check(names, "decisionsHash", accepted.DecisionsHash, own.DecisionsHash);
        Check(names, "linesHash", accepted.LinesHash, own.LinesHash);
        return names;
    }

    /// <summary>One sentence that names the report, the fields and, where the batch file is at hand, the first
    /// event.</summary>
    /// <param name="accepted">What the chain holds.</param>
    /// <param name="own">What was computed; null if no epoch ended there.</param>
    /// <param name="acceptedBatch">The file that the accepted report names, or null.</param>
    public static string Describe(Report accepted, SealedReport? own, Batch? acceptedBatch)
    {
        if (own is null)
        {
            return $"Report {accepted.Sequence} ends on chain with block {accepted.ToBlock}; "
                + "computed, no such report ends by then.";
        }

        string fields = string.Join(", ", Differences(accepted, own.Report));
        string text = $"Report {accepted.Sequence} differs first, in {fields}";
        if (acceptedBatch is null)
        {
            return text + ". The accepted batch file is not at hand, so the event is not named.";
        }

        int leaf = FirstLeafThatDiffers(acceptedBatch, own.Batch);
        return leaf < 0
            ? text + ". All leaves are equal."
            : $"{text}. First event that differs: leaf {leaf}, chain {Text(acceptedBatch, leaf)}, "
                + $"computed {Text(own.Batch, leaf)}.";
    }

    /// <summary>The index of the first leaf that differs; -1 if none does.</summary>
    public static int FirstLeafThatDiffers(Batch accepted, Batch own)
    {
        int common = Math.Min(accepted.Leaves.Count, own.Leaves.Count);
        for (int i = 0; i < common; i++)
        {
            if (!accepted.Leaves[i].Equals(own.Leaves[i]))
            {
                return i;
            }
        }

        return accepted.Leaves.Count == own.Leaves.Count ? -1 : common;
    }

    private static string Text(Batch batch, int leaf) =>
        leaf < batch.Leaves.Count ? batch.Leaves[leaf].ToString() : "nothing";

    private static void Check<T>(List<string> names, string name, T accepted, T own)
        where T : IEquatable<T>
    {
        if (!accepted.Equals(own))
        {
            names.Add($"{name} (chain {accepted}, computed {own})");
        }
    }
}
