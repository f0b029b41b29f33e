using Pqms.Ethereum;
using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Tests.Journal;

/// <summary>What every store of the journal must do; one derived class per store.</summary>
public abstract class JournalContract
{
    protected abstract IJournal Open();

    [Fact]
    public void Cursor_GivenFreshJournal_isNull()
    {
        using IJournal journal = Open();
        Assert.Null(journal.Cursor);
    }

    [Fact]
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
        Assert.Equal([1, 2, 3], again.Batch(Bytes.Hash("data 7"))!);
    }

    [Fact]
    public void Append_WhenRepeated_addsNothing()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        Assert.Equal(0, journal.Append(Sample(7, 3)));
        Assert.Equal(3, journal.CountLogs());
        Assert.Single(journal.Reports(0, 10));
    }

    [Fact]
    public void Append_GivenOtherBlockOfSameNumber_replacesOrphanedLogs()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        var other = new JournalBatch();
        other.Logs.Add(Log(7, Bytes.Hash("block 7 again"), 0));
        Assert.Equal(1, journal.Append(other));
        Assert.Equal(1, journal.CountLogs());
    }

    [Fact]
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

    [Fact]
    public void Append_GivenSettledMarkOfUnacceptedReport_leavesIt()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 0));
        var settled = new JournalBatch();
        settled.Settled.Add(7);
        journal.Append(settled);
        Assert.Equal((ReportState.Computed, 0ul), State(journal));
    }

    [Fact]
    public void ForgetFrom_removesThatBlockAndLaterOnes()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 2));
        journal.Append(Sample(8, 3));
        journal.Append(Sample(9, 4));
        journal.ForgetFrom(8);
        Assert.Equal(2, journal.CountLogs());
    }

    [Fact]
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

    [Fact]
    public void Batch_GivenUnknownHash_isNull()
    {
        using IJournal journal = Open();
        Assert.Null(journal.Batch(Bytes.Hash("nothing")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Reports_WhenLimitOutOfRange_throws(int limit)
    {
        using IJournal journal = Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => journal.Reports(0, limit));
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
            1, number, Bytes.Hash($"report {number}"), number, hash, Bytes.Hash($"data {number}"), [9, 8, 7],
            ReportState.Computed, 0));
        batch.Batches.Add((Bytes.Hash($"data {number}"), [1, 2, 3]));
        return batch;
    }

    private static JournaledLog Log(ulong number, Bytes32 hash, uint index) =>
        new(number, hash, index, Bytes.Hash($"tx {number} {index}"), Bytes.Account("allocation"), new byte[64], [1, 2]);

    private static (ReportState State, ulong AcceptedAt) State(IJournal journal)
    {
        JournaledReport report = Assert.Single(journal.Reports(7, 1));
        return (report.State, report.AcceptedAt);
    }
}
