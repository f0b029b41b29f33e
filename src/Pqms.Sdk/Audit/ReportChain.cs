using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows eras and reports: each names the head before, in sequence, and hashes to what its log
/// says.</summary>
internal sealed class ReportChain(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly List<ReportAccepted> _reports = [];
    private readonly List<EraStarted> _eras = [];
    private readonly HashSet<ulong> _settled = [];
    private readonly List<LedgerEvent> _transaction = [];
    private Bytes32 _head;
    private ulong _lastBlock;
    private bool _closed;
    private ulong _voidThrough;

    public IReadOnlyList<ReportAccepted> Reports => _reports;

    public IReadOnlyList<EraStarted> Eras => _eras;

    public Bytes32 Head => _head;

    public bool EraClosed => _closed;

    public ulong VoidThrough => _voidThrough;

    public IReadOnlySet<ulong> Settled => _settled;

    public void Add(LedgerEvent e)
    {
        if (_transaction.Count > 0 && _transaction[^1].Place.TransactionHash != e.Place.TransactionHash)
        {
            Finish();
        }

        _transaction.Add(e);
        switch (e)
        {
            case EraStarted era:
                var data = era.Data;
                var head = ReportHashes.OfEra(
                    _head, data.Era, data.MeshVersion, data.ScenarioHash, data.Seed, data.SnapshotHash);
                Expect(e, "head of the era", data.Head, head);
                Expect(e, "era", data.Era, (ulong)_eras.Count + 1);
                if (_voidThrough > 0)
                {
                    fault(AuditRule.Reports, e, null, $"era {data.Era} begins, report {_voidThrough} is not reopened");
                }

                _head = data.Head;
                _lastBlock = e.Place.BlockNumber;
                _eras.Add(era);
                _closed = false;
                break;
            case ReportsDisabled disabled:
                Disable(disabled);
                break;
            case ReportReopened reopened:
                Expect(e, "reopened report", reopened.Data.Sequence, _voidThrough);
                _voidThrough = _voidThrough > (ulong)_reports.Count + 1 ? _voidThrough - 1 : 0;
                break;
            case ReportAccepted accepted:
                Accept(accepted);
                break;
            case ReportSettled settled when settled.Data.Sequence == 0
                || settled.Data.Sequence > (ulong)_reports.Count
                || !_settled.Add(settled.Data.Sequence):
                fault(
                    AuditRule.Reports, e, null, $"lines of report {settled.Data.Sequence} ran before it, or twice");
                break;
            default:
                break;
        }
    }

    /// <summary>Closes the transaction: decisions come with a report, or are skipped when it is reopened; settlements
    /// come with the report that binds them.</summary>
    public void Finish()
    {
        var decided = _transaction.FirstOrDefault(static e => e is ReservationDecided or DecisionSkipped);
        var isOfReport = _transaction.Exists(e =>
            e is ReportAccepted || (e is ReportReopened && decided is DecisionSkipped));
        if (decided is not null && !isOfReport)
        {
            fault(AuditRule.Reports, decided, (decided as ReservationEvent)?.Id, "a decision without a report");
        }

        var lines = _transaction.FindAll(static e => e is ReservationSettled or LineSkipped);
        var told = _transaction.OfType<ReportSettled>().Aggregate(UInt256.Zero, static (sum, e) => sum + e.Data.Lines);
        if (told != (ulong)lines.Count)
        {
            fault(AuditRule.Reports, _transaction[^1], null, $"{lines.Count} lines ran, the hub tells of {told}");
        }

        _transaction.Clear();
    }

    // The head becomes what it was; the reports' sequences are used anew.
    private void Disable(ReportsDisabled e)
    {
        var data = e.Data;
        if (data.From == 0 || data.From > (ulong)_reports.Count || data.Through != (ulong)_reports.Count)
        {
            fault(AuditRule.Reports, e, null, $"reports {data.From}..{data.Through} void, there are {_reports.Count}");
            return;
        }

        Expect(e, "head", data.Head, _reports[(int)data.From - 1].Data.Report.PreviousHead);
        _reports.RemoveRange((int)data.From - 1, _reports.Count - (int)data.From + 1);
        _head = data.Head;
        _closed = true;
        _voidThrough = _voidThrough == 0 ? data.Through : _voidThrough;
    }

    private void Accept(ReportAccepted e)
    {
        if (_closed)
        {
            fault(AuditRule.Reports, e, null, "a report in an era that is closed");
        }

        var report = e.Data.Report;
        Expect(e, "report hash", e.Data.ReportHash, ReportHashes.OfReport(report));
        Expect(e, "previous head", report.PreviousHead, _head);
        Expect(e, "sequence", report.Sequence, (ulong)_reports.Count + 1);
        Expect(e, "indexed sequence", e.Data.Sequence, report.Sequence);
        Expect(e, "era", report.Era, (ulong)_eras.Count);
        if (report.ToBlock >= e.Place.BlockNumber || report.ToBlock < _lastBlock)
        {
            fault(
                AuditRule.Reports,
                e,
                null,
                $"report {report.Sequence} ends at block {report.ToBlock}: {_lastBlock}..{e.Place.BlockNumber - 1}");
        }

        _head = e.Data.ReportHash;
        _lastBlock = report.ToBlock;
        _reports.Add(e);
    }

    private void Expect<T>(LedgerEvent e, string what, T found, T expected)
        where T : IEquatable<T>
    {
        if (!found.Equals(expected))
        {
            fault(AuditRule.Reports, e, null, $"{what} is {found}, should be {expected}");
        }
    }
}
