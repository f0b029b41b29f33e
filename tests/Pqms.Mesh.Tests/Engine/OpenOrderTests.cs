using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Tests.Engine;

/// <summary>Orders that are open while something else happens: snapshots, cancellations, isolation, steps.</summary>
public sealed class OpenOrderTests
{
    private readonly Scenario _scenario = TestScenarios.Chain(8, 3);

    [Fact]
    public void Restore_GivenOrdersPartlyCollected_goesOnByteByByte()
    {
        MeshEmulator mesh = WithOpenOrders();
        byte[] snapshot = mesh.Snapshot();
        MeshEmulator restored = MeshEmulator.Restore(_scenario, 1, TestScenarios.At(1000), snapshot);
        Assert.Equal(snapshot, restored.Snapshot());
        ulong aside = mesh.Statistics(0).SetAside;
        Assert.InRange(aside, 1UL, 299UL);
        Assert.Equal(aside, restored.Statistics(0).SetAside);

        IReadOnlyList<MeshReportItem> items = Finish(mesh);
        Assert.Equal(items, Finish(restored));
        Assert.Equal(mesh.Snapshot(), restored.Snapshot());
        Assert.Equal(mesh.StateHash(), restored.StateHash());
        Assert.Equal([(UInt128)7, 8], items.OfType<ProductionItem>().Select(item => item.OrderId));
        Assert.Equal(
            new SettlementItem(1, 675_000_000, 675_000_000), items.OfType<SettlementItem>().Single());
    }

    [Fact]
    public void Restore_GivenOpenOrders_stillRefusesTheirIdsAndCancelsThem()
    {
        MeshEmulator restored = MeshEmulator.Restore(
            _scenario, 1, TestScenarios.At(1000), WithOpenOrders().Snapshot());

        Assert.Throws<ArgumentException>(() => restored.Apply(new ProduceCommand(7, 0, 1)));
        restored.Apply(new CancelProductionCommand(7));
        Assert.Equal([(UInt128)8], Finish(restored).OfType<ProductionItem>().Select(item => item.OrderId));
    }

    [Fact]
    public void AdvanceTo_GivenOpenOrders_isTheSameInOneStepOrMany()
    {
        MeshEmulator coarse = WithOpenOrders();
        MeshEmulator fine = WithOpenOrders();
        IReadOnlyList<MeshReportItem> items = Finish(coarse);
        for (long at = TestScenarios.At(1010).Nanoseconds; at < TestScenarios.At(1300).Nanoseconds; at += 137_000_001)
        {
            fine.AdvanceTo(new MeshTime(at));
        }

        Assert.Equal(items, Finish(fine));
        Assert.Equal(coarse.Snapshot(), fine.Snapshot());
    }

    [Fact]
    public void Apply_WhenTheFirstIsCancelled_countsNothingOfItForTheNext()
    {
        MeshEmulator mesh = WithOpenOrders();
        ulong aside = mesh.Statistics(0).SetAside;
        mesh.Apply(new CancelProductionCommand(7));
        ProductionItem item = Assert.Single(Finish(mesh).OfType<ProductionItem>());

        Assert.Equal(((UInt128)8, 20), (item.OrderId, item.Count));
        Assert.Equal(aside + 20, mesh.Statistics(0).SetAside);
    }

    [Fact]
    public void Apply_WhenIsolatedHalfway_keepsWhatWasSetAside()
    {
        MeshEmulator mesh = WithOpenOrders();
        ulong aside = mesh.Statistics(0).SetAside;
        mesh.Apply(new IsolatePoolCommand(0, true));
        mesh.AdvanceTo(TestScenarios.At(1020));
        Assert.Equal(aside, mesh.Statistics(0).SetAside);
        mesh.Apply(new IsolatePoolCommand(0, false));

        Assert.Equal(
            [((UInt128)7, 300), (8, 20)],
            Finish(mesh).OfType<ProductionItem>().Select(item => (item.OrderId, item.Count)));
        Assert.Equal(320UL, mesh.Statistics(0).SetAside);
    }

    [Fact]
    public void AdvanceTo_GivenAnOrder_answersTheMeansOfEachMomentOfCollection()
    {
        EventRecorder recorder = new();
        MeshEmulator mesh = TestScenarios.Started(_scenario, options: new MeshOptions(1, recorder));
        mesh.Apply(new ProduceCommand(7, 0, 150));
        ProductionItem item = Finish(mesh).OfType<ProductionItem>().Single();
        List<MeshEvent> taken = [.. recorder.Events.Where(
            e => e.Kind == MeshEventKind.PairTaken && e.Reservation == 7)];

        Assert.Equal(150, taken.Count);
        Assert.Equal(taken[^1].At, item.At);
        Assert.Equal(taken.Average(e => BitConverter.UInt64BitsToDouble(e.Value)), item.FidelityTrueMean, 1e-12);
        Assert.InRange(item.FidelityTrueMean - item.FidelityEstimateMean, -0.005, 0.005);
    }

    /// <summary>At 1010 s, two orders wait on pool 0, beside a reservation that was extended.</summary>
    private MeshEmulator WithOpenOrders()
    {
        MeshEmulator mesh = TestScenarios.Started(_scenario);
        mesh.Apply(TestScenarios.Request(1, 1000, 1030));
        mesh.Apply(new ExtendCommand(1, TestScenarios.At(1045)));
        mesh.Apply(new ProduceCommand(7, 0, 300));
        mesh.Apply(new ProduceCommand(8, 0, 20));
        mesh.AdvanceTo(TestScenarios.At(1010));
        Assert.IsType<DecisionItem>(Assert.Single(mesh.DrainReportItems()));
        return mesh;
    }

    private static IReadOnlyList<MeshReportItem> Finish(MeshEmulator mesh)
    {
        mesh.AdvanceTo(TestScenarios.At(1300));
        return mesh.DrainReportItems();
    }
}
