using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Audit;

/// <summary>One take of a reservation, as the chain asked and the mesh answered.</summary>
/// <param name="Number">The ledger's number, from 1.</param>
/// <param name="Asked">The log that asked.</param>
/// <param name="Answer">Where the answer stands; null while no report or no batch has it.</param>
public sealed record TakeAudit(ulong Number, TakeRequested Asked, LeafPlace? Answer);

/// <summary>The audit of one reservation: what happened, and whether the ledger kept its promises.</summary>
/// <param name="Life">The life, rebuilt from logs.</param>
/// <param name="AsOfSeconds">Chain time of the audit.</param>
/// <param name="Status">The status at that time.</param>
/// <param name="TransitionsKept">Every change of status is in the table, every take was allowed.</param>
/// <param name="MoneyKept">Escrow in = paid + refund, and each amount follows from the terms.</param>
/// <param name="CalendarKept">The ledger's calendar has no fault anywhere.</param>
/// <param name="ReportsKept">The chain of reports and the batches given have no fault.</param>
/// <param name="Takes">Every take with its answer.</param>
/// <param name="Decision">Where the mesh's decision stands; null when no batch given has it.</param>
/// <param name="Settlement">Where its score stands; null when no batch given has it.</param>
/// <param name="Faults">Faults that concern this reservation or the evidence as a whole.</param>
public sealed record ReservationAudit(
    ReservationLife Life,
    ulong AsOfSeconds,
    ReservationStatus Status,
    bool TransitionsKept,
    bool MoneyKept,
    bool CalendarKept,
    bool ReportsKept,
    IReadOnlyList<TakeAudit> Takes,
    LeafPlace? Decision,
    LeafPlace? Settlement,
    IReadOnlyList<AuditFault> Faults)
{
    /// <summary>Whether every promise was kept.</summary>
    public bool Kept => TransitionsKept && MoneyKept && CalendarKept && ReportsKept;

    /// <summary>Audits one reservation.</summary>
    /// <param name="history">The ledger, rebuilt.</param>
    /// <param name="evidence">The batches known; leaves of others are left out.</param>
    /// <param name="id">The reservation.</param>
    /// <param name="asOfSeconds">Chain time.</param>
    /// <returns>The audit, or null when no log names the id.</returns>
    public static ReservationAudit? Of(LedgerHistory history, BatchEvidence evidence, UInt128 id, ulong asOfSeconds)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(evidence);
        if (!history.Lives.TryGetValue(id, out var life) || life.Status == ReservationStatus.None)
        {
            return null;
        }

        var faults = history.Faults.Concat(evidence.Faults)
            .Where(fault => fault.Reservation is null || fault.Reservation == id)
            .ToArray();
        bool Kept(AuditRule rule) => !faults.Any(fault => fault.Rule == rule);
        var evidenceKept = Kept(AuditRule.Evidence) && Kept(AuditRule.Offices);
        return new ReservationAudit(
            life,
            asOfSeconds,
            life.StatusAt(asOfSeconds),
            evidenceKept && Kept(AuditRule.Transition),
            evidenceKept && Kept(AuditRule.Money) && history.Money.Balanced,
            evidenceKept && Kept(AuditRule.Calendar),
            evidenceKept && Kept(AuditRule.Reports),
            TakesOf(life, evidence),
            evidence.Decision(id),
            evidence.Settlement(id),
            faults);
    }

    private static TakeAudit[] TakesOf(ReservationLife life, BatchEvidence evidence)
    {
        var takes = new List<TakeAudit>();
        foreach (var asked in life.Steps.Select(step => step.Event).OfType<TakeRequested>())
        {
            for (uint i = 0; i < asked.Data.Count; i++)
            {
                var number = asked.Data.FirstTake + i;
                takes.Add(new TakeAudit(number, asked, evidence.Take(life.Id, number)));
            }
        }

        return [.. takes];
    }
}
