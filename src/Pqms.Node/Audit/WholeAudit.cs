using Pqms.Oracle.Replay;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Leaves;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Audit;

/// <summary>The audit of a whole ledger.</summary>
/// <param name="Evidence">What was collected and rebuilt.</param>
/// <param name="State">Getters of the contracts that say something else than the logs; empty when all agree.</param>
/// <param name="Proven">Leaves that the hub was asked for and confirmed.</param>
/// <param name="Refuted">Leaves that the hub refuted.</param>
/// <param name="Missing">Reports whose batch was asked for and nobody has; empty when nobody could be asked.</param>
/// <param name="Replay">Every report computed again.</param>
public sealed record WholeAudit(
    LedgerEvidence Evidence, IReadOnlyList<AuditFault> State, int Proven, IReadOnlyList<LeafPlace> Refuted,
    IReadOnlyList<ReportAccepted> Missing, ReplayResult Replay)
{
    /// <summary>What broke, in words, each with its place; empty when nothing did.</summary>
    public IReadOnlyList<string> Faults =>
    [
        .. Evidence.History.Faults.Concat(Evidence.Batches.Faults).Concat(State).Select(static one => one.ToString()),
        .. Evidence.History.Money.Balanced ? (IEnumerable<string>)[] : [$"Money: {Evidence.History.Money}"],
        .. Refuted.Select(static leaf =>
            $"Reports: leaf {leaf.Index} of report {leaf.Report.Data.Sequence} is not proven by its root"),
        .. Missing.Select(static report =>
            $"Reports: nobody has batch {report.Data.Report.DataHash} of report {report.Data.Sequence}"),
        .. Auditor.Notes(Replay),
    ];

    /// <summary>Whether every check that could be made found nothing.</summary>
    public bool Passed => Faults.Count == 0;

    /// <summary>How many reservations stand where, at the time of the audit.</summary>
    public IReadOnlyDictionary<string, int> Reservations => Evidence.History.Lives.Values
        .GroupBy(life => life.StatusAt(Evidence.AsOfSeconds).ToString())
        .OrderBy(static group => group.Key, StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.Count());

    /// <summary>Leaves of the batches at hand, by kind.</summary>
    public IReadOnlyDictionary<string, int> Leaves => Batches(Evidence)
        .SelectMany(static batch => batch.Leaves)
        .GroupBy(static leaf => leaf.GetType().Name.Replace("Leaf", "", StringComparison.Ordinal))
        .OrderBy(static group => group.Key, StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.Count());

    /// <summary>One leaf of each of the newest reports that have one, for the hub to confirm.</summary>
    /// <param name="evidence">The ledger.</param>
    /// <param name="most">Most reports.</param>
    internal static IEnumerable<LeafPlace> Samples(LedgerEvidence evidence, int most)
    {
        var find = evidence.File.BatchFinder();
        return evidence.History.Reports.Reverse()
            .Select(report => (Report: report, Batch: Find(find, report)))
            .Where(static pair => pair.Batch is { Leaves.Count: > 0 })
            .Take(most)
            .Select(static pair => new LeafPlace(
                pair.Report, pair.Batch!, (int)(pair.Report.Data.Sequence % (ulong)pair.Batch!.Leaves.Count)));
    }

    /// <summary>Reports without a batch.</summary>
    /// <param name="evidence">The ledger.</param>
    internal static IReadOnlyList<ReportAccepted> WithoutBatch(LedgerEvidence evidence)
    {
        var find = evidence.File.BatchFinder();
        return [.. evidence.History.Reports.Where(report => find(report.Data.Report.DataHash) is null)];
    }

    private static IEnumerable<Batch> Batches(LedgerEvidence evidence)
    {
        var find = evidence.File.BatchFinder();
        return evidence.History.Reports.Select(report => Find(find, report)).OfType<Batch>();
    }

    // What cannot be read was told as a fault when the batches were checked.
    private static Batch? Find(Func<Ethereum.Bytes32, ReadOnlyMemory<byte>?> find, ReportAccepted report)
    {
        try
        {
            return find(report.Data.Report.DataHash) is { } file ? Batch.Parse(file.Span) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
