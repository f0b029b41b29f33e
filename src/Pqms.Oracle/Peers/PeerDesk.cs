using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Intake;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;

namespace Pqms.Oracle.Peers;

/// <summary>Answers other oracles that ask for this one's signatures.</summary>
/// <remarks>Signs what it has computed itself and nothing else; answers signers of the hub's present configuration
/// only. Safe for any thread: one question at a time, because the journal is asked before a signature leaves.</remarks>
internal sealed class PeerDesk(
    ReportBook book,
    ReportSigner signer,
    AttestationDigest digest,
    HubTerms hub,
    Func<ulong, CancellationToken, Task<Bytes32?>> canonicalHash,
    PeerAlarms alarms) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Answers one question.</summary>
    public async Task<PeerAnswer> AnswerAsync(SignatureQuestion question, CancellationToken cancellation)
    {
        if (Asker(question) is not { } asker || !hub.Signers.Contains(asker))
        {
            return PeerAnswer.Without(PeerOutcome.Stranger);
        }

        if (book.Find(question.Sequence) is not { } own || own.Report.Era < question.Era)
        {
            return PeerAnswer.Without(PeerOutcome.NotYet);
        }

        if (own.Hash != question.ReportHash)
        {
            alarms.Raise(question.Sequence, $"Oracle {asker} asks to sign report {question.Sequence} as "
                + $"{question.ReportHash}; computed here is {own.Hash}. It is not signed.");
            return new PeerAnswer(PeerOutcome.Differs, [], own.Hash);
        }

        return signer.IsFree(own.Report)
            ? await SignAsync(own, question, cancellation)
            : PeerAnswer.Without(PeerOutcome.NotYet);
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<PeerAnswer> SignAsync(
        SealedReport own, SignatureQuestion question, CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            if (question.AnchorBlock != 0
                && (question.AnchorBlock <= own.Report.ToBlock
                    || await canonicalHash(question.AnchorBlock, cancellation) != question.AnchorHash))
            {
                return PeerAnswer.Without(PeerOutcome.NotYet);
            }

            byte[][] signatures = await signer.SignAsync(
                own, question.AnchorBlock, question.AnchorHash, cancellation);
            return new PeerAnswer(PeerOutcome.Signed, signatures, Bytes32.Zero);
        }
        catch (OracleException refusal)
        {
            alarms.Raise(question.Sequence, refusal.Message);
            return new PeerAnswer(PeerOutcome.Differs, [], own.Hash);
        }
        finally
        {
            _one.Release();
        }
    }

    private Address? Asker(SignatureQuestion question)
    {
        if (question.Signature.Length != Signature.Size)
        {
            return null;
        }

        Bytes32 signed = digest.Of(question.ReportHash, question.AnchorBlock, question.AnchorHash);
        return Attestation.SignerOf(signed, question.Signature);
    }
}
