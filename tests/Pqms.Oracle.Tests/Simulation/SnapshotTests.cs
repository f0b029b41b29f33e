using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Journal;
using Pqms.Oracle.Loop;
using Pqms.Tests;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>A restart from a snapshot against a computation from the era's start.</summary>
public sealed class SnapshotTests
{
    private static readonly JournalOptions Often = new() { SnapshotBlocks = 16 };

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Restore_GivenAnyBlockOfAStorm_givesTheSameBytesAsFromTheStart(int seed)
    {
        using var storm = new Storm(seed, challengeSeconds: (uint)(seed % 2) * 30);
        AddInventory(storm);
        storm.Run(150);
        CheckEveryCut(storm.Chain, era => new FakeMesh(era), cuts: 12, seed);
    }

    [Theory]
    [InlineData("three-repeaters", 61)]
    [InlineData("german-backbone", 62)]
    public void Restore_GivenTheRealMesh_givesTheSameBytesAsFromTheStart(string scenario, int seed)
    {
        byte[] file = RealMeshTests.ReadScenario(scenario);
        MeshFactory meshes = RealMeshTests.Meshes(file);
        using var storm = new Storm(seed, meshes: meshes, scenario: Keccak256.Hash(file));
        AddInventory(storm);
        storm.Run(60);
        CheckEveryCut(storm.Chain, meshes, cuts: TestProfile.Count(usual: 2, nightly: 20), seed);
    }

    [Fact]
    public void Run_GivenManySnapshotsKillsAndReorganisations_losesAndDoublesNothing()
    {
        int seeds = TestProfile.Count(usual: 8, nightly: 200);
        int restored = 0;
        for (int seed = 501; seed <= 500 + seeds; seed++)
        {
            using var storm = new Storm(seed, options: Often);
            storm.Run(400);
            restored += storm.Process.StartedAfter.Count(block => block is not null);
            Assert.Empty(storm.Process.Notes);
        }

        Assert.True(restored >= 2 * seeds, $"{restored} sessions of {seeds} storms began from a snapshot");
    }

    [Fact]
    public void Follow_GivenARestart_computesNoMoreBlocksThanTheBound()
    {
        using var storm = new Storm(71, options: Often);
        for (UInt128 id = 1; id <= 200; id++)
        {
            storm.Chain.Send(FakeLedger.Request(id, 2, 300));
            storm.Chain.Mine(1);
            storm.Process.Follow(int.MaxValue);
            storm.Process.Settle();
        }

        storm.Process.Kill();
        storm.Process.Follow(int.MaxValue);
        ulong? after = storm.Process.StartedAfter[^1];
        Assert.NotNull(after);
        Assert.InRange(storm.Chain.Tip.Ledger.Number - after.Value, 0ul, (ulong)Often.SnapshotBlocks);
        storm.Calm();
        Verdict.Check(storm.Chain, storm.Process.Journal, "restart from a snapshot");
    }

    [Fact]
    public void Follow_GivenSnapshotsOfOrphanedBlocks_takesAnOlderOneOrTheStart()
    {
        using var storm = new Storm(72, options: Often);
        Fill(storm, 100);
        storm.Process.Kill();
        storm.Chain.Reorganise(20);
        storm.Process.Follow(int.MaxValue);
        ulong after = storm.Process.StartedAfter[^1]!.Value;
        Assert.True(after < 100, $"block {after}");
        storm.Process.Kill();
        storm.Chain.Reorganise(95);
        storm.Process.Follow(int.MaxValue);
        Assert.Null(storm.Process.StartedAfter[^1]);
        storm.Calm();
        Verdict.Check(storm.Chain, storm.Process.Journal, "orphaned snapshots");
    }

    [Fact]
    public void Follow_GivenDamagedSnapshots_computesFromTheStartAndSaysWhy()
    {
        using var storm = new Storm(73, options: Often);
        Fill(storm, 60);
        JournalSnapshot whole = storm.Process.Snapshot();
        byte[] changed = [.. whole.State];
        changed[changed.Length / 2] ^= 1;
        storm.Process.Journal.DropSnapshots();
        storm.Process.Journal.Append(new JournalBatch { Snapshot = whole with { State = changed } });
        storm.Process.Kill();
        storm.Process.Follow(int.MaxValue);
        Assert.Null(storm.Process.StartedAfter[^1]);
        Assert.Contains("it is damaged", Assert.Single(storm.Process.Notes), StringComparison.Ordinal);
        storm.Calm();
        Verdict.Check(storm.Chain, storm.Process.Journal, "damaged snapshot");
    }

    [Fact]
    public void Restore_GivenSnapshotOfAnotherMeshVersion_saysWhich()
    {
        using var storm = new Storm(74, options: Often);
        Fill(storm, 10);
        JournalSnapshot old = storm.Process.Snapshot() with { MeshVersion = 1 };
        Assert.Contains("mesh version 1", New(era => new FakeMesh(era)).Restore(old)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Restore_GivenAnyBytesUnderARightDigest_refusesAndNeverThrows()
    {
        using var storm = new Storm(75, options: Often);
        Fill(storm, 30);
        JournalSnapshot whole = storm.Process.Snapshot();
        byte[] state = whole.State[..^32];
        var random = new Random(75);
        for (int i = 0; i < 300; i++)
        {
            byte[] forged = i % 2 == 0 ? state[..random.Next(state.Length)] : [.. state, .. new byte[i]];
            byte[] sealedBytes = [.. forged, .. System.Security.Cryptography.SHA256.HashData(forged)];
            Assert.NotNull(New(era => new FakeMesh(era)).Restore(whole with { State = sealedBytes }));
        }
    }

    [Fact]
    public void Follow_GivenPrunedAndLostBatchFiles_computesOnlyTheLostOnesAgain()
    {
        using var storm = new Storm(76, options: Often with { KeepLogBlocks = 40, KeepBatchBlocks = 40 });
        Fill(storm, 120);
        long logs = storm.Process.Journal.CountLogs();
        JournaledReport[] reports = [.. storm.Process.Journal.Reports(0, 1000)];
        Assert.Null(storm.Process.Journal.Batch(reports[0].DataHash));
        Assert.True(logs < 250, $"{logs} logs are kept");
        storm.Process.Kill();
        storm.Process.Follow(int.MaxValue);
        Assert.NotNull(storm.Process.StartedAfter[^1]);

        using var all = new OracleProcess(
            storm.DataFolder, () => storm.Chain, [Storm.Key(1)], era => new FakeMesh(era), options: Often);
        storm.Process.Kill();
        all.Follow(int.MaxValue);
        Assert.Null(all.StartedAfter[^1]);
        Assert.All(reports, report => Assert.NotNull(all.Journal.Batch(report.DataHash)));
        Assert.True(all.Journal.CountLogs() > logs);
    }

    public static TheoryData<int> Seeds() => TestProfile.Range(601, 606, 700);

    private static void Fill(Storm storm, int blocks)
    {
        for (int i = 1; i <= blocks; i++)
        {
            storm.Chain.Send(FakeLedger.Request((UInt128)(ulong)i, 2, 300));
            storm.Chain.Mine(1);
            storm.Process.Follow(int.MaxValue);
            storm.Process.Settle();
        }
    }

    private static void AddInventory(Storm storm)
    {
        storm.Chain.Send(FakeInventory.Open(1_000_007, pool: 1, count: 3));
        storm.Chain.Send(FakeInventory.Open(1_000_008, pool: 2, count: 2));
        storm.Chain.Send(FakeInventory.Accept(1_000_007));
        storm.Chain.Mine(1);
    }

    private static OracleSession New(MeshFactory meshes) => new(
        new LedgerMachine(_ => true, meshes), new NoJournal(), SilentObserver.Instance, Often);

    private static void CheckEveryCut(FakeChain chain, MeshFactory meshes, int cuts, int seed)
    {
        LedgerBlock[] blocks = [.. chain.Blocks.Select(block => block.Ledger)];
        var random = new Random(seed);
        for (int i = 0; i < cuts; i++)
        {
            int cut = random.Next(2, blocks.Length - 1);
            OracleSession one = New(meshes);
            one.Apply(blocks[..cut]);
            JournalSnapshot snapshot = one.Snapshot();
            OracleSession two = New(meshes);
            Assert.Null(two.Restore(snapshot));
            Assert.Equal(snapshot.State, two.Snapshot().State);
            Assert.Equal(one.Followed!.Timestamp, two.Followed!.Timestamp);
            for (int block = cut; block < blocks.Length; block++)
            {
                one.Apply([blocks[block]]);
                two.Apply([blocks[block]]);
                CheckOwed(one.Book, two.Book, $"seed {seed}, cut {cut}, block {block}");
            }

            Assert.Equal(one.Snapshot().State, two.Snapshot().State);
        }
    }

    private static void CheckOwed(ReportBook one, ReportBook two, string context)
    {
        IReadOnlyList<SealedReport> left = one.OwedReports(int.MaxValue);
        IReadOnlyList<SealedReport> right = two.OwedReports(int.MaxValue);
        bool equal = left.Count == right.Count && left.Zip(right).All(pair =>
            pair.First.Hash == pair.Second.Hash && pair.First.Report == pair.Second.Report
            && pair.First.Decisions.SequenceEqual(pair.Second.Decisions)
            && pair.First.Lines.SequenceEqual(pair.Second.Lines)
            && pair.First.Batch.Bytes.Span.SequenceEqual(pair.Second.Batch.Bytes.Span));
        Assert.True(equal && one.CountOwed() == two.CountOwed() && one.Accepted == two.Accepted, context);
    }
}
