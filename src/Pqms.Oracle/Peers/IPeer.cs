using Pqms.Ethereum;
using Pqms.Mesh;

namespace Pqms.Oracle.Peers;

/// <summary>Another oracle of the same hub, as this one asks it.</summary>
/// <exception cref="PeerUnreachableException">Any question: no answer in time, or none with sense.</exception>
public interface IPeer
{
    /// <summary>Who it is, for people: an address without secrets.</summary>
    string Name { get; }

    /// <summary>Asks for its signatures under a report.</summary>
    /// <param name="question">The report, with a signature of the one who asks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<PeerAnswer> AskAsync(SignatureQuestion question, CancellationToken cancellation);

    /// <summary>Its mesh after a block; null if it does not remember that block.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<BlockTrace?> TraceAsync(ulong block, CancellationToken cancellation);

    /// <summary>The mesh events of a block, in log order; null if it does not remember them.</summary>
    /// <param name="block">The block's number.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task<IReadOnlyList<MeshEvent>?> EventsAsync(ulong block, CancellationToken cancellation);
}

/// <summary>A request to sign a report.</summary>
/// <remarks>The signature says who asks: it is the asker's own attestation of the very same report, so a question
/// cannot be asked without standing behind it, and repeating one that was overheard brings nothing new.</remarks>
/// <param name="Era">The report's era.</param>
/// <param name="Sequence">The report's sequence.</param>
/// <param name="ReportHash">keccak256 of its ABI encoding.</param>
/// <param name="AnchorBlock">Anchor block, or 0.</param>
/// <param name="AnchorHash">Its hash, or zero.</param>
/// <param name="Signature">The asker's attestation, 65 bytes.</param>
public sealed record SignatureQuestion(
    ulong Era, ulong Sequence, Bytes32 ReportHash, ulong AnchorBlock, Bytes32 AnchorHash, byte[] Signature);

/// <summary>How a peer answers.</summary>
public enum PeerOutcome
{
    /// <summary>It computed the same report; its signatures are there.</summary>
    Signed,

    /// <summary>It has not computed that report yet, or has no anchor block yet: ask again.</summary>
    NotYet,

    /// <summary>It computed another report for that sequence and signs nothing.</summary>
    Differs,

    /// <summary>It answers nobody but signers of its hub's present configuration.</summary>
    Stranger,
}

/// <summary>A peer's answer.</summary>
/// <param name="Outcome">How it answers.</param>
/// <param name="Signatures">Its attestations, 65 bytes each; empty unless signed.</param>
/// <param name="OwnHash">The report that it computed; zero unless it differs.</param>
public sealed record PeerAnswer(PeerOutcome Outcome, IReadOnlyList<byte[]> Signatures, Bytes32 OwnHash)
{
    /// <summary>An answer without signatures.</summary>
    /// <param name="outcome">How it answers.</param>
    public static PeerAnswer Without(PeerOutcome outcome) => new(outcome, [], Bytes32.Zero);
}

/// <summary>An oracle's mesh after one block.</summary>
/// <param name="Block">The block's number.</param>
/// <param name="Hash">The block's hash.</param>
/// <param name="StateHash">Digest over all mesh events so far.</param>
/// <param name="Events">Mesh events of this block.</param>
public sealed record BlockTrace(ulong Block, Bytes32 Hash, Bytes32 StateHash, int Events);

/// <summary>A peer gave no answer in time, or none with sense.</summary>
/// <param name="message">Which peer, and why.</param>
/// <param name="innerException">The cause, if another exception says it.</param>
public sealed class PeerUnreachableException(string message, Exception? innerException = null)
    : Exception(message, innerException);
