using Pqms.Node.Settings;
using Pqms.Oracle.Journal;

namespace Pqms.Node.Tests.Settings;

public sealed class JournalSettingsTests
{
    [Fact]
    public void Read_GivenNothing_isTheDefault() => Assert.Equal(new JournalOptions(), Read([], _ => null));

    [Fact]
    public void Read_GivenPostgresAndItsConnection_takesEverySetting()
    {
        JournalOptions options = Read(
            new()
            {
                ["journal"] = "postgres",
                ["journalName"] = "north",
                ["snapshotBlocks"] = "64",
                ["keepLogBlocks"] = "1000",
                ["keepBatchBlocks"] = "2000",
            },
            name => name == "PQMS_JOURNAL_CONNECTION" ? "Host=x;Password=hunter2" : null);
        Assert.Equal(
            new JournalOptions
            {
                Store = JournalStoreKind.Postgres,
                Connection = "Host=x;Password=hunter2",
                Name = "north",
                SnapshotBlocks = 64,
                KeepLogBlocks = 1000,
                KeepBatchBlocks = 2000,
            },
            options);
        Assert.DoesNotContain("hunter2", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GivenPostgresWithoutAConnection_namesTheVariable()
    {
        RefusedException refusal = Assert.Throws<RefusedException>(
            () => Read(new() { ["journal"] = "postgres" }, _ => null));
        Assert.Contains("PQMS_JOURNAL_CONNECTION", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("journal", "oracle")]
    [InlineData("journalName", "Name with spaces")]
    [InlineData("snapshotBlocks", "15")]
    [InlineData("keepBatchBlocks", "-1")]
    public void Read_WhenAValueIsNotAllowed_refuses(string name, string value) =>
        Assert.Throws<RefusedException>(() => Read(new() { [name] = value }, _ => null));

    private static JournalOptions Read(Dictionary<string, string?> flags, Func<string, string?> environment) =>
        JournalSettings.Read(SettingsReader.Read(flags, environment, null, null), environment);
}
