using Pqms.Benchmarks.Harness;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Tests;

namespace Pqms.Benchmarks.Cases;

/// <summary>The journal's stores: logs in transactions of a run of blocks, and single signatures.</summary>
/// <remarks>Passed time, not processor time: the disk and PostgreSQL's own process count.</remarks>
internal static class JournalCases
{
    private const int Blocks = 250;
    private const int LogsPerBlock = 4;
    private const int Runs = 20;
    private const int Signatures = 50;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        New("journal-sqlite", "logs/s", 50_000, OpenSqlite, Append, "1,000 logs of 250 blocks in a transaction"),
        New("journal-sqlite-sign", "1/s", 20, OpenSqlite, Sign, "one signature in a transaction, written through"),
        .. PostgresServer.SkipReason is null
            ? [
                New("journal-postgres", "logs/s", 20_000, OpenPostgres, Append, "the same; server without fsync"),
                New("journal-postgres-sign", "1/s", 20, OpenPostgres, Sign, "the same; server without fsync"),
            ]
            : Array.Empty<Benchmark>(),
    ];

    private static Benchmark New(
        string name, string unit, double goal, Func<IJournal> open, Func<IJournal, int, int> write, string note) =>
        new(name, unit, goal, _ => Repeat(open, write), m => m.Operations / m.WallSeconds)
        {
            MoreIsBetter = true,
            Note = note,
            MostRepetitions = 5,
        };

    private static Func<Measurement> Repeat(Func<IJournal> open, Func<IJournal, int, int> write)
    {
        IJournal journal = open();
        int round = 0;
        return () =>
        {
            int written = 0;
            Measurement taken = Meter.Time(1, () => written = write(journal, round++));
            return taken with { Operations = written };
        };
    }

    private static int Append(IJournal journal, int round)
    {
        int added = 0;
        for (int run = 0; run < Runs; run++)
        {
            added += journal.Append(RunOf((ulong)(((round * Runs) + run) * Blocks)));
        }

        return added;
    }

    private static int Sign(IJournal journal, int round)
    {
        for (int i = 0; i < Signatures; i++)
        {
            ulong sequence = (ulong)((round * Signatures) + i);
            journal.RecordSignature(new SignedReport(1, sequence, Name(sequence), sequence, Name(sequence)));
        }

        return Signatures;
    }

    private static JournalBatch RunOf(ulong first)
    {
        var batch = new JournalBatch();
        for (ulong number = first; number < first + Blocks; number++)
        {
            Bytes32 hash = Name(number);
            for (uint log = 0; log < LogsPerBlock; log++)
            {
                batch.Logs.Add(new JournaledLog(number, hash, log, hash, default, new byte[64], new byte[96]));
            }

            batch.Cursor = new JournalCursor(number, hash);
        }

        return batch;
    }

    private static Bytes32 Name(ulong number) => Keccak256.Hash(BitConverter.GetBytes(number));

    private static IJournal OpenSqlite()
    {
        string folder = Directory.CreateTempSubdirectory("pqms-bench-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return SqliteJournal.Open(Path.Combine(folder, "journal.db"));
    }

    private static IJournal OpenPostgres()
    {
        var server = new PostgresServer();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Dispose();
        return PostgresJournal.Open(
            new JournalOptions { Store = JournalStoreKind.Postgres, Connection = server.Connection }, "bench");
    }
}
