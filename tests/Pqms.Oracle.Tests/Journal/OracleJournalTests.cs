using Microsoft.Data.Sqlite;
using Pqms.Oracle.Journal;
using Pqms.Tests;

namespace Pqms.Oracle.Tests.Journal;

/// <summary>The journal as the oracle uses it keeps the contract too; and what happens when files are
/// damaged.</summary>
public sealed class OracleJournalTests : JournalContract, IDisposable
{
    private const int Signed = 40;
    private readonly TemporaryFolder _root = new();
    private readonly List<DataFolder> _folders = [];

    public void Dispose()
    {
        Release();
        _root.Dispose();
    }

    [Fact]
    public void Open_GivenNothing_isFreshAndBarsNothing()
    {
        using OracleJournal journal = OpenOracle();
        Assert.Empty(journal.Notes);
        Assert.Empty(journal.Signatures());
    }

    [Theory]
    [InlineData("half")]
    [InlineData("a few pages")]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("zeros in the middle")]
    public void Open_GivenDamagedStore_movesItAsideAndKeepsEverySignature(string damage)
    {
        string path = Fill();
        Damage(path, damage);
        using OracleJournal journal = OpenOracle();
        string note = Assert.Single(journal.Notes);
        Assert.Contains("was damaged", note, StringComparison.Ordinal);
        Assert.Contains(path + ".damaged-1", note, StringComparison.Ordinal);
        Assert.True(System.IO.File.Exists(path + ".damaged-1"));
        Assert.Equal(Enumerable.Range(1, Signed).Select(Entry), journal.Signatures());
        Assert.Null(journal.Cursor);
        Assert.Equal(3, journal.Append(Sample(7, 3)));
    }

    [Fact]
    public void Open_GivenFlippedBytesAnywhere_losesNoSignatureAndServesNoWrongByte()
    {
        string path = Fill();
        byte[] store = System.IO.File.ReadAllBytes(path);
        byte[] list = System.IO.File.ReadAllBytes(path + ".signatures");
        int moved = 0, late = 0;
        int runs = TestProfile.Count(usual: 30, nightly: 2_000);
        for (int seed = 1; seed <= runs; seed++)
        {
            var random = new Random(seed);
            byte[] flipped = [.. store];
            int page = random.Next(store.Length / 4096) * 4096;
            for (int i = 0; i < 24; i++)
            {
                flipped[page + random.Next(4096)] ^= (byte)random.Next(1, 256);
            }

            Restore(path, flipped, list);
            try
            {
                using OracleJournal journal = OpenOracle();
                moved += journal.Notes.Count;
                Assert.Equal(Enumerable.Range(1, Signed).Select(Entry), journal.Signatures());
                for (ulong number = 1; number <= 60; number++)
                {
                    byte[]? bytes = journal.Batch(DataHash(number));
                    Assert.True(bytes is null || bytes.SequenceEqual(File(number)), $"seed {seed}");
                }
            }
            catch (JournalException failure)
            {
                // Met later than at opening: the process stops, and the next start moves it aside.
                Assert.True(failure.Message.Contains("damaged", StringComparison.Ordinal), $"seed {seed}: {failure}");
                late++;
            }
        }

        Assert.True(moved >= runs / 4, $"{moved} of {runs} were found at opening");
        Assert.True(late <= runs / 10, $"{late} of {runs} ended the oracle");
    }

    [Theory]
    [InlineData("UPDATE meta SET hash = x'01'")]
    [InlineData("UPDATE meta SET number = -1")]
    [InlineData("UPDATE snapshots SET block_hash = 'text'")]
    [InlineData("UPDATE snapshots SET mesh_version = 1 << 40")]
    [InlineData("UPDATE signatures SET era = 'text' WHERE position = 3")]
    public void Open_GivenAValueThatNoJournalHolds_movesAsideInsteadOfFailingForEver(string sql)
    {
        string path = Fill();
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.True(command.ExecuteNonQuery() > 0);
        }

        using OracleJournal journal = OpenOracle();
        Assert.Contains("was damaged", Assert.Single(journal.Notes), StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(1, Signed).Select(Entry), journal.Signatures());
        Assert.Empty(journal.Snapshots());
    }

    [Fact]
    public void Open_GivenGarbageForTheWriteAheadLog_movesAsideAndKeepsEverySignature()
    {
        string path = Fill();
        System.IO.File.WriteAllBytes(path + "-wal", [.. Enumerable.Range(0, 8192).Select(i => (byte)(i % 251))]);
        using OracleJournal journal = OpenOracle();
        Assert.Contains("write-ahead log", Assert.Single(journal.Notes), StringComparison.Ordinal);
        Assert.Equal(Signed, journal.Signatures().Count);
    }

    [Fact]
    public void Open_GivenStoreThatLostItsNewestTransactions_takesSignaturesFromTheList()
    {
        string path = Fill();
        byte[] backup = System.IO.File.ReadAllBytes(path);
        using (OracleJournal journal = OpenOracle())
        {
            journal.RecordSignature(Entry(Signed + 1));
        }

        Restore(path, backup, System.IO.File.ReadAllBytes(path + ".signatures"));
        using OracleJournal again = OpenOracle();
        Assert.Equal(Enumerable.Range(1, Signed + 1).Select(Entry), again.Signatures());
    }

    [Fact]
    public void Open_GivenDamagedList_takesItFromTheStore()
    {
        string path = Fill();
        byte[] list = System.IO.File.ReadAllBytes(path + ".signatures");
        list[^50] ^= 1;
        System.IO.File.WriteAllBytes(path + ".signatures", list);
        using (OracleJournal journal = OpenOracle())
        {
            Assert.Contains("damaged", Assert.Single(journal.Notes), StringComparison.Ordinal);
            Assert.Equal(Enumerable.Range(1, Signed).Select(Entry), journal.Signatures());
        }

        Release();
        using OracleJournal again = OpenOracle();
        Assert.Empty(again.Notes);
    }

    [Fact]
    public void Open_GivenBothCopiesDamaged_salvagesAndBarsEverything()
    {
        string path = Fill();
        Damage(path, "zeros in the middle");
        System.IO.File.WriteAllBytes(path + ".signatures", System.IO.File.ReadAllBytes(path + ".signatures")[10..]);
        using (OracleJournal journal = OpenOracle())
        {
            Assert.Equal(3, journal.Notes.Count);
            Assert.Equal(SignedReport.BarOfEverything, journal.Signatures()[^1]);
            Assert.True(journal.Signatures().Count > 1, "nothing was salvaged");
            Assert.Subset(Enumerable.Range(1, Signed).Select(Entry).ToHashSet(),
                journal.Signatures().SkipLast(1).ToHashSet());
        }

        Release();
        using OracleJournal again = OpenOracle();
        Assert.Empty(again.Notes);
        Assert.Equal(SignedReport.BarOfEverything, again.Signatures()[^1]);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Open_GivenOneCopyGoneAndTheOtherDamaged_barsEverything(bool storeGone, bool listGone)
    {
        string path = Fill();
        if (storeGone)
        {
            System.IO.File.Delete(path);
            System.IO.File.WriteAllText(path + ".signatures", "x");
        }

        if (listGone)
        {
            System.IO.File.Delete(path + ".signatures");
            Damage(path, "half");
        }

        using OracleJournal journal = OpenOracle();
        Assert.Equal(SignedReport.BarOfEverything, journal.Signatures()[^1]);
    }

    [Fact]
    public void Open_GivenFileOfVersionOneWithoutASecondCopy_makesIt()
    {
        string path = Fill();
        System.IO.File.Delete(path + ".signatures");
        using (OracleJournal journal = OpenOracle())
        {
            Assert.Empty(journal.Notes);
        }

        Damage(path, "half");
        using OracleJournal again = OpenOracle();
        Assert.Equal(Enumerable.Range(1, Signed).Select(Entry), again.Signatures());
    }

    protected override IJournal Open() => OpenOracle();

    private static SignedReport Entry(int number) => new(
        1, (ulong)number, Bytes.Hash($"report {number}"), 10 + (ulong)number, Bytes.Hash($"block {number}"));

    private static void Damage(string path, string how)
    {
        byte[] bytes = System.IO.File.ReadAllBytes(path);
        switch (how)
        {
            case "half":
                bytes = bytes[..(bytes.Length / 2)];
                break;
            case "a few pages":
                bytes = bytes[..(3 * 4096)];
                break;
            case "empty":
                bytes = [];
                break;
            case "text":
                bytes = [.. Enumerable.Repeat((byte)'x', 5000)];
                break;
            default:
                Array.Clear(bytes, 2 * 4096, 3 * 4096);
                break;
        }

        System.IO.File.WriteAllBytes(path, bytes);
    }

    /// <summary>A journal with signatures, closed; everything is in the main file then.</summary>
    private string Fill()
    {
        using (OracleJournal journal = OpenOracle())
        {
            for (int i = 1; i <= Signed; i++)
            {
                journal.RecordSignature(Entry(i));
            }

            for (ulong number = 1; number <= 60; number++)
            {
                journal.Append(Sample(number, 5));
            }

            journal.Append(new JournalBatch { Snapshot = SnapshotOf(60) });
        }

        string path = _folders[^1].JournalPath;
        Release();
        Assert.False(System.IO.File.Exists(path + "-wal"));
        return path;
    }

    private void Restore(string path, byte[] store, byte[] list)
    {
        Release();
        foreach (string old in Directory.GetFiles(_root.Path, "journal-*", SearchOption.AllDirectories))
        {
            System.IO.File.Delete(old);
        }

        System.IO.File.WriteAllBytes(path, store);
        System.IO.File.WriteAllBytes(path + ".signatures", list);
    }

    private OracleJournal OpenOracle()
    {
        Release();
        DataFolder folder = DataFolder.Open(_root.Path, 31337, Bytes.Hash("genesis"), Bytes.Account("hub"));
        _folders.Add(folder);
        return OracleJournal.Open(new JournalOptions(), folder, durable: false);
    }

    private void Release()
    {
        _folders.ForEach(folder => folder.Dispose());
        _folders.Clear();
    }
}
