using Pqms.Ethereum;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Live;

/// <summary>An accepted report in a list.</summary>
/// <param name="Sequence">Its number, from 1.</param>
/// <param name="Era">Its era.</param>
/// <param name="Leaves">How many events it proves.</param>
/// <param name="Root">Root of their tree.</param>
/// <param name="Head">The report's hash: the head of the chain of reports after it.</param>
/// <param name="PreviousHead">The head before.</param>
/// <param name="StateHash">Running digest of the mesh.</param>
/// <param name="DataHash">Names the batch file: <c>/batches/{hash}</c>.</param>
/// <param name="ToBlock">Last block that it covers.</param>
/// <param name="LagSeconds">Chain seconds from that block to its acceptance.</param>
/// <param name="AcceptedAtSeconds">Chain time of its acceptance.</param>
/// <param name="Transaction">Hash of the transaction that handed it in.</param>
/// <param name="GasUsed">Gas of that transaction; null when the node does not know it any more.</param>
/// <param name="Submitter">Who sent it.</param>
/// <param name="Signers">Whose signatures it carried; null when that is not known any more.</param>
public sealed record ReportAnswer(
    ulong Sequence, ulong Era, ulong Leaves, string Root, string Head, string PreviousHead, string StateHash,
    string DataHash, ulong ToBlock, ulong LagSeconds, ulong AcceptedAtSeconds, string Transaction, ulong? GasUsed,
    string? Submitter, IReadOnlyList<string>? Signers)
{
    internal static ReportAnswer Of(ReportAccepted accepted, ReportSubmission? submission)
    {
        var (report, data) = (accepted.Data.Report, accepted.Data);
        return new ReportAnswer(
            report.Sequence, report.Era, report.Count, report.EventsRoot.ToString(), data.ReportHash.ToString(),
            report.PreviousHead.ToString(), report.StateHash.ToString(), report.DataHash.ToString(), report.ToBlock,
            data.AcceptedAt - Math.Min(data.AcceptedAt, report.ToTime), data.AcceptedAt,
            accepted.Place.TransactionHash.ToString(), submission?.GasUsed,
            submission?.Submitter.ToString(), submission?.Signers.Select(static one => one.ToString()).ToArray());
    }
}

/// <summary>A leaf in a list.</summary>
/// <param name="Index">0-based position.</param>
/// <param name="Kind">Decision, Take, Settlement, PoolCounters and the like.</param>
/// <param name="Text">Its fields.</param>
public sealed record LeafAnswer(int Index, string Kind, string Text)
{
    internal static LeafAnswer Of(Batch batch, int index) => new(
        index, batch.Leaves[index].Kind.ToString(), batch.Leaves[index].ToString());
}

/// <summary>All that a stranger needs to check one leaf against the chain, without trusting this node.</summary>
/// <param name="Leaf">The leaf.</param>
/// <param name="Payload">Its bytes.</param>
/// <param name="Siblings">The path, from the leaf upward.</param>
/// <param name="Report">The report's fields in the order of its ABI encoding, 32 bytes each.</param>
/// <param name="AcceptedAtSeconds">Chain time of its acceptance.</param>
/// <param name="Hub">The contract to ask.</param>
/// <param name="Call">Call data of <c>digestOf(sequence)</c>, which answers
/// keccak(abi.encode(keccak(report), acceptedAt)).</param>
public sealed record ProofAnswer(
    LeafAnswer Leaf, string Payload, IReadOnlyList<string> Siblings, IReadOnlyList<string> Report,
    ulong AcceptedAtSeconds, string Hub, string Call)
{
    internal static ProofAnswer Of(LeafPlace place, Address hub)
    {
        var proof = InclusionProof.Of(place);
        var data = place.Report.Data;
        return new ProofAnswer(
            LeafAnswer.Of(place.Batch, place.Index), Hex.Encode(proof.Payload),
            [.. proof.Siblings.Select(static one => one.ToString())],
            [.. ReportHashes.Encode(data.Report).Chunk(Bytes32.Size).Select(static word => Hex.Encode(word))],
            data.AcceptedAt, hub.ToString(),
            Hex.Encode(new ReportHubContract(hub).DigestOf(data.Report.Sequence).Data));
    }
}
