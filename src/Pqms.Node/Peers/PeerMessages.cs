using Pqms.Ethereum;
using Pqms.Oracle.Peers;

namespace Pqms.Node.Peers;

/// <summary>A request to sign, as it travels: hashes and signature as 0x text.</summary>
/// <param name="Era">The report's era.</param>
/// <param name="Sequence">The report's sequence.</param>
/// <param name="ReportHash">The report.</param>
/// <param name="AnchorBlock">Anchor block, or 0.</param>
/// <param name="AnchorHash">Its hash, or zero.</param>
/// <param name="Signature">The asker's own attestation, 65 bytes.</param>
internal sealed record QuestionMessage(
    ulong Era, ulong Sequence, string ReportHash, ulong AnchorBlock, string AnchorHash, string Signature)
{
    public static QuestionMessage Of(SignatureQuestion question) => new(
        question.Era, question.Sequence, question.ReportHash.ToString(), question.AnchorBlock,
        question.AnchorHash.ToString(), Hex.Encode(question.Signature));

    /// <exception cref="FormatException">A hash or the signature is none.</exception>
    public SignatureQuestion Read() => new(
        Era, Sequence, Bytes32.Parse(ReportHash), AnchorBlock, Bytes32.Parse(AnchorHash), Hex.Decode(Signature));
}

/// <summary>An answer, as it travels.</summary>
/// <param name="Outcome">Signed, NotYet, Differs or Stranger.</param>
/// <param name="Signatures">Attestations of the one who answers.</param>
/// <param name="OwnHash">The report that it computed, where it differs.</param>
internal sealed record AnswerMessage(PeerOutcome Outcome, IReadOnlyList<string> Signatures, string OwnHash)
{
    public static AnswerMessage Of(PeerAnswer answer) => new(
        answer.Outcome, [.. answer.Signatures.Select(signature => Hex.Encode(signature))], answer.OwnHash.ToString());

    /// <exception cref="FormatException">A hash or a signature is none.</exception>
    public PeerAnswer Read() => new(
        Outcome, [.. Signatures.Select(signature => Hex.Decode(signature))], Bytes32.Parse(OwnHash));
}

/// <summary>The mesh after a block, as it travels.</summary>
/// <param name="Block">The block's number.</param>
/// <param name="Hash">The block's hash.</param>
/// <param name="StateHash">Digest over all mesh events so far.</param>
/// <param name="Events">Mesh events of the block.</param>
internal sealed record TraceMessage(ulong Block, string Hash, string StateHash, int Events)
{
    public static TraceMessage Of(BlockTrace trace) =>
        new(trace.Block, trace.Hash.ToString(), trace.StateHash.ToString(), trace.Events);

    /// <exception cref="FormatException">A hash is none.</exception>
    public BlockTrace Read() => new(Block, Bytes32.Parse(Hash), Bytes32.Parse(StateHash), Events);
}
