using System.Diagnostics.CodeAnalysis;
using Pqms.Ethereum;
using Pqms.Ethereum.Crypto;
using Pqms.Oracle.Loop;
using Pqms.Oracle.Replay;
using Pqms.Sdk.Leaves;

namespace Pqms.Oracle.Tests.Simulation;

/// <summary>The whole oracle with the mesh emulator in it.</summary>
public sealed class RealMeshTests
{
    [Fact]
    public async Task Run_GivenStorm_losesNothingAndReplaysEqual()
    {
        using Storm storm = Open("three-repeaters", 31);
        storm.Run(150);
        Assert.Contains(
            storm.Chain.Tip.After.Reservations.Values, held => held.Status == FakeStatus.Settled && held.Takes > 0);
        await CheckReplay(storm, "three-repeaters");
    }

    [Fact]
    public async Task Follow_GivenFirstReservationOfTheBackbone_grantsTakesSettlesAndReplays()
    {
        using Storm storm = Open("german-backbone", 32);
        storm.Chain.Send(FakeLedger.Request(2, 15, 600));
        Turn(storm, 3);
        Assert.Equal(FakeStatus.Granted, storm.Chain.Tip.After.Reservations[2].Status);
        storm.Chain.Send(FakeLedger.Take(2, 5));
        Turn(storm, 3);
        storm.Chain.Send(FakeLedger.Release(2));
        Turn(storm, 4);
        FakeReservation held = storm.Chain.Tip.After.Reservations[2];
        Assert.Equal((FakeStatus.Settled, 5ul), (held.Status, held.Takes));
        Leaf[] leaves = Leaves(storm);
        Assert.Equal(5, leaves.OfType<TakeLeaf>().Count(take => take.Result == TakeResult.Delivered));
        Assert.All(leaves.OfType<TakeLeaf>(), take => Assert.True(take.FidelityEstimatePpm >= 950_000));
        await CheckReplay(storm, "german-backbone");
    }

    [Fact]
    public async Task Follow_GivenANewEraWhileAGrantStands_servesSettlesAndReplaysBoth()
    {
        using Storm storm = Open("german-backbone", 33);
        storm.Chain.Send(FakeLedger.Request(2, 5, 600));
        storm.Chain.Send(FakeInventory.Open(7, pool: 1, count: 3));
        storm.Chain.Send(FakeInventory.Accept(7));
        Turn(storm, 100);
        Assert.Equal(FakeStatus.Granted, storm.Chain.Tip.After.Reservations[2].Status);
        Assert.Equal(FakeOrderStatus.Delivered, storm.Chain.Tip.After.Orders[7].Status);
        storm.Chain.Send(FakeHub.Disable(storm.Chain.Tip.After.Sequence));
        Turn(storm, 3);
        storm.Chain.Send(FakeLedger.StartEra(34, Keccak256.Hash(ReadScenario("german-backbone"))));
        Turn(storm, 5);
        storm.Chain.Send(FakeLedger.Take(2, 2));
        Turn(storm, 5);
        storm.Chain.Mine(600);
        Turn(storm, 5);
        Assert.Equal(FakeStatus.Settled, storm.Chain.Tip.After.Reservations[2].Status);
        SettlementLeaf settled = Assert.Single(Leaves(storm).OfType<SettlementLeaf>());
        Assert.Equal(5ul * 600 * 1_000_000, settled.Promised);
        Assert.InRange((double)settled.Delivered / (double)settled.Promised, 0.5, 0.9);
        await CheckReplay(storm, "german-backbone", reports: null);
    }

    [Fact]
    public void Factory_GivenOtherScenarioBytes_refusesAndNamesBothHashes()
    {
        byte[] scenario = ReadScenario("three-repeaters");
        Bytes32 wanted = Bytes.Hash("another file");
        MeshFactory meshes = EmulatedMesh.Factory(_ => scenario, null);
        OracleException refusal = Assert.Throws<OracleException>(() => meshes(Era(wanted)));
        Assert.Contains(wanted.ToString(), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Keccak256.Hash(scenario).ToString(), refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factory_GivenScenarioMissing_saysSo()
    {
        OracleException refusal = Assert.Throws<OracleException>(
            () => EmulatedMesh.Factory(_ => null, null)(Era(Bytes.Hash("a file"))));
        Assert.Contains("not at hand", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Factory_GivenBrokenScenario_namesPathAndRange()
    {
        byte[] broken = "{}"u8.ToArray();
        OracleException refusal = Assert.Throws<OracleException>(
            () => EmulatedMesh.Factory(_ => broken, null)(Era(Keccak256.Hash(broken))));
        Assert.Contains("$.", refusal.Message, StringComparison.Ordinal);
    }

    private static void Turn(Storm storm, int blocks)
    {
        for (int i = 0; i < blocks; i++)
        {
            storm.Chain.Mine(1);
            storm.Process.Follow(int.MaxValue);
            storm.Process.Settle();
        }
    }

    private static Storm Open(string name, int seed)
    {
        byte[] scenario = ReadScenario(name);
        return new Storm(seed, meshes: Meshes(scenario), scenario: Keccak256.Hash(scenario));
    }

    internal static MeshFactory Meshes(byte[] scenario) =>
        EmulatedMesh.Factory(OracleOptions.ScenariosFrom(scenario), null);

    private static Leaf[] Leaves(Storm storm) =>
    [
        .. storm.Chain.Blocks.SelectMany(block => block.Ledger.Entries).OfType<AcceptedEntry>()
            .SelectMany(a => Batch.Parse(storm.Process.Journal.Batch(a.Report.DataHash)!).Leaves),
    ];

    private static Task CheckReplay(Storm storm, string name) =>
        CheckReplay(storm, name, storm.Chain.Tip.After.Sequence);

    private static async Task CheckReplay(Storm storm, string name, ulong? reports)
    {
        ReplayResult result = await ReplayRunner.RunAsync(
            new ReplayRun(Meshes(ReadScenario(name)), storm.Process.Journal.Batch),
            Blocks(storm.Chain),
            0,
            storm.Chain.Tip.Ledger.Number,
            null,
            CancellationToken.None);
        Assert.Null(result.First);
        Assert.Equal(reports ?? result.Reports, result.Reports);
    }

    [SuppressMessage("Usage", "MA0045", Justification = "A file of the repository, read once.")]
    internal static byte[] ReadScenario(string name)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Pqms.sln")))
        {
            folder = folder.Parent;
        }

        return File.ReadAllBytes(Path.Combine(folder!.FullName, "scenarios", $"{name}.json"));
    }

    private static EraStart Era(Bytes32 scenario) =>
        new(1, Pqms.Mesh.MeshVersion.Current, scenario, 1, default, default, 5, FakeChain.GenesisTime, 0);

    private static async IAsyncEnumerable<LedgerBlock> Blocks(FakeChain chain)
    {
        foreach (FakeBlock block in chain.Blocks)
        {
            yield return block.Ledger;
        }

        await Task.CompletedTask;
    }
}
