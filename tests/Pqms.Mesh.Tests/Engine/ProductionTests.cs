namespace Pqms.Mesh.Tests.Engine;

/// <summary>Orders of standing pairs.</summary>
public sealed class ProductionTests
{
    private readonly MeshEmulator _mesh = TestScenarios.Started(TestScenarios.Chain(8, 3));

    [Fact]
    public void Apply_GivenLessThanStands_isCollectedAtOnce()
    {
        int stock = _mesh.View(0).Counters.Stock;
        ulong delivered = _mesh.View(0).Counters.Delivered;
        _mesh.Apply(new ProduceCommand(7, 0, 10));

        ProductionItem item = Assert.IsType<ProductionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(((UInt128)7, 0, 10, _mesh.Now), (item.OrderId, item.PoolIndex, item.Count, item.At));
        Assert.InRange(item.FidelityEstimateMean, 0.9, 1.0);
        Assert.InRange(item.FidelityTrueMean, 0.9, 1.0);
        Assert.Equal((stock - 10, delivered + 10), (_mesh.View(0).Counters.Stock, _mesh.View(0).Counters.Delivered));
    }

    [Fact]
    public void Apply_GivenMoreThanStands_isCollectedAsPairsCome()
    {
        _mesh.Apply(new ProduceCommand(7, 0, 200));
        Assert.Equal(0, _mesh.PendingItems);
        Assert.Equal(0, _mesh.View(0).Counters.Stock);

        _mesh.AdvanceTo(TestScenarios.At(1200));

        ProductionItem item = Assert.IsType<ProductionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(200, item.Count);
        Assert.InRange(item.At.Nanoseconds, TestScenarios.At(1000).Nanoseconds + 1, TestScenarios.At(1200).Nanoseconds);
    }

    [Fact]
    public void Apply_GivenTwo_servesTheFirstFirst()
    {
        _mesh.Apply(new ProduceCommand(7, 0, 100));
        _mesh.Apply(new ProduceCommand(6, 0, 1));
        _mesh.AdvanceTo(TestScenarios.At(1200));

        Assert.Equal([(UInt128)7, 6], _mesh.DrainReportItems().Select(item => item.ReservationId));
    }

    [Fact]
    public void Apply_GivenAReservation_leavesItsPlacesAlone()
    {
        _mesh.Apply(TestScenarios.Request(1, 1000, 1060));
        _mesh.DrainReportItems();
        _mesh.Apply(new ProduceCommand(7, 0, 1000));
        Assert.True(_mesh.View(0).Counters.Stock >= 15, "the places stay filled");
        _mesh.AdvanceTo(TestScenarios.At(1060));

        SettlementItem settled = _mesh.DrainReportItems().OfType<SettlementItem>().Single();
        Assert.Equal(settled.PromisedPpmSlotSeconds, settled.DeliveredPpmSlotSeconds);
    }

    [Fact]
    public void Apply_WhenCancelled_answersNothing()
    {
        _mesh.Apply(new ProduceCommand(7, 0, 500));
        _mesh.Apply(new CancelProductionCommand(7));
        _mesh.Apply(new CancelProductionCommand(7));
        _mesh.AdvanceTo(TestScenarios.At(1200));

        Assert.Equal(0, _mesh.PendingItems);
        Assert.True(_mesh.View(0).Counters.Stock > 0, "the pool fills again");
    }

    [Fact]
    public void Apply_WhenIsolated_waitsUntilRestored()
    {
        _mesh.Apply(new IsolatePoolCommand(0, true));
        _mesh.Apply(new ProduceCommand(7, 0, 5));
        _mesh.AdvanceTo(TestScenarios.At(1050));
        Assert.Equal(0, _mesh.PendingItems);

        _mesh.Apply(new IsolatePoolCommand(0, false));
        _mesh.AdvanceTo(TestScenarios.At(1200));

        Assert.Equal(5, Assert.IsType<ProductionItem>(Assert.Single(_mesh.DrainReportItems())).Count);
    }

    [Fact]
    public void Apply_GivenAnUnknownPool_countsNothing()
    {
        _mesh.Apply(new ProduceCommand(7, 3, 5));

        ProductionItem item = Assert.IsType<ProductionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal((-1, 0), (item.PoolIndex, item.Count));
    }

    [Fact]
    public void Apply_GivenTooManyOpen_countsNothing()
    {
        for (ulong id = 1; id <= 256; id++)
        {
            _mesh.Apply(new ProduceCommand(id, 0, 1000));
        }

        Assert.Equal(0, _mesh.PendingItems);
        _mesh.Apply(new ProduceCommand(1000, 0, 1000));

        ProductionItem item = Assert.IsType<ProductionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal((0, (UInt128)1000), (item.Count, item.OrderId));
    }

    [Fact]
    public void Apply_GivenARepeatedId_throws()
    {
        _mesh.Apply(new ProduceCommand(7, 0, 500));

        Assert.Throws<ArgumentException>(() => _mesh.Apply(new ProduceCommand(7, 0, 500)));
    }

    [Fact]
    public void Apply_GivenNothing_throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _mesh.Apply(new ProduceCommand(7, 0, 0)));
}
