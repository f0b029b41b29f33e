using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Settlement;

/// <summary>Proves deliveries and stocks to the inventory once their reports are final.</summary>
/// <remarks>
/// Open to anyone, so a second oracle may be faster: the status on chain decides, and a proof leaves the book when the
/// inventory's log says so. One that the inventory will never take (too few, not good enough, too late) is dropped with
/// a note: the order then fails in time and its buyer gets everything back.
/// </remarks>
internal sealed class ProofStepper
{
    private readonly ReportBook _book;
    private readonly ILedgerWriter _writer;
    private readonly uint _challengeSeconds;
    private readonly IOracleObserver _observer;
    private readonly Dictionary<string, (ulong SentAt, Task<WriteReceipt> Confirmation)> _inFlight =
        new(StringComparer.Ordinal);

    /// <summary>A stepper with nothing in flight.</summary>
    public ProofStepper(ReportBook book, ILedgerWriter writer, uint challengeSeconds, IOracleObserver observer)
    {
        _book = book;
        _writer = writer;
        _challengeSeconds = challengeSeconds;
        _observer = observer;
    }

    /// <summary>Sends what is owed, final and not in flight.</summary>
    /// <param name="tip">The chain's newest block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task StepAsync(ChainTip tip, CancellationToken cancellation)
    {
        IReadOnlyList<OwedProof> owed = _book.OwedProofs(SettlementStepper.MaxInFlight);
        await ReviewAsync(owed, tip);
        foreach (OwedProof proof in owed)
        {
            // The transaction lands in a later block, hence at a later second than the tip's.
            if (_inFlight.ContainsKey(proof.Name) || proof.AcceptedAt + _challengeSeconds > tip.Timestamp + 1)
            {
                continue;
            }

            WriteAttempt attempt = await _writer.ProveAsync(proof, cancellation);
            if (attempt.Confirmation is not null)
            {
                _inFlight[proof.Name] = (tip.Number, attempt.Confirmation);
            }
            else if (attempt.Refusal == WriteRefusal.Refused)
            {
                _book.Drop(proof);
                _observer.Note($"The inventory refuses the {proof.Name}: {attempt.Text}");
            }
        }
    }

    private async Task ReviewAsync(IReadOnlyList<OwedProof> owed, ChainTip tip)
    {
        foreach ((string name, (ulong sentAt, Task<WriteReceipt> confirmation)) in _inFlight.ToArray())
        {
            bool reverted = confirmation.IsCompleted && (await confirmation).Refusal != WriteRefusal.None;
            if (reverted || tip.Number >= sentAt + SettlementStepper.RetryAfterBlocks
                || owed.All(proof => proof.Name != name))
            {
                _inFlight.Remove(name);
            }
        }
    }
}
