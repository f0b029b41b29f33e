using Pqms.EndToEnd.Tests.Ring;
using Pqms.Sdk.Client;
using Pqms.Sdk.Ledger;

namespace Pqms.EndToEnd.Tests.Recovery;

/// <summary>What must hold of a chain's reports, whatever happened to the oracle.</summary>
internal static class Reports
{
    /// <summary>No report and no settlement is missing or there twice, and all are what their commands
    /// give.</summary>
    public static async Task CompleteAsync(RealmChain realm)
    {
        var file = await HistoryCollector.CollectAsync(realm.Client());
        var events = file.Events().Select(timed => timed.Event).ToList();
        var sequences = events.OfType<ReportAccepted>().Select(report => report.Data.Sequence).ToList();
        Assert.NotEmpty(sequences);
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(number => (ulong)number), sequences);

        var settled = events.OfType<ReportSettled>().Select(report => report.Data.Sequence).ToList();
        Assert.Equal(settled.Distinct().Count(), settled.Count);

        var replay = await realm.ReplayAsync();
        Assert.Equal((ulong)sequences.Count, replay.Reports);
        Assert.Equal(0, replay.Pending);
    }
}
