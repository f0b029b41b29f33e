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
        using (var connection = new SqliteConnection($"Data Source={_folder.File("j.db")};Pooling=False"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            command.ExecuteNonQuery();
        }

        JournalException refusal = Assert.Throws<JournalException>(() => Open());
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_GivenFileThatIsNoDatabase_saysItCanBeMovedAway()
    {
        File.WriteAllText(_folder.File("j.db"), new string('x', 5000));
        JournalException refusal = Assert.Throws<JournalException>(() => Open());
        Assert.Contains("rebuilt from the chain", refusal.Message, StringComparison.Ordinal);
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

    protected override IJournal Open() => SqliteJournal.Open(_folder.File("j.db"));
}
