using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>Follows eras and reports: each names the head before, in sequence, and hashes to what its log
/// says.</summary>
internal sealed class ReportChain(Action<AuditRule, LedgerEvent, UInt128?, string> fault)
{
    private readonly List<ReportAccepted> _reports = [];
    private readonly List<EraStarted> _eras = [];
    private Bytes32 _head;
    private ulong _lastBlock;

    public IReadOnlyList<ReportAccepted> Reports => _reports;

    public IReadOnlyList<EraStarted> Eras => _eras;

    public void Add(LedgerEvent e)
    {
        switch (e)
        {
            case EraStarted era:
                var data = era.Data;
                var head = ReportHashes.OfEra(
                    _head, data.Era, data.MeshVersion, data.ScenarioHash, data.Seed, data.SnapshotHash);
                Expect(e, "head of the era", data.Head, head);
                Expect(e, "era", data.Era, (ulong)_eras.Count + 1);
                _head = data.Head;
                _lastBlock = e.Place.BlockNumber;
                _eras.Add(era);
                break;
            case ReportAccepted accepted:
                Accept(accepted);
                break;
            default:
                break;
        }
    }

    private void Accept(ReportAccepted e)
    {
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
