using Pqms.Mesh;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>What must hold once the storm is over, checked from the chain and the batch files, not from the oracle's
/// memory.</summary>
internal static class Verdict
{
    public static void Check(FakeChain chain, IJournal journal, string context)
    {
        AcceptedEntry[] accepted = [.. Entries<AcceptedEntry>(chain)];
        Assert.Equal(Enumerable.Range(1, accepted.Length).Select(i => (ulong)i), accepted.Select(a => a.Sequence));
        Leaf[] leaves = [.. accepted.SelectMany(report => Leaves(journal, report, context))];
        CheckTakes(chain, leaves, context);
        CheckDecisions(chain, leaves, context);
        CheckSettlements(chain, accepted, journal, leaves, context);
    }

    private static IEnumerable<Leaf> Leaves(IJournal journal, AcceptedEntry report, string context)
    {
        byte[]? file = journal.Batch(report.Report.DataHash);
        Assert.True(file is not null, $"{context}: batch of report {report.Sequence} is missing");
        Batch batch = Batch.Parse(file);
        Assert.Equal(report.Report.EventsRoot, batch.Tree.Root);
        Assert.Equal(report.Report.Count, (ulong)batch.Leaves.Count);
        return batch.Leaves;
    }

    private static void CheckTakes(FakeChain chain, Leaf[] leaves, string context)
    {
        var asked = Commands<TakeCommand>(chain)
            .SelectMany(take => Enumerable.Range(0, take.Count)
                .Select(i => (take.ReservationId, take.FirstTake + (ulong)i)))
            .ToList();
        var answered = leaves.OfType<TakeLeaf>().Select(leaf => (leaf.ReservationId, leaf.TakeNumber)).ToList();
        bool equal = asked.Order().SequenceEqual(answered.Order());
        Assert.True(equal, $"{context}: {asked.Count} takes, {answered.Count} leaves");
    }

    private static void CheckDecisions(FakeChain chain, Leaf[] leaves, string context)
    {
        var asked = Commands<RequestCommand>(chain).Select(request => request.ReservationId).ToList();
        var answered = leaves.OfType<DecisionLeaf>().Select(leaf => leaf.ReservationId).ToList();
        bool equal = asked.Order().SequenceEqual(answered.Order());
        Assert.True(equal, $"{context}: {asked.Count} requests, {answered.Count} leaves");
        foreach ((UInt128 id, FakeReservation reservation) in chain.Tip.After.Reservations)
        {
            Assert.True(reservation.Decided == 1, $"{context}: request {id} answered {reservation.Decided} times");
        }
    }

    private static void CheckSettlements(
        FakeChain chain, AcceptedEntry[] accepted, IJournal journal, Leaf[] leaves, string context)
    {
        var settled = leaves.OfType<SettlementLeaf>().Select(leaf => leaf.ReservationId).ToList();
        Assert.Equal(settled.Distinct().Count(), settled.Count);
        foreach ((UInt128 id, FakeReservation reservation) in chain.Tip.After.Reservations)
        {
            int expected = settled.Contains(id) ? 1 : 0;
            Assert.True(
                reservation.Settlements == expected,
                $"{context}: {id} ({reservation.Status}) settled {reservation.Settlements} times, {expected} due");
            bool over = reservation.Status is FakeStatus.Granted or FakeStatus.Released
                && reservation.End <= chain.Tip.Ledger.Timestamp;
            Assert.False(over, $"{context}: {id} is over and not settled");
        }

        Assert.Equal(Entries<SettledEntry>(chain).Count(), Entries<SettledEntry>(chain).Distinct().Count());
        Assert.All(accepted, report => Assert.Contains(
            journal.Reports(report.Sequence, 1000),
            stored => stored.Hash == report.ReportHash && stored.State != ReportState.Computed));
    }

    private static IEnumerable<T> Entries<T>(FakeChain chain) =>
        chain.Blocks.SelectMany(block => block.Ledger.Entries).OfType<T>();

    private static IEnumerable<T> Commands<T>(FakeChain chain) =>
        Entries<CommandEntry>(chain).Select(entry => entry.Command).OfType<T>();
}
