using Pqms.Mesh.Scenarios;
using Pqms.Tests;

namespace Pqms.Mesh.Tests.Engine;

public sealed class DeterminismTests
{
    // Changes with any byte of the event log. Whoever changes it raises MeshVersion.Current and writes both down here.
    private const uint GoldenVersion = 3;
    private const string GoldenHash = "6a75bead5f3c27a13ef3a0d349a935f59ca04b67560f0bf3887d96a6881e646b";
    private const string GoldenOrdersHash = "a6fecbf514399e998d787a7d74a4e45b444985e355917aa01ce4c27f10db23f0";

    [Fact]
    public void StateHash_GivenTheGoldenRun_isTheCommittedOneOfThisVersion()
    {
        Assert.Equal((GoldenVersion, GoldenHash), (MeshVersion.Current, GoldenRun.Hash(threads: 1)));
    }

    [Fact]
    public void StateHash_GivenGroupsExtensionsAndOrders_isTheCommittedOneOfThisVersion()
    {
        Assert.Equal((GoldenVersion, GoldenOrdersHash), (MeshVersion.Current, GoldenRun.OrdersHash()));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void StateHash_GivenMoreThreads_isTheSame(int threads)
    {
        MeshEmulator one = GoldenRun.Run(1);
        MeshEmulator several = GoldenRun.Run(threads);

        Assert.Equal(one.StateHash(), several.StateHash());
        Assert.Equal(one.DrainReportItems(), several.DrainReportItems());
        Assert.Equal(one.DrainChangedPools(), several.DrainChangedPools());
    }

    [Theory]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_TieredPGO")]
    [InlineData("DOTNET_TieredCompilation")]
    public void StateHash_GivenAJitSettingOff_isTheSame(string variable)
    {
        Assert.Equal(GoldenRun.Hash(threads: 1), ChildProgram.Run(variable, "0"));
    }

    [Fact]
    public void AdvanceTo_GivenAWarmUpThatBeginsBeforeTheEpoch_fillsThePoolsAsElsewhere()
    {
        var mesh = new MeshEmulator(TestScenarios.Chain(3), seed: 1, MeshTime.FromSeconds(0));

        mesh.AdvanceTo(MeshTime.FromSeconds(10));

        Assert.True(mesh.View(0).Counters.Stock > 0, "the pool is empty");
    }

    [Fact]
    public void AdvanceTo_GivenTheSameCommandsInOneStepOrManyOrFromSnapshots_endsInTheSameState()
    {
        int seeds = TestProfile.Count(usual: 8, nightly: 500);
        for (int seed = 1; seed <= seeds; seed++)
        {
            Script script = Script.Random(new Random(seed));

            MeshEmulator coarse = script.Play(null);
            IReadOnlyList<MeshReportItem> items = script.Items;
            MeshEmulator fine = script.Play(new Random(seed + 1000));

            Assert.Equal((seed, Hash(coarse)), (seed, Hash(fine)));
            Assert.Equal(coarse.Totals, fine.Totals);
            Assert.Equal(items, script.Items);
            Assert.Equal(coarse.View(0), fine.View(0));
            MeshEmulator restored = script.Play(new Random(seed + 2000), snapshots: true);
            Assert.Equal((seed, Hash(coarse)), (seed, Hash(restored)));
            Assert.Equal(items, script.Items);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void AdvanceTo_GivenEverythingAtOnce_isTheSameInManyStepsOnThreadsAndFromSnapshots(int variant)
    {
        int seeds = TestProfile.Count(usual: 1, nightly: 20);
        for (int seed = 1; seed <= seeds; seed++)
        {
            Scenario scenario = WildScenario.Of(variant);
            Script script = Script.Random(new Random(seed));

            MeshEmulator coarse = script.Play(null, scenario);
            IReadOnlyList<MeshReportItem> items = script.Items;
            MeshEmulator fine = script.Play(new Random(seed + 1000), scenario, threads: 2);
            Assert.Equal((seed, Hash(coarse)), (seed, Hash(fine)));
            Assert.Equal(items, script.Items);
            Assert.Equal(Drained(coarse), Drained(fine));
            MeshEmulator restored = script.Play(new Random(seed + 2000), scenario, snapshots: true);
            Assert.Equal((seed, Hash(coarse)), (seed, Hash(restored)));
            Assert.Equal(items, script.Items);
            Assert.Equal(Drained(coarse), Drained(restored));
        }
    }

    [Fact]
    public void StateHash_GivenAnotherSeed_differs()
    {
        MeshEmulator first = TestScenarios.Started(TestScenarios.Chain(2), seed: 1);
        MeshEmulator second = TestScenarios.Started(TestScenarios.Chain(2), seed: 2);

        Assert.NotEqual(first.StateHash(), second.StateHash());
    }

    [Fact]
    public void Observe_GivenAnObserver_seesEveryEventInOrderAndChangesNothing()
    {
        Recorder recorder = new();
        MeshEmulator watched = TestScenarios.Started(TestScenarios.Chain(4, 3), 1, new MeshOptions(2, recorder));
        MeshEmulator alone = TestScenarios.Started(TestScenarios.Chain(4, 3));

        Assert.Equal(alone.StateHash(), watched.StateHash());
        Assert.Equal(watched.Totals.Events, (ulong)recorder.Events.Count);
        Assert.Equal(
            recorder.Events.OrderBy(e => e.At).ThenBy(e => e.Entity).ThenBy(e => e.Counter), recorder.Events);
    }

    // What was last drained is part of the state, and steps drain.
    private static byte[] Drained(MeshEmulator mesh)
    {
        mesh.DrainChangedPools();
        return mesh.Snapshot();
    }

    private static string Hash(MeshEmulator mesh) => Convert.ToHexStringLower(mesh.StateHash());

    private sealed class Recorder : IMeshObserver
    {
        public List<MeshEvent> Events { get; } = [];

        public void Observe(in MeshEvent meshEvent) => Events.Add(meshEvent);
    }
}
