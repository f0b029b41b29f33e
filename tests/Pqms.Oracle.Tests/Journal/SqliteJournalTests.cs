using Microsoft.Data.Sqlite;
using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Tests.Journal;

public sealed class SqliteJournalTests : JournalContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_GivenNewerSchema_refusesAndNamesVersions()
    {
        Open().Dispose();
        Execute("PRAGMA user_version = 99");
        JournalException refusal = Assert.Throws<JournalException>(() => Open());
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_GivenFileOfVersionOne_migratesAndKeepsEverything()
    {
        Execute("PRAGMA journal_mode = WAL; BEGIN;" + JournalSchema.Create + """
            INSERT INTO meta VALUES ('cursor', 7, zeroblob(32));
            INSERT INTO logs VALUES (7, 0, zeroblob(32), zeroblob(32), zeroblob(20), x'', x'01');
            INSERT INTO signatures VALUES (1, 5, 1, x'0101010101010101010101010101010101010101010101010101010101010101',
                10, zeroblob(32));
            PRAGMA user_version = 1; COMMIT;
            """);
        Assert.Null(SqliteFile.FindDamage(FilePath));
        using (IJournal journal = Open())
        {
            Assert.Equal(7ul, journal.Cursor!.Value.Number);
            Assert.Equal(1, journal.CountLogs());
            SignedReport signed = Assert.Single(journal.SignaturesOf(5));
            Assert.Equal((1ul, 10ul, (byte)1), (signed.Era, signed.ToBlock, signed.Hash.ToArray()[31]));
            journal.Append(new JournalBatch { Snapshot = SnapshotOf(7) });
        }

        Assert.Null(SqliteFile.FindDamage(FilePath));
        using IJournal again = Open();
        Assert.Single(again.Snapshots());
        Assert.Single(again.Signatures());
    }

    [Fact]
    public void Append_GivenFullDisk_saysSoHalfWritesNothingAndGoesOnLater()
    {
        JournalBatch large = Sample(8, 4);
        large.Batches.Add((Bytes.Hash("large"), new byte[1 << 20]));
        using (SqliteJournal journal = SqliteJournal.Open(FilePath))
        {
            journal.Append(Sample(7, 3));
            journal.LimitPages(most: 60);
            JournalException failure = Assert.Throws<JournalException>(() => journal.Append(large));
            Assert.Contains("full", failure.Message, StringComparison.Ordinal);
            Assert.Contains(FilePath, failure.Message, StringComparison.Ordinal);
            Assert.Equal((3L, 7ul), (journal.CountLogs(), journal.Cursor!.Value.Number));
            Assert.Null(journal.Batch(DataHash(8)));
        }

        Assert.Null(SqliteFile.FindDamage(FilePath));
        using IJournal again = Open();
        Assert.Equal((3L, 7ul), (again.CountLogs(), again.Cursor!.Value.Number));
        Assert.Equal(4, again.Append(large));
    }

    [Fact]
    public void SignaturesOf_GivenChangedRow_refusesInsteadOfBelievingIt()
    {
        using IJournal journal = Open();
        journal.RecordSignature(new SignedReport(1, 5, Bytes.Hash("a"), 10, Bytes.Hash("block a")));
        Execute("UPDATE signatures SET to_block = 11");
        JournalException refusal = Assert.Throws<JournalException>(() => journal.SignaturesOf(5));
        Assert.Contains("changed signature", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("a signature was changed", SqliteFile.FindDamage(FilePath));
    }

    [Fact]
    public void Find_GivenNoLibrary_namesThePackage()
    {
        JournalException refusal =
            Assert.Throws<JournalException>(() => SqliteLibrary.Find(["a.so", "b.so"], _ => 0));
        Assert.Contains("libsqlite3-0", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("a.so, b.so", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_GivenSecondCandidate_takesIt() =>
        Assert.Equal(5, SqliteLibrary.Find(["a", "b"], name => name == "b" ? 5 : 0));

    protected override IJournal Open() => SqliteJournal.Open(FilePath);

    private string FilePath => _folder.File("j.db");

    private void Execute(string sql)
    {
        SqliteLibrary.Load();
        using var connection = new SqliteConnection($"Data Source={FilePath};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
