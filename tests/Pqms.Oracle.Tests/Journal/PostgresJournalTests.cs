using Pqms.Oracle.Journal;
using Pqms.Oracle.Tests.Simulation;
using Pqms.Tests;

namespace Pqms.Oracle.Tests.Journal;

/// <summary>One server for all tests of the class; a schema for each test.</summary>
public sealed class PostgresFixture : IDisposable
{
    internal PostgresServer? Server { get; } = PostgresServer.SkipReason is null ? new PostgresServer() : null;

    public void Dispose() => Server?.Dispose();
}

public sealed class PostgresJournalTests(PostgresFixture fixture) : JournalContract, IClassFixture<PostgresFixture>
{
    private readonly string _ledger = $"31337_{Guid.NewGuid():N}"[..22];

    [JournalFact]
    public void Open_WhenHeldByAnother_refusesAndNamesTheNextStep()
    {
        using IJournal first = Open();
        JournalException refusal = Assert.Throws<JournalException>(() => Open());
        Assert.Contains("Another process", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("journal name", refusal.Message, StringComparison.Ordinal);
    }

    [JournalFact]
    public void Open_GivenOtherNameOrLedger_keepsThemApart()
    {
        using IJournal one = Open();
        using IJournal two = PostgresJournal.Open(Options("second"), _ledger);
        using IJournal three = PostgresJournal.Open(Options("oracle"), _ledger + "b");
        one.Append(Sample(7, 3));
        Assert.Equal((3, 0, 0), (one.CountLogs(), two.CountLogs(), three.CountLogs()));
        Assert.NotEqual(one.Location, two.Location);
    }

    [JournalFact]
    public void Open_GivenVersionOne_migratesAndKeepsEverything()
    {
        Open().Dispose();
        string schema = $"pqms_oracle_{_ledger}";
        Execute($"DROP SCHEMA {schema} CASCADE; CREATE SCHEMA {schema}; SET search_path = {schema}; "
            + "CREATE TABLE version (number integer NOT NULL); INSERT INTO version VALUES (1);"
            + PostgresSchema.Steps[0]
            + "INSERT INTO meta VALUES ('cursor', 7, decode(repeat('07', 32), 'hex'))");
        using IJournal journal = Open();
        Assert.Equal(7ul, journal.Cursor!.Value.Number);
        journal.Append(new JournalBatch { Snapshot = SnapshotOf(7) });
        Assert.Single(journal.Snapshots());
        Assert.Equal(2, Execute($"SELECT number FROM {schema}.version"));
    }

    [JournalFact]
    public void Open_GivenNewerSchema_refusesAndNamesVersions()
    {
        Open().Dispose();
        Execute($"UPDATE pqms_oracle_{_ledger}.version SET number = 99");
        JournalException refusal = Assert.Throws<JournalException>(() => Open());
        Assert.Contains("99", refusal.Message, StringComparison.Ordinal);
    }

    [JournalFact]
    public void Append_GivenBrokenConnection_goesOnAndWritesOnce()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        Break();
        Assert.Equal(4, journal.Append(Sample(8, 4)));
        Assert.Equal(7, journal.CountLogs());
    }

    [JournalFact]
    public void Append_GivenServerThatRestarted_goesOn()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        fixture.Server!.Stop();
        fixture.Server.Start();
        Assert.Equal(4, journal.Append(Sample(8, 4)));
        Assert.Equal(7, journal.CountLogs());
    }

    [JournalFact]
    public void Append_GivenAnotherThatTookTheJournalMeanwhile_stops()
    {
        using IJournal journal = Open();
        Break();
        using (IJournal other = Open())
        {
            other.Append(Sample(9, 1));
        }

        JournalException refusal = Assert.Throws<JournalException>(() => journal.Append(Sample(8, 4)));
        Assert.Contains("Another process", refusal.Message, StringComparison.Ordinal);
    }

    [JournalFact]
    public void Append_GivenFullDisk_saysSoAndHalfWritesNothing()
    {
        using IJournal journal = Open();
        journal.Append(Sample(7, 3));
        string schema = $"pqms_oracle_{_ledger}";
        Execute($"CREATE FUNCTION {schema}.full_disk() RETURNS trigger LANGUAGE plpgsql AS "
            + "$$ BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = '53100'; END $$; "
            + $"CREATE TRIGGER full_disk BEFORE INSERT ON {schema}.batches EXECUTE FUNCTION {schema}.full_disk()");
        JournalException failure = Assert.Throws<JournalException>(() => journal.Append(Sample(8, 4)));
        Assert.Contains("full", failure.Message, StringComparison.Ordinal);
        Assert.Equal((3L, 7ul), (journal.CountLogs(), journal.Cursor!.Value.Number));
        Execute($"DROP TRIGGER full_disk ON {schema}.batches");
        Assert.Equal(4, journal.Append(Sample(8, 4)));
    }

    [JournalFact]
    public void Open_GivenPassword_showsItNowhere()
    {
        const string Secret = "hunter2secret";
        JournalOptions options = Options("oracle") with { Connection = $"{Connection};Password={Secret}" };
        Assert.DoesNotContain(Secret, options.ToString(), StringComparison.Ordinal);
        using (IJournal journal = PostgresJournal.Open(options, _ledger))
        {
            Assert.DoesNotContain(Secret, journal.Location, StringComparison.Ordinal);
        }

        string[] wrong =
        [
            $"Host=127.0.0.1;Port=1;Timeout=1;Password={Secret}", $"Host=x;{Secret}=1;Password={Secret}",
            $"Host=x;Port={Secret}", $"Password={Secret};Password='{Secret}",
        ];
        Assert.All(wrong, connection => Assert.DoesNotContain(
            Secret,
            Assert.Throws<JournalException>(
                () => PostgresJournal.Open(options with { Connection = connection }, _ledger)).ToString(),
            StringComparison.Ordinal));
    }

    [JournalFact]
    public void Open_GivenASchemaThatWasDropped_takesSignaturesFromTheSecondCopy()
    {
        using var root = new TemporaryFolder();
        var signed = new SignedReport(1, 5, Bytes.Hash("a"), 10, Bytes.Hash("block a"));
        string name = $"d{Guid.NewGuid():N}"[..12];
        using (DataFolder folder = DataFolder.Open(root.Path, 31337, Bytes.Hash("genesis"), Bytes.Account("hub")))
        {
            using (OracleJournal journal = OracleJournal.Open(Options(name), folder, durable: false))
            {
                journal.RecordSignature(signed);
                Assert.Contains($"schema pqms_{name}_{folder.Ledger}", journal.Location, StringComparison.Ordinal);
            }

            Execute($"DROP SCHEMA pqms_{name}_{folder.Ledger} CASCADE");
            using OracleJournal again = OracleJournal.Open(Options(name), folder, durable: false);
            Assert.Equal([signed], again.Signatures());
        }
    }

    [JournalFact]
    public void Run_GivenAStorm_losesAndDoublesNothing()
    {
        JournalOptions options = Options("storm") with { SnapshotBlocks = 16 };
        using var storm = new Storm(901, options: options);
        storm.Run(250);
        Assert.True(storm.Process.Kills > 1);
    }

    protected override IJournal Open() => PostgresJournal.Open(Options("oracle"), _ledger);

    private string Connection => fixture.Server!.Connection;

    private JournalOptions Options(string name) => new()
    {
        Store = JournalStoreKind.Postgres,
        Connection = Connection,
        Name = name,
    };

    private void Break() => Execute(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'pqms'");

    private object? Execute(string sql) => fixture.Server!.Execute(sql);
}
