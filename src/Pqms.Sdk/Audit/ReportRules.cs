using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>What a report binds and when it may: its decisions and lines hash to what it says, enough signed, and the
/// challenge window was kept.</summary>
internal sealed class ReportRules(ReportChain chain, Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly List<LedgerEvent> _transaction = [];
    private readonly Dictionary<ulong, UInt128[]> _decided = [];
    private ConfigSet? _config;

    /// <summary>The decisions that came with each report, applied or skipped, in order of the logs.</summary>
    public IReadOnlyDictionary<ulong, UInt128[]> Decided => _decided;

    /// <summary>Closes the transaction before, when this log belongs to another.</summary>
    public void Close(LedgerEvent next)
    {
        if (_transaction.Count > 0 && _transaction[^1].Place.TransactionHash != next.Place.TransactionHash)
        {
            Finish();
        }
    }

    /// <summary>Takes a log before the chain of reports does.</summary>
    public void Add(LedgerEvent e, ulong time)
    {
        _transaction.Add(e);
        switch (e)
        {
            case ConfigSet config: _config = config; break;
            case ReportAccepted accepted: CheckSigners(accepted); break;
            case ReportSettled settled when Until(settled.Data.Sequence) is { } until && time < until:
                fault(AuditRule.Reports, e, null,
                    $"lines of report {settled.Data.Sequence} ran at {time}, it could be disabled until {until}");
                break;
            case ReportsDisabled disabled when Until(disabled.Data.From) is { } until && time >= until:
                fault(AuditRule.Reports, e, null,
                    $"report {disabled.Data.From} was disabled at {time}, possible before {until}");
                break;
            default: break;
        }
    }

    /// <summary>Closes the transaction: what happened must be what the report bound.</summary>
    public void Finish()
    {
        foreach (var e in _transaction)
        {
            switch (e)
            {
                case ReportAccepted accepted: CheckDecisions(accepted); break;
                case ReportSettled settled when Find(settled.Data.Sequence) is { } report:
                    CheckLines(settled, report);
                    break;
                default: break;
            }
        }

        CheckReopened();
        _transaction.Clear();
    }

    private ReportAccepted? Find(ulong sequence) =>
        sequence is > 0 && sequence <= (ulong)chain.Reports.Count ? chain.Reports[(int)sequence - 1] : null;

    private ulong? Until(ulong sequence) =>
        _config is { Data.ChallengeSeconds: var seconds } && Find(sequence) is { } report
            ? report.Data.AcceptedAt + seconds : null;

    private void CheckSigners(ReportAccepted e)
    {
        if (_config is not { Data: var config })
        {
            return;
        }

        var (mask, count) = ((BigInteger)e.Data.SignersMask, 0);
        for (var i = 0; i < config.Signers.Length; i++)
        {
            count += (mask >> i).IsEven ? 0 : 1;
        }

        if (count < config.Threshold || !(mask >> config.Signers.Length).IsZero)
        {
            fault(AuditRule.Reports, e, null,
                $"report {e.Data.Sequence} has {count} signatures of {config.Signers.Length} signers, "
                + $"needs {config.Threshold}");
        }
    }

    // A decision that was skipped is told by its id alone, so that the others cannot be hashed without it.
    private void CheckDecisions(ReportAccepted e)
    {
        var decided = _transaction.FindAll(static one => one is ReservationDecided or DecisionSkipped);
        _decided[e.Data.Sequence] = [.. decided.Select(static one => ((ReservationEvent)one).Id)];
        if (decided.Exists(static one => one is DecisionSkipped))
        {
            return;
        }

        var hash = ReportHashes.OfDecisions(
            [.. decided.OfType<ReservationDecided>().Select(static one => one.Data.Decision)]);
        Expect(e, "decisions", e.Data.Sequence, hash, e.Data.Report.DecisionsHash);
    }

    private void CheckLines(ReportSettled e, ReportAccepted report)
    {
        if (!_transaction.Exists(static one => one is LineSkipped))
        {
            var lines = _transaction.OfType<ReservationSettled>()
                .Select(static one => new Line(one.Id, one.Data.Delivered));
            Expect(e, "lines", e.Data.Sequence, ReportHashes.OfLines([.. lines]), report.Data.Report.LinesHash);
        }
    }

    private void Expect(LedgerEvent e, string what, ulong sequence, Bytes32 found, Bytes32 bound)
    {
        if (found != bound)
        {
            fault(AuditRule.Reports, e, null, $"{what} of report {sequence} hash to {found}, it binds {bound}");
        }
    }

    // Every decision of a void report is taken back or, when it applies no more, skipped.
    private void CheckReopened()
    {
        var reopened = _transaction.OfType<ReportReopened>().ToArray();
        var back = _transaction.FindAll(e => e is ReservationReopened || (e is DecisionSkipped && reopened.Length > 0))
            .Cast<ReservationEvent>().ToArray();
        if (reopened.Length == 0)
        {
            foreach (var e in back)
            {
                fault(AuditRule.Reports, e, e.Id, "is taken back without a void report");
            }

            return;
        }

        var sequence = reopened[0].Data.Sequence;
        var decided = _decided.GetValueOrDefault(sequence) ?? [];
        foreach (var e in back.Where(e => !decided.Contains(e.Id)))
        {
            fault(AuditRule.Reports, e, e.Id, $"is taken back with report {sequence}, which did not decide it");
        }

        foreach (var id in decided.Where(id => back.All(e => e.Id != id)))
        {
            fault(AuditRule.Reports, reopened[0], id, $"report {sequence} decided it, its reopening does not name it");
        }

        if (reopened[0].Data.Decisions != (ulong)back.Length)
        {
            fault(AuditRule.Reports, reopened[0], null,
                $"{back.Length} decisions of report {sequence} are taken back, the hub tells of "
                + $"{reopened[0].Data.Decisions}");
        }
    }
}
