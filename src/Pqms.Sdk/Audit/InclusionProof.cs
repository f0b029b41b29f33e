using Pqms.Ethereum;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Proof that one leaf is in an accepted report: enough for the hub's verifyEvent and for a
/// stranger.</summary>
/// <param name="Report">The accepted report.</param>
/// <param name="Index">The leaf's position.</param>
/// <param name="Payload">The leaf's bytes.</param>
/// <param name="Siblings">From the leaf upward.</param>
public sealed record InclusionProof(ReportAccepted Report, ulong Index, byte[] Payload, IReadOnlyList<Bytes32> Siblings)
{
    /// <summary>The proof of a leaf whose batch is at hand.</summary>
    /// <param name="place">Where the leaf stands.</param>
    /// <returns>The proof.</returns>
    public static InclusionProof Of(LeafPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new InclusionProof(
            place.Report, (ulong)place.Index, place.Leaf.ToPayload(), place.Batch.Proof(place.Index));
    }

    /// <summary>Checks the proof without a chain, against the report's root.</summary>
    /// <returns>False when anything differs.</returns>
    public bool VerifyLocally()
    {
        var report = Report.Data.Report;
        var leaf = MerkleTree.LeafHash(report.Sequence, Index, Payload);
        return ReportHashes.OfReport(report) == Report.Data.ReportHash
            && MerkleTree.Verify(report.EventsRoot, report.Count, Index, leaf, Siblings);
    }
}
