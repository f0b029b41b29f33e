using Pqms.Oracle.Journal;

namespace Pqms.Oracle.Tests.Journal;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Open_GivenOtherGenesis_choosesOtherFolder()
    {
        using DataFolder one = Open("genesis 1");
        using DataFolder two = Open("genesis 2");
        Assert.NotEqual(one.Path, two.Path);
        Assert.StartsWith(Path.Combine(_folder.Path, "31337-"), one.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_WhenHeldByAnother_refuses()
    {
        using DataFolder first = Open("genesis");
        JournalException refusal = Assert.Throws<JournalException>(() => Open("genesis"));
        Assert.Contains("Another process", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_GivenReleased_succeeds()
    {
        Open("genesis").Dispose();
        using DataFolder again = Open("genesis");
        Assert.True(Directory.Exists(again.Path));
    }

    [Fact]
    public void Open_GivenFileInTheWay_saysNotWritable()
    {
        string blocked = _folder.File("blocked");
        File.WriteAllText(blocked, "not a folder");
        JournalException refusal = Assert.Throws<JournalException>(
            () => DataFolder.Open(blocked, 1, Bytes.Hash("g"), Bytes.Account("hub")));
        Assert.Contains("not writable", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(blocked, refusal.Message, StringComparison.Ordinal);
    }

    private DataFolder Open(string genesis) =>
        DataFolder.Open(_folder.Path, 31337, Bytes.Hash(genesis), Bytes.Account("hub"));
}
