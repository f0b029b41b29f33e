using Pqms.Node.Audit;
using Pqms.Node.Hosting;
using Pqms.Oracle;
using Pqms.Sdk;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Leaves;

namespace Pqms.Node.Demo;

/// <summary>The audit after the first reservation: life, money, one proof checked by the contract, all roots
/// replayed.</summary>
internal static class DemoAuditor
{
    public static async Task<(DemoAudit Audit, ReservationAudit Life)> RunAsync(
        DemoPlace place, LedgerClient client, UInt128 id, Steps steps, CancellationToken cancel)
    {
        using var files = new ContentClient(place.ApiUrl);
        var auditor = new Auditor(client, files);
        var evidence = await auditor.CollectAsync(null, cancel);
        var life = ReservationAudit.Of(evidence.History, evidence.Batches, id, evidence.AsOfSeconds)
            ?? throw new InvalidOperationException("a settled reservation has no log");
        var delivered = life.Takes.Select(take => take.Answer).FirstOrDefault(
            answer => answer?.Leaf is TakeLeaf { Result: TakeResult.Delivered });
        var proven = delivered is not null && await auditor.ProveAsync(delivered, cancel);
        steps.Say(
            $"rebuilt from {evidence.File.Logs.Count} logs: reservations {evidence.History.Lives.Count}, "
            + $"faults {evidence.History.Faults.Count}; replaying {evidence.History.Reports.Count} reports");
        var replay = await auditor.ReplayAsync(
            evidence, OracleOptions.ScenariosFrom(place.Scenario.Bytes), null, cancel);

        var notes = life.Faults.Select(fault => fault.ToString()).Concat(Auditor.Notes(replay)).ToList();
        if (delivered is null)
        {
            notes.Add("no take was delivered, so there is nothing to prove");
        }

        var audit = new DemoAudit(
            Transitions: life.TransitionsKept && life.CalendarKept && life.Status == ReservationStatus.Settled,
            Money: life.MoneyKept,
            Proof: proven,
            Replay: replay.IsEqual && life.ReportsKept && replay.Reports >= (ulong)evidence.History.Reports.Count,
            ReportsReplayed: (int)replay.Reports,
            Notes: notes);
        return (audit, life);
    }
}
