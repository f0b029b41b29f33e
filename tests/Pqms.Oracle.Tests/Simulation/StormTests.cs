using Pqms.Ethereum.Crypto;
using Pqms.Mesh;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Settlement;
using Pqms.Sdk.Ledger;
using Pqms.Tests;

namespace Pqms.Oracle.Tests.Simulation;

public sealed class StormTests
{
    [Fact]
    public void Run_GivenManySeeds_losesAndDoublesNothing()
    {
        int seeds = TestProfile.Count(usual: 12, nightly: 300);
        int kills = 0, rebuilds = 0, reorganisations = 0;
        ulong reports = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            using var storm = new Storm(seed);
            storm.Run(400);
            kills += storm.Process.Kills;
            rebuilds += storm.Process.Rebuilds;
            reorganisations += storm.Reorganisations;
            reports += storm.Chain.Tip.After.Sequence;
        }

        // The storm must have blown: a run without kills or reports would prove nothing.
        Assert.True(
            Math.Min(kills, Math.Min(rebuilds, reorganisations)) >= 2 * seeds,
            $"{kills} kills, {rebuilds} rebuilds, {reorganisations} reorganisations");
        Assert.True(reports >= 25 * (ulong)seeds, $"{reports} reports");
    }

    [Theory]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public void Run_GivenTwoOfThreeAndChallengeWindow_losesAndDoublesNothing(int seed)
    {
        using var storm = new Storm(seed, threshold: 2, challengeSeconds: 30);
        storm.Run(300);
    }

    [Fact]
    public void Kill_AtEveryPlaceThatTouchesTheWorld_changesNothingOnChain()
    {
        for (int place = 1; place <= 40; place++)
        {
            using var storm = new Storm(7);
            storm.Chain.Send(FakeLedger.Request(1, 5, 20));
            storm.Chain.Mine(1);
            storm.Process.Bomb.Arm(place);
            for (int i = 0; i < 12; i++)
            {
                storm.Process.Follow(int.MaxValue);
                storm.Process.Settle();
                if (i == 5)
                {
                    storm.Chain.Send(FakeLedger.Take(1, 3));
                }

                storm.Chain.Mine(1);
            }

            storm.Calm();
            Verdict.Check(storm.Chain, storm.Process.Journal, $"place {place}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(20)]
    public void Reorganise_GivenAcceptedReports_rebuildsAndReportsAgain(int depth)
    {
        using var storm = new Storm(3);
        for (UInt128 id = 1; id <= 30; id++)
        {
            storm.Chain.Send(FakeLedger.Request(id, 2, 300));
            storm.Chain.Mine(1);
            storm.Process.Follow(int.MaxValue);
            storm.Process.Settle();
        }

        ulong before = storm.Chain.Tip.After.Sequence;
        storm.Chain.Reorganise(depth);
        storm.Calm();
        Assert.True(before > 20);
        Assert.Equal(1, storm.Process.Rebuilds);
        Verdict.Check(storm.Chain, storm.Process.Journal, $"depth {depth}");
    }

    [Fact]
    public void Follow_GivenRequest_grantsWithinTwoBlocks()
    {
        using var storm = new Storm(5);
        storm.Process.Follow(int.MaxValue);
        storm.Chain.Send(FakeLedger.Request(1, 5, 600));
        storm.Chain.Mine(1);
        ulong requested = storm.Chain.Tip.Ledger.Number;
        storm.Process.Follow(int.MaxValue);
        storm.Process.Settle();
        storm.Chain.Mine(1);
        Assert.Equal(FakeStatus.Granted, storm.Chain.Tip.After.Reservations[1].Status);
        Assert.Equal(requested + 1, storm.Chain.Tip.Ledger.Number);
    }

    [Fact]
    public void Settle_GivenReportThatTheNodeLost_sendsItAgainAfterTenBlocks()
    {
        using var storm = new Storm(6);
        storm.Chain.Send(FakeLedger.Request(1, 5, 600));
        storm.Chain.Mine(1);
        storm.Process.Follow(int.MaxValue);
        storm.Process.Settle();
        Assert.Equal(1, storm.Chain.PoolSize);
        storm.Chain.LosePool();
        for (ulong block = 0; block <= SettlementStepper.RetryAfterBlocks; block++)
        {
            Assert.Equal(FakeStatus.Requested, storm.Chain.Tip.After.Reservations[1].Status);
            storm.Chain.Mine(1);
            storm.Process.Follow(int.MaxValue);
            storm.Process.Settle();
        }

        storm.Chain.Mine(1);
        Assert.Equal(FakeStatus.Granted, storm.Chain.Tip.After.Reservations[1].Status);
    }

    [Fact]
    public void Settle_GivenBacklogOlderThanTheHubReaches_anchorsAndCatchesUp()
    {
        using var storm = new Storm(9);
        for (UInt128 id = 1; id <= 100; id++)
        {
            storm.Chain.Send(FakeLedger.Request(id, 2, 600));
            storm.Chain.Mine(3);
            storm.Chain.Mine(3);
            storm.Chain.Mine(3);
        }

        storm.Calm();
        Assert.All(storm.Chain.Tip.After.Reservations.Values, held => Assert.Equal(1, held.Decided));
    }

    [Fact]
    public void Follow_GivenMoreDecisionsThanOneReportCarries_putsTheRestFirstInTheNext()
    {
        using var storm = new Storm(11);
        for (UInt128 id = 1; id <= 150; id++)
        {
            storm.Chain.Send(FakeLedger.Request(id, 2, 10));
        }

        for (int block = 0; block < 4; block++)
        {
            storm.Chain.Mine(1);
        }

        storm.Process.Follow(int.MaxValue);
        IReadOnlyList<SealedReport> owed = storm.Process.Book.OwedReports(8);
        Assert.Equal([64, 64, 22], owed.Select(report => report.Decisions.Length));
        Assert.Equal(150, owed[0].Batch.Leaves.Count(leaf => leaf is Pqms.Sdk.Leaves.DecisionLeaf));
        Assert.Equal(
            Enumerable.Range(1, 150).Select(id => (UInt128)(ulong)id),
            owed.SelectMany(report => report.Decisions).Select(decision => decision.Id));
        storm.Calm();
        Verdict.Check(storm.Chain, storm.Process.Journal, "many decisions");
    }

    [Fact]
    public void Follow_GivenChainRestartedWithOtherGenesis_startsANewJournal()
    {
        using var folder = new TemporaryFolder();
        EthereumKey key = Storm.Key(1);
        FakeChain chain = new(1, [key.Address], 1);
        for (int life = 1; life <= 2; life++)
        {
            chain = new FakeChain(life, [key.Address], 1);
            using var process = new OracleProcess(folder.Path, () => chain, [key], era => new FakeMesh(era));
            chain.Send(FakeLedger.StartEra((ulong)life));
            chain.Send(FakeLedger.Request(1, 3, 10));
            for (int i = 0; i < 20; i++)
            {
                chain.Mine(1);
                process.Follow(int.MaxValue);
                process.Settle();
            }

            Verdict.Check(chain, process.Journal, $"life {life}");
        }

        Assert.Equal(2, Directory.GetDirectories(folder.Path).Length);
    }

    [Fact]
    public void Follow_GivenFalseReportOnChain_stopsAndNamesTheEvent()
    {
        using var storm = new Storm(13, meshes: era => new FakeMesh(era));
        storm.Chain.Send(FakeLedger.Request(1, 5, 600));
        storm.Chain.Mine(1);
        storm.Process.Follow(int.MaxValue);
        SealedReport honest = Assert.Single(storm.Process.Book.OwedReports(5));
        var lie = new Pqms.Sdk.Leaves.Batch(
            honest.Report.Era, honest.Report.Sequence, [.. honest.Batch.Leaves.Skip(1)]);
        storm.Process.Journal.Append(new() { Batches = { (lie.DataHash, lie.Bytes.ToArray()) } });
        ulong count = (ulong)lie.Leaves.Count;
        var body = honest.Report with { EventsRoot = lie.Tree.Root, DataHash = lie.DataHash, Count = count };
        SealedReport forged = honest with { Report = body, Hash = ReportHashes.OfReport(body), Batch = lie };
        var digest = new AttestationDigest(FakeChain.ChainId, FakeChain.Hub, 1, storm.Chain.Signers, 1);
        byte[][] signatures = [Storm.Key(1).Sign(digest.Of(forged.Hash, 0, default)).To65Bytes()];
        storm.Chain.Send(FakeLedger.Submit(storm.Chain, forged, signatures, 0, default));
        storm.Chain.Mine(1);
        DivergenceException divergence =
            Assert.Throws<DivergenceException>(() => storm.Process.Follow(int.MaxValue));
        Assert.Equal(1ul, divergence.Sequence);
        Assert.Contains("eventsRoot", divergence.Message, StringComparison.Ordinal);
        Assert.Contains("leaf 0", divergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Follow_GivenOtherMeshVersion_saysWhichVersionIsNeeded()
    {
        MeshFactory meshes = EmulatedMesh.Factory(_ => null, null);
        OracleException refusal = Assert.Throws<OracleException>(() => meshes(new EraStart(
            1, MeshVersion.Current + 1, default, 1, default, default, 5, FakeChain.GenesisTime, 0)));
        Assert.Contains($"needs mesh version {MeshVersion.Current + 1}", refusal.Message, StringComparison.Ordinal);
    }
}
