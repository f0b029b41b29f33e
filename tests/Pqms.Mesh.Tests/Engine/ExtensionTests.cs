namespace Pqms.Mesh.Tests.Engine;

/// <summary>Windows whose end moves.</summary>
public sealed class ExtensionTests
{
    private readonly MeshEmulator _mesh = TestScenarios.Started(TestScenarios.Chain(8, 3));

    [Fact]
    public void Apply_WhenExtended_promisesAndDeliversTheLongerWindow()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1030));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1090)));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1080)));
        _mesh.AdvanceTo(TestScenarios.At(1089));
        Assert.Equal(0, _mesh.PendingItems);
        _mesh.AdvanceTo(TestScenarios.At(1090));

        Assert.Equal(
            new SettlementItem(1, 1_350_000_000, 1_350_000_000), Assert.Single(_mesh.DrainReportItems()));
    }

    [Fact]
    public void Apply_WhenExtendedExactlyAtTheEnd_changesNothing()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1060));
        Assert.Equal(new SettlementItem(1, 900_000_000, 900_000_000), Assert.Single(_mesh.DrainReportItems()));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1090)));
        _mesh.Apply(new ExtendCommand(99, TestScenarios.At(1090)));
        _mesh.AdvanceTo(TestScenarios.At(1100));

        Assert.Equal(0, _mesh.PendingItems);
    }

    [Fact]
    public void Apply_WhenExtendedOneNanosecondBeforeTheEnd_settlesAtTheNewEnd()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(new MeshTime(TestScenarios.At(1060).Nanoseconds - 1));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1061)));
        _mesh.AdvanceTo(TestScenarios.At(1060));
        Assert.Equal(0, _mesh.PendingItems);
        _mesh.AdvanceTo(TestScenarios.At(1061));

        Assert.Equal(new SettlementItem(1, 915_000_000, 915_000_000), Assert.Single(_mesh.DrainReportItems()));
    }

    [Theory]
    [InlineData(1040)]
    [InlineData(1059)]
    [InlineData(1060)]
    public void Apply_WhenTheNewEndIsNotLater_changesNothing(long end)
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1050));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(end)));
        _mesh.AdvanceTo(TestScenarios.At(1059));
        Assert.Equal(0, _mesh.PendingItems);
        _mesh.AdvanceTo(TestScenarios.At(1060));

        Assert.Equal(new SettlementItem(1, 900_000_000, 900_000_000), Assert.Single(_mesh.DrainReportItems()));
    }

    [Fact]
    public void Apply_WhenExtendedBeforeTheStart_movesTheEnd()
    {
        Grant(1, 1020, 1060);
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1080)));
        _mesh.AdvanceTo(TestScenarios.At(1080));

        Assert.Equal(new SettlementItem(1, 900_000_000, 900_000_000), Assert.Single(_mesh.DrainReportItems()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_WhenReleasedOrWithdrawnBefore_changesNothing(bool withdrawn)
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1030));
        _mesh.Apply(withdrawn ? new WithdrawCommand(1) : new ReleaseCommand(1));
        _mesh.DrainReportItems();
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1090)));
        _mesh.AdvanceTo(TestScenarios.At(1100));

        Assert.Equal(0, _mesh.PendingItems);
        Assert.Equal(0, _mesh.View(0).GrantedSlots);
    }

    [Fact]
    public void Apply_WhenRefusedBefore_changesNothing()
    {
        _mesh.Apply(TestScenarios.Request(1, 1000, 1060) with { FidelityMin = 0.999 });
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1090)));
        _mesh.DrainReportItems();
        _mesh.AdvanceTo(TestScenarios.At(1100));

        Assert.Equal(0, _mesh.PendingItems);
    }

    [Fact]
    public void Apply_GivenAnExtension_countsItInLaterDecisions()
    {
        int capacity = MeshPlanner.CapacitySlots(TestScenarios.Chain(8, 3), 0);
        _mesh.Apply(TestScenarios.Request(1, 1000, 1060, capacity, takesPerMinute: 0));
        _mesh.Apply(TestScenarios.Request(2, 1060, 1080, takesPerMinute: 0));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1120)));
        _mesh.Apply(TestScenarios.Request(3, 1090, 1100, takesPerMinute: 0));
        _mesh.Apply(TestScenarios.Request(4, 1120, 1130, takesPerMinute: 0));

        Assert.Equal(
            [GrantOutcome.Granted, GrantOutcome.Granted, GrantOutcome.PoolExhausted, GrantOutcome.Granted],
            _mesh.DrainReportItems().Cast<DecisionItem>().Select(decision => decision.Outcome));
    }

    [Fact]
    public void Apply_GivenAnExtension_letsTakesGoOnUntilTheNewEnd()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1050));
        _mesh.Apply(new ExtendCommand(1, TestScenarios.At(1070)));
        _mesh.AdvanceTo(TestScenarios.At(1060));
        _mesh.Apply(new TakeCommand(1, 1, 1));
        _mesh.AdvanceTo(TestScenarios.At(1070));
        _mesh.Apply(new TakeCommand(1, 2, 1));

        Assert.Equal(
            [TakeOutcome.Delivered, TakeOutcome.NotActive],
            _mesh.DrainReportItems().OfType<TakeItem>().Select(take => take.Outcome));
    }

    private void Grant(ulong id, long start, long end)
    {
        _mesh.Apply(TestScenarios.Request(id, start, end));
        DecisionItem decision = Assert.IsType<DecisionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(GrantOutcome.Granted, decision.Outcome);
    }
}
