using System.Diagnostics;
using Pqms.Ethereum;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Peers;
using Pqms.Sdk.Contracts;

namespace Pqms.Oracle.Settlement;

/// <summary>Brings to the chain what the book says it waits for; one step per block, nothing remembered that
/// matters.</summary>
/// <remarks>
/// What is in flight is only a hint against sending twice: losing it costs one attempt, which the hub refuses. A report
/// leaves the book when the chain's log says that it was accepted, not when a transaction was sent.
/// </remarks>
internal sealed class SettlementStepper
{
    /// <summary>Transactions sent in one step: enough to catch up at one report per block, few enough to lose
    /// none.</summary>
    internal const int MaxInFlight = 8;

    /// <summary>Blocks after which a sent report that the chain does not show is tried again.</summary>
    internal const ulong RetryAfterBlocks = 10;

    /// <summary>Refusals of the same report in a row, one per block, before the process gives up.</summary>
    internal const int MaxRefusals = 5;

    /// <summary>Age of a report's last block beyond which a recent block anchors it; the hub's limit is 250.</summary>
    internal const ulong AnchorAfterBlocks = 200;

    private readonly ReportBook _book;
    private readonly SignatureRound _round;
    private readonly ILedgerWriter _writer;
    private readonly uint _challengeSeconds;
    private readonly IOracleObserver _observer;
    private readonly Dictionary<ulong, InFlight> _reports = [];
    private readonly Dictionary<ulong, InFlight> _settlements = [];
    private readonly ProofStepper _proofs;
    private readonly ReopenStepper _reopenings;
    private (ulong Sequence, int Count, ulong Block) _refusals;
    private ulong _barNoted;

    /// <summary>A stepper with nothing in flight.</summary>
    public SettlementStepper(
        ReportBook book, SignatureRound round, ILedgerWriter writer, uint challengeSeconds, IOracleObserver observer)
    {
        _book = book;
        _round = round;
        _writer = writer;
        _challengeSeconds = challengeSeconds;
        _observer = observer;
        _proofs = new ProofStepper(book, writer, challengeSeconds, observer);
        _reopenings = new ReopenStepper(book, writer, observer);
    }

    /// <summary>Why nothing is signed although reports are owed; empty when all is well.</summary>
    public string Alarm { get; private set; } = string.Empty;

    /// <summary>Sends what is owed and not in flight.</summary>
    /// <param name="tip">The chain's newest block.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="OracleException">The hub refuses a report for a reason that waiting does not cure.</exception>
    public async Task StepAsync(ChainTip tip, CancellationToken cancellation)
    {
        await ReviewAsync(_reports, "report", tip);
        await ReviewAsync(_settlements, "settlement", tip);
        await SubmitAsync(tip, cancellation);
        await SettleAsync(tip, cancellation);
        await _proofs.StepAsync(tip, cancellation);
        await _reopenings.StepAsync(tip, cancellation);
    }

    private async Task SubmitAsync(ChainTip tip, CancellationToken cancellation)
    {
        Alarm = string.Empty;
        bool behindAnother = false;
        foreach (SealedReport report in _book.OwedReports(MaxInFlight))
        {
            ulong sequence = report.Report.Sequence;
            if (_reports.ContainsKey(sequence))
            {
                behindAnother = true;
                continue;
            }

            if (_round.BarredThrough(report.Report, Math.Max(_book.Accepted, _book.Computed)) is { } barred)
            {
                NoteBar(report.Report, barred);
                return;
            }

            using Activity? span = OracleTraces.Start(OracleTraces.Submit)?.SetTag("pqms.sequence", sequence);
            (ulong anchorBlock, Bytes32 anchorHash) = Anchor(report.Report, tip);
            byte[][]? signatures = await _round.CollectAsync(
                report, anchorBlock, anchorHash, tip.Timestamp, cancellation);
            if (signatures is null)
            {
                return;
            }

            WriteAttempt attempt = await _writer.SubmitAsync(
                report, signatures, anchorBlock, anchorHash, behindAnother, cancellation);
            if (attempt.Confirmation is null)
            {
                CountRefusal(sequence, attempt.Refusal, attempt.Text, tip);
                return;
            }

            _reports[sequence] = new InFlight(tip.Number, attempt.Confirmation);
            _observer.ReportSent(sequence, report.Report.Count);
            behindAnother = true;
        }
    }

    private void NoteBar(Report report, ulong through)
    {
        Alarm = $"Report {report.Sequence} of era {report.Era} is not signed: the list of signed reports was lost, and "
            + $"up to report {through} another one may have been signed. Signing goes on once the other oracles have "
            + "brought the chain past it, or with a new era of the admin.";
        if (_barNoted != through)
        {
            _barNoted = through;
            _observer.Note(Alarm);
        }
    }

    private async Task SettleAsync(ChainTip tip, CancellationToken cancellation)
    {
        foreach (OwedSettlement owed in _book.OwedSettlements(MaxInFlight))
        {
            ulong sequence = owed.Report.Sequence;

            // The transaction lands in a later block, hence at a later second than the tip's.
            if (_settlements.ContainsKey(sequence) || owed.AcceptedAt + _challengeSeconds > tip.Timestamp + 1)
            {
                continue;
            }

            using Activity? span = OracleTraces.Start(OracleTraces.Settle)?.SetTag("pqms.sequence", sequence);
            WriteAttempt attempt = await _writer.SettleAsync(owed, cancellation);
            if (attempt.Confirmation is not null)
            {
                _settlements[sequence] = new InFlight(tip.Number, attempt.Confirmation);
            }
            else if (attempt.Refusal == WriteRefusal.Refused)
            {
                throw new OracleException($"The hub refuses to settle report {sequence}: {attempt.Text}");
            }
        }
    }

    private static (ulong Block, Bytes32 Hash) Anchor(Report report, ChainTip tip) =>
        tip.Number > report.ToBlock && tip.Number - report.ToBlock > AnchorAfterBlocks
            ? (tip.Number, tip.Hash)
            : (0, Bytes32.Zero);

    private void CountRefusal(ulong sequence, WriteRefusal refusal, string text, ChainTip tip)
    {
        if (refusal != WriteRefusal.Refused || (_refusals.Sequence == sequence && _refusals.Block == tip.Number))
        {
            return;
        }

        _refusals = (sequence, _refusals.Sequence == sequence ? _refusals.Count + 1 : 1, tip.Number);
        _observer.Refused(sequence, text);
        if (_refusals.Count >= MaxRefusals)
        {
            throw new OracleException(
                $"The hub refused report {sequence} in {MaxRefusals} blocks: {text}");
        }
    }

    private async Task ReviewAsync(Dictionary<ulong, InFlight> flights, string kind, ChainTip tip)
    {
        foreach ((ulong sequence, InFlight flight) in flights.ToArray())
        {
            if (flight.Confirmation.IsCompleted && !flight.Seen)
            {
                // A fault of the sender surfaces here and ends the process.
                WriteReceipt receipt = await flight.Confirmation;
                bool succeeded = receipt.Refusal == WriteRefusal.None;
                _observer.Mined(kind, sequence, succeeded, receipt.GasUsed, receipt.Block, receipt.TransactionHash);
                flights[sequence] = flight with { Seen = true };
                if (!succeeded)
                {
                    flights.Remove(sequence);
                    CountRefusal(sequence, receipt.Refusal, receipt.Text, tip);
                    continue;
                }
            }

            if (tip.Number >= flight.SentAt + RetryAfterBlocks || IsDone(kind, sequence))
            {
                flights.Remove(sequence);
            }
        }
    }

    private bool IsDone(string kind, ulong sequence) =>
        string.Equals(kind, "report", StringComparison.Ordinal) && sequence <= _book.Accepted;

    private sealed record InFlight(ulong SentAt, Task<WriteReceipt> Confirmation, bool Seen = false);
}
