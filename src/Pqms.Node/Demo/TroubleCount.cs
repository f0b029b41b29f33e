using System.Globalization;
using Pqms.Node.Audit;
using Pqms.Oracle;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.Node.Demo;

/// <summary>Counts, from the chain and the batch files alone, what trouble has lost or doubled.</summary>
internal static class TroubleCount
{
    public static async Task<IReadOnlyList<TroubleFact>> RunAsync(
        DemoPlace place, LedgerClient client, UInt128 id, CancellationToken cancel)
    {
        using var files = new ContentClient(place.ApiUrl);
        var auditor = new Auditor(client, files);
        var evidence = await auditor.CollectAsync(null, cancel);
        var replay = await auditor.ReplayAsync(
            evidence, OracleOptions.ScenariosFrom(place.Scenario.Bytes), null, cancel);
        var life = ReservationAudit.Of(evidence.History, evidence.Batches, id, evidence.AsOfSeconds)
            ?? throw new InvalidOperationException("a settled reservation has no log");
        var sequences = evidence.History.Reports.Select(report => report.Data.Sequence).ToList();
        var answered = life.Takes.Count(take => take.Answer is not null);
        return
        [
            Fact("reports missing or doubled", Gaps(sequences), "0"),
            Fact("decisions of the request", life.Life.Steps.Count(step => step.Event is ReservationDecided), "1"),
            Fact("takes asked for", life.Takes.Count, Text(DemoClient.Takes)),
            Fact("takes answered", answered, Text(DemoClient.Takes)),
            Fact("settlements of the reservation", life.Life.Steps.Count(step => step.Event is ReservationSettled),
                "1"),
            new TroubleFact("money", life.MoneyKept ? "conserved to the wei" : "NOT conserved", life.MoneyKept),
            new TroubleFact(
                "reports computed again", $"{replay.Reports}, all equal: {replay.IsEqual}",
                replay.IsEqual && replay.Reports >= (ulong)sequences.Count),
            Fact("faults of the ledger's history", evidence.History.Faults.Count, "0"),
        ];
    }

    private static int Gaps(List<ulong> sequences) =>
        sequences.Select((sequence, index) => sequence != (ulong)index + 1).Count(wrong => wrong);

    private static TroubleFact Fact(string name, int value, string expected) =>
        new(name, Text(value), string.Equals(Text(value), expected, StringComparison.Ordinal));

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
