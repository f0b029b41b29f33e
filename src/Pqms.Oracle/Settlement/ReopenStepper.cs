using Pqms.Oracle.Loop;

namespace Pqms.Oracle.Settlement;

/// <summary>Takes back what void reports granted, from the last one back, one at a time.</summary>
/// <remarks>
/// Open to anyone, so a second oracle or an operator may be faster: which report is next stands on chain, each can be
/// reopened once, and it leaves the book when the hub's log says so. The decisions come from the transaction that
/// handed the report in, because a false report's are not what this oracle computed.
/// </remarks>
internal sealed class ReopenStepper
{
    private readonly ReportBook _book;
    private readonly ILedgerWriter _writer;
    private readonly IOracleObserver _observer;
    private (ulong Sequence, ulong SentAt, Task<WriteReceipt> Confirmation)? _inFlight;
    private ulong _refused;

    /// <summary>A stepper with nothing in flight.</summary>
    public ReopenStepper(ReportBook book, ILedgerWriter writer, IOracleObserver observer)
    {
        _book = book;
        _writer = writer;
        _observer = observer;
    }

    /// <summary>Sends the next reopening, if one is owed and none in flight.</summary>
    /// <param name="tip">The chain's newest block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task StepAsync(ChainTip tip, CancellationToken cancellation)
    {
        ulong next = _book.VoidThrough;
        await ReviewAsync(next, tip);
        if (next == 0 || _inFlight is not null)
        {
            return;
        }

        WriteAttempt attempt = await _writer.ReopenAsync(next, cancellation);
        if (attempt.Confirmation is not null)
        {
            _inFlight = (next, tip.Number, attempt.Confirmation);
            _observer.Note($"Report {next} is void: what it granted is taken back.");
        }
        else if (attempt.Refusal == WriteRefusal.Refused && _refused != next)
        {
            // It is tried again with every block, and told once.
            _refused = next;
            _observer.Note($"Report {next} is void and cannot be reopened: {attempt.Text}");
        }
    }

    private async Task ReviewAsync(ulong next, ChainTip tip)
    {
        if (_inFlight is not { } flight)
        {
            return;
        }

        bool reverted = flight.Confirmation.IsCompleted
            && (await flight.Confirmation).Refusal != WriteRefusal.None;
        if (reverted || flight.Sequence != next
            || tip.Number >= flight.SentAt + SettlementStepper.RetryAfterBlocks)
        {
            _inFlight = null;
        }
    }
}
