using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Tests.Journal;

/// <summary>What every store of the journal must do; one derived class per store.</summary>
public abstract class JournalContract
{
    protected abstract IJournal Open();

    [JournalFact]
    public void Cursor_GivenFreshJournal_isNull()
    {
        using IJournal journal = Open();
        Assert.Null(journal.Cursor);
    }

    [JournalFact]
    public void Append_GivenReopened_keepsEverything()
    {
        JournalBatch batch = Sample(7, 3);
        using (IJournal journal = Open())
        {
            Assert.Equal(3, journal.Append(batch));
        }

        using IJournal again = Open();
        Assert.Equal(new JournalCursor(7, Bytes.Hash("block 7")), again.Cursor);
        Assert.Equal(3, again.CountLogs());
        JournaledReport report = Assert.Single(again.Reports(0, 10));
        Assert.Equal(7ul, report.Sequence);
        Assert.Equal(batch.Reports[0].Encoded, report.Encoded);
        Assert.Equal([7, 2, 3], again.Batch(DataHash(7))!);
    }

    [JournalFact]
    public void Append_WhenRepeated_addsNothing()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        Assert.Equal(0, journal.Append(Sample(7, 3)));
        Assert.Equal(3, journal.CountLogs());
        Assert.Single(journal.Reports(0, 10));
    }

    [JournalFact]
    public void Append_GivenOtherBlockOfSameNumber_replacesOrphanedLogs()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        var other = new JournalBatch();
        other.Logs.Add(Log(7, Bytes.Hash("block 7 again"), 0));
        Assert.Equal(1, journal.Append(other));
        Assert.Equal(1, journal.CountLogs());
    }

    [JournalFact]
    public void Append_GivenMarks_movesReportOn()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 0));
        var accepted = new JournalBatch();
        accepted.Accepted.Add(new AcceptanceMark(Bytes.Hash("report 7"), 1234));
        journal.Append(accepted);
        Assert.Equal((ReportState.Accepted, 1234ul), State(journal));
        var settled = new JournalBatch();
        settled.Settled.Add(7);
        journal.Append(settled);
        Assert.Equal((ReportState.Settled, 1234ul), State(journal));
    }

    [JournalFact]
    public void Append_GivenSettledMarkOfUnacceptedReport_leavesIt()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 0));
        var settled = new JournalBatch();
        settled.Settled.Add(7);
        journal.Append(settled);
        Assert.Equal((ReportState.Computed, 0ul), State(journal));
    }

    [JournalFact]
    public void ForgetFrom_removesThatBlockAndLaterOnes()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 2));
        journal.Append(Sample(8, 3));
        journal.Append(Sample(9, 4));
        journal.ForgetFrom(8);
        Assert.Equal(2, journal.CountLogs());
    }

    [JournalFact]
    public void RecordSignature_GivenSeveralAndReopened_listsThemOldestFirst()
    {
        var first = new SignedReport(1, 5, Bytes.Hash("a"), 10, Bytes.Hash("block a"));
        var second = first with { Hash = Bytes.Hash("b"), ToBlockHash = Bytes.Hash("block b") };
        using (IJournal journal = Open())
        {
            journal.RecordSignature(first);
            journal.RecordSignature(second);
            journal.RecordSignature(first);
            journal.RecordSignature(first with { Sequence = 6, Hash = Bytes.Hash("c") });
        }

        using IJournal again = Open();
        Assert.Equal([first, second], again.SignaturesOf(5));
    }

    [JournalFact]
    public void Batch_GivenUnknownHash_isNull()
    {
        using IJournal journal = Open();
        Assert.Null(journal.Batch(Bytes.Hash("nothing")));
    }

    [JournalFact]
    public void Reports_WhenLimitOutOfRange_throws()
    {
        using IJournal journal = Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Reports(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Reports(0, 1001));
    }

    [JournalFact]
    public void Append_GivenSameBlockTwiceInOneRun_keepsTheLater()
    {
        using IJournal journal = Open();
        var batch = new JournalBatch();
        batch.Logs.Add(Log(7, Bytes.Hash("block 7"), 0));
        batch.Logs.Add(Log(7, Bytes.Hash("block 7"), 1));
        batch.Logs.Add(Log(7, Bytes.Hash("block 7 again"), 0));
        journal.Append(batch);
        Assert.Equal(1, journal.CountLogs());
        journal.Append(batch);
        Assert.Equal(1, journal.CountLogs());
    }

    [JournalFact]
    public void Append_GivenReportAgain_startsAgainAsComputed()
    {
        using IJournal journal = Open();
        JournalBatch batch = Sample(7, 0);
        batch.Accepted.Add(new AcceptanceMark(Bytes.Hash("report 7"), 1234));
        journal.Append(batch);
        Assert.Equal((ReportState.Accepted, 1234ul), State(journal));
        journal.Append(Sample(7, 0));
        Assert.Equal((ReportState.Computed, 0ul), State(journal));
    }

    [JournalFact]
    public void Append_GivenWholeRun_keepsOrderAndEveryByte()
    {
        using IJournal journal = Open();
        var run = new JournalBatch();
        var random = new Random(5);
        for (ulong number = 1; number <= 256; number++)
        {
            JournalBatch one = Sample(number, 3);
            run.Logs.AddRange(one.Logs);
            run.Reports.AddRange(one.Reports);
            var bytes = new byte[random.Next(0, 5_000)];
            random.NextBytes(bytes);
            run.Batches.Add((Keccak256.Hash(bytes), bytes));
            run.Cursor = one.Cursor;
        }

        Assert.Equal(3 * 256, journal.Append(run));
        Assert.All(run.Batches, batch => Assert.Equal(batch.Bytes, journal.Batch(batch.Hash)));
        Assert.Equal(run.Reports.Select(r => r.Sequence), journal.Reports(0, 1000).Select(r => r.Sequence));
    }

    [JournalFact]
    public void Signatures_GivenABar_keepsItInItsPlace()
    {
        var first = new SignedReport(1, 5, Bytes.Hash("a"), 10, Bytes.Hash("block a"));
        using IJournal journal = Open();
        journal.RecordSignature(first);
        journal.RecordSignature(SignedReport.BarOfEverything);
        journal.RecordSignature(SignedReport.Bar(1, 13));
        journal.RecordSignature(first with { Sequence = 14, Hash = Bytes.Hash("b") });
        Assert.Equal([false, true, true, false], journal.Signatures().Select(entry => entry.IsBar));
        Assert.Equal(SignedReport.Bar(1, 13), journal.Signatures()[2]);
    }

    [JournalFact]
    public void Append_GivenSnapshots_keepsTheNewestAndForgetsOrphans()
    {
        using IJournal journal = Open();
        for (ulong number = 10; number <= 50; number += 10)
        {
            journal.Append(new JournalBatch { Snapshot = SnapshotOf(number) });
        }

        Assert.Equal([50ul, 40ul, 30ul], journal.Snapshots().Select(kept => kept.BlockNumber));
        Assert.Equal(SnapshotOf(40).State, journal.Snapshots()[1].State);
        Assert.Equal(SnapshotOf(40) with { State = [] }, journal.Snapshots()[1] with { State = [] });
        journal.ForgetFrom(40);
        Assert.Equal([30ul], journal.Snapshots().Select(kept => kept.BlockNumber));
        journal.DropSnapshots();
        Assert.Empty(journal.Snapshots());
    }

    [JournalFact]
    public void Prune_GivenOldBlocks_removesLogsAndFilesOfAcceptedReportsOnly()
    {
        using IJournal journal = Open();
        for (ulong number = 1; number <= 9; number++)
        {
            journal.Append(Sample(number, 2));
        }

        var accepted = new JournalBatch();
        accepted.Accepted.AddRange(Enumerable.Range(1, 6)
            .Where(i => i != 3).Select(i => new AcceptanceMark(Bytes.Hash($"report {i}"), 1)));
        journal.Append(accepted);
        journal.RecordSignature(new SignedReport(1, 1, Bytes.Hash("a"), 1, Bytes.Hash("block 1")));
        Assert.False(journal.LacksBatches(1, 0));
        Assert.Equal(8 + 3, journal.Prune(logsBefore: 5, batchesBefore: 5));
        Assert.Equal(2 * 5, journal.CountLogs());
        Assert.Equal(
            [3, 5, 6, 7, 8, 9],
            Enumerable.Range(1, 9).Where(i => journal.Batch(DataHash((ulong)i)) is not null));
        Assert.True(journal.LacksBatches(1, 0));
        Assert.False(journal.LacksBatches(1, 5));
        Assert.False(journal.LacksBatches(2, 0));
        Assert.Equal(9, journal.Reports(0, 1000).Count);
        Assert.Single(journal.Signatures());
        Assert.Equal(0, journal.Prune(0, 0));
    }

    [JournalFact]
    public void Batch_GivenBytesThatAreNotWhatTheirNameSays_isNullAndMissingFromThenOn()
    {
        using IJournal journal = Open();
        JournalBatch batch = Sample(7, 0);
        batch.Batches[0] = (batch.Batches[0].Hash, [6, 6, 6]);
        journal.Append(batch);
        Assert.False(journal.LacksBatches(1, 0));
        Assert.Null(journal.Batch(DataHash(7)));
        Assert.True(journal.LacksBatches(1, 0));
        journal.Append(Sample(7, 0));
        Assert.NotNull(journal.Batch(DataHash(7)));
    }

    protected static JournalBatch Sample(ulong number, uint logs)
    {
        Bytes32 hash = Bytes.Hash($"block {number}");
        var batch = new JournalBatch { Cursor = new JournalCursor(number, hash) };
        for (uint i = 0; i < logs; i++)
        {
            batch.Logs.Add(Log(number, hash, i));
        }

        batch.Reports.Add(new JournaledReport(
            1, number, Bytes.Hash($"report {number}"), number, hash, DataHash(number), [9, 8, 7],
            ReportState.Computed, 0));
        batch.Batches.Add((DataHash(number), File(number)));
        return batch;
    }

    protected static Bytes32 DataHash(ulong number) => Keccak256.Hash(File(number));

    protected static byte[] File(ulong number) => [(byte)(number % 256), 2, 3];

    protected static JournalSnapshot SnapshotOf(ulong number) => new(
        number, Bytes.Hash($"block {number}"), 1, Bytes.Hash("scenario"), 8, File(number));

    private static JournaledLog Log(ulong number, Bytes32 hash, uint index) =>
        new(number, hash, index, Bytes.Hash($"tx {number} {index}"), Bytes.Account("allocation"), new byte[64], [1, 2]);

    private static (ReportState State, ulong AcceptedAt) State(IJournal journal)
    {
        JournaledReport report = Assert.Single(journal.Reports(7, 1));
        return (report.State, report.AcceptedAt);
    }
}
