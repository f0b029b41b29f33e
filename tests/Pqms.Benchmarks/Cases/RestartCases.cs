using System.Text;
using Pqms.Benchmarks.Harness;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Oracle;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Tests;

namespace Pqms.Benchmarks.Cases;

/// <summary>An oracle's restart after an hour of the default scenario, 3,600 blocks, with 100 open
/// reservations.</summary>
internal static class RestartCases
{
    private const int Blocks = 3_600;
    private const int Requests = 100;
    private const ulong Begin = 1_800_000_000;

    public static IReadOnlyList<Benchmark> Benchmarks { get; } =
    [
        New("restart-from-start", "s", double.NaN, OpenFromStart, m => m.WallSeconds, "computes all 3,600 blocks"),
        New("restart-restore", "ms", 100, OpenRestore, m => m.WallSeconds * 1e3, "reads the snapshot instead"),
        New("restart-snapshot", "ms", 100, OpenSnapshot, m => m.WallSeconds * 1e3, "what the loop waits for one"),
        New("restart-bytes", "kB", 10_000, OpenBytes, m => m.Operations / 1e3, "one snapshot in the journal"),
    ];

    private static Benchmark New(
        string name, string unit, double goal, Func<Func<Measurement>> open, Func<Measurement, double> value,
        string note) => new(name, unit, goal, _ => open(), value) { Note = note, MostRepetitions = 5 };

    private static Func<Measurement> OpenFromStart()
    {
        LedgerBlock[] blocks = Chain();
        return () => Meter.Time(1, () => Compute(blocks).Book.Computed);
    }

    private static Func<Measurement> OpenRestore()
    {
        JournalSnapshot snapshot = Compute(Chain()).Snapshot();
        return () => Meter.Time(1, () => Session().Restore(snapshot) is null ? 1.0 : throw new InvalidDataException());
    }

    private static Func<Measurement> OpenSnapshot()
    {
        OracleSession session = Compute(Chain());
        return () => Meter.Time(1, () => session.Snapshot().State.Length);
    }

    private static Func<Measurement> OpenBytes()
    {
        OracleSession session = Compute(Chain());
        return () => new Measurement(session.Snapshot().State.Length, 0.0, 0.0, 0.0);
    }

    private static OracleSession Compute(LedgerBlock[] blocks)
    {
        OracleSession session = Session();
        session.Apply(blocks);
        return session;
    }

    private static OracleSession Session()
    {
        ReadOnlyMemory<byte> file = ScenarioFile();
        var machine = new LedgerMachine(
            _ => true, EmulatedMesh.Factory(OracleOptions.ScenariosFrom(file), new MeshOptions()));
        return new OracleSession(
            machine, new NoJournal(), SilentObserver.Instance, new JournalOptions { SnapshotBlocks = 1_000_000 });
    }

    // Every report is accepted in the next block, as on a chain that keeps up; requests come in the first seconds.
    private static LedgerBlock[] Chain()
    {
        var blocks = new List<LedgerBlock>(Blocks);
        OracleSession ahead = Session();
        for (ulong number = 0; number < Blocks; number++)
        {
            List<LedgerEntry> entries =
            [
                .. ahead.Book.OwedReports(8).Select(report => new AcceptedEntry(
                    report.Report.Sequence, report.Hash, Begin + number, report.Report)),
            ];
            if (number == 0)
            {
                Bytes32 scenario = Keccak256.Hash(ScenarioFile());
                entries.Add(new EraStartedEntry(1, MeshVersion.Current, scenario, 1, default, default));
            }
            else if (number <= Requests)
            {
                entries.Add(new CommandEntry(new RequestCommand(
                    number, (int)number % 3, 1, Time(number), Time(number + 7_200), 0.9, 0.0, 1, 1)));
            }

            var block = new LedgerBlock(
                number, Keccak256.Hash(BitConverter.GetBytes(number)), Begin + number, entries, []);
            ahead.Apply([block]);
            blocks.Add(block);
        }

        return [.. blocks];
    }

    private static byte[] ScenarioFile() => Encoding.UTF8.GetBytes(Scenarios.Shipped("german-backbone"));

    private static MeshTime Time(ulong block) => MeshTime.FromSeconds((long)(Begin + block));
}
