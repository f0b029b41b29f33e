namespace Pqms.Mesh.Tests.Engine;

/// <summary>The life of reservations as the oracle drives it.</summary>
public sealed class ReservationLifeTests
{
    private readonly MeshEmulator _mesh = TestScenarios.Started(TestScenarios.Chain(8, 3));

    [Fact]
    public void AdvanceTo_GivenAFullWindow_deliversExactlyWhatWasPromised()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1059));
        Assert.Equal(0, _mesh.PendingItems);

        _mesh.AdvanceTo(TestScenarios.At(1060));

        SettlementItem item = Assert.IsType<SettlementItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(new SettlementItem(1, 900_000_000, 900_000_000), item);
    }

    [Fact]
    public void Apply_WhenReleased_settlesTheSecondsSoFar()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1030));
        _mesh.Apply(new ReleaseCommand(1));
        _mesh.Apply(new ReleaseCommand(1));

        Assert.Equal(new SettlementItem(1, 450_000_000, 450_000_000), Assert.Single(_mesh.DrainReportItems()));
        _mesh.AdvanceTo(TestScenarios.At(1100));
        Assert.Equal(0, _mesh.PendingItems);
    }

    [Fact]
    public void Apply_WhenReleasedBeforeTheStart_settlesNothing()
    {
        Grant(1, 1020, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1010));
        _mesh.Apply(new ReleaseCommand(1));

        Assert.Equal(new SettlementItem(1, 0, 0), Assert.Single(_mesh.DrainReportItems()));
    }

    [Fact]
    public void Apply_WhenReleasedAtTheVeryStart_settlesNothing()
    {
        Grant(1, 1000, 1060);
        _mesh.Apply(new ReleaseCommand(1));

        Assert.Equal(new SettlementItem(1, 0, 0), Assert.Single(_mesh.DrainReportItems()));
    }

    [Fact]
    public void Apply_WhenWithdrawn_leavesNoSettlement()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1030));
        _mesh.Apply(new WithdrawCommand(1));
        _mesh.Apply(new TakeCommand(1, 1, 1));
        _mesh.AdvanceTo(TestScenarios.At(1100));

        TakeItem take = Assert.IsType<TakeItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(TakeOutcome.NotActive, take.Outcome);
    }

    [Fact]
    public void Apply_WhenThePoolIsIsolated_deliversOnlyTheSecondsBefore()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1020));
        _mesh.Apply(new IsolatePoolCommand(0, true));
        _mesh.Apply(new TakeCommand(1, 1, 1));
        _mesh.Apply(TestScenarios.Request(2, 1020, 1060));
        _mesh.AdvanceTo(TestScenarios.At(1060));

        IReadOnlyList<MeshReportItem> items = _mesh.DrainReportItems();
        Assert.Equal(TakeOutcome.PoolEmpty, Assert.IsType<TakeItem>(items[0]).Outcome);
        Assert.Equal(GrantOutcome.PoolIsolated, Assert.IsType<DecisionItem>(items[1]).Outcome);
        Assert.Equal(new SettlementItem(1, 300_000_000, 900_000_000), items[2]);

        _mesh.Apply(new IsolatePoolCommand(0, false));
        _mesh.AdvanceTo(TestScenarios.At(1070));
        Assert.Equal(24, _mesh.View(0).StockTarget);
        Assert.InRange(_mesh.View(0).Counters.Stock, 20, 24);
    }

    [Fact]
    public void Apply_WhenMoreIsTakenThanStands_answersPoolEmpty()
    {
        Grant(1, 1000, 1060);
        int stock = _mesh.View(0).Counters.Stock;
        _mesh.Apply(new TakeCommand(1, 100, 30));

        List<TakeItem> takes = [.. _mesh.DrainReportItems().Cast<TakeItem>()];
        List<TakeItem> delivered = takes[..stock];
        Assert.Equal(30, takes.Count);
        Assert.Equal(Enumerable.Range(100, 30).Select(n => (ulong)n), takes.Select(take => take.TakeNumber));
        Assert.All(delivered, take => Assert.Equal(TakeOutcome.Delivered, take.Outcome));
        Assert.All(takes[stock..], take => Assert.Equal((TakeOutcome.PoolEmpty, default), (take.Outcome, take.Pair)));
        Assert.Equal(delivered.OrderByDescending(take => take.FidelityEstimate), delivered);
        Assert.Equal(stock, delivered.Select(take => take.Pair).Distinct().Count());
    }

    [Fact]
    public void Settlement_WhenTakesEmptyThePool_countsEmptiedPlacesForOneSecond()
    {
        Grant(1, 1000, 1010);
        _mesh.Apply(new TakeCommand(1, 1, 24));
        _mesh.AdvanceTo(TestScenarios.At(1010));

        // a is above 1/s: places count as filled for 1 s; refilling 15 at more than 7/s takes longer, so a part is
        // missing.
        SettlementItem item = Assert.IsType<SettlementItem>(_mesh.DrainReportItems()[^1]);
        Assert.Equal(150_000_000UL, item.PromisedPpmSlotSeconds);
        Assert.InRange((ulong)item.DeliveredPpmSlotSeconds, 135_000_000UL, 150_000_000UL);
    }

    [Fact]
    public void Apply_GivenATakeOfAStandingPair_reportsItWhole()
    {
        Grant(1, 1000, 1060);
        _mesh.AdvanceTo(TestScenarios.At(1005));
        _mesh.Apply(new TakeCommand(1, 1, 1));

        TakeItem take = Assert.IsType<TakeItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(TestScenarios.At(1005), take.At);
        Assert.True(take.BornAt < take.At);
        Assert.Equal(0L, take.SetupNanoseconds);
        Assert.Equal(2_880_000L, take.DeliveryNanoseconds);
        Assert.InRange(take.FidelityEstimate, 0.95, 0.975);
        Assert.InRange(take.FidelityTrue - take.FidelityEstimate, -0.005, 0.005);
        Assert.NotEqual(take.FidelityEstimate, take.FidelityTrue);
        Assert.Equal(_mesh.View(0).Counters.Stock, take.StockAfter);
    }

    [Theory]
    [InlineData(1000, 1000, GrantOutcome.WindowPassed)]
    [InlineData(900, 1000, GrantOutcome.WindowPassed)]
    [InlineData(1000, 1001, GrantOutcome.Granted)]
    public void Apply_GivenAWindow_refusesOneThatIsOver(long start, long end, GrantOutcome expected)
    {
        _mesh.Apply(TestScenarios.Request(1, start, end));

        Assert.Equal(expected, Assert.IsType<DecisionItem>(Assert.Single(_mesh.DrainReportItems())).Outcome);
    }

    [Fact]
    public void Apply_GivenRequestsUpToExhaustion_refusesTheOneTooMany()
    {
        int granted = 0;
        GrantOutcome outcome = GrantOutcome.Granted;
        for (ulong id = 1; outcome == GrantOutcome.Granted; id++)
        {
            _mesh.Apply(TestScenarios.Request(id, 1000, 1060, takesPerMinute: 0));
            outcome = Assert.IsType<DecisionItem>(Assert.Single(_mesh.DrainReportItems())).Outcome;
            granted += outcome == GrantOutcome.Granted ? 15 : 0;
        }

        int capacity = MeshPlanner.CapacitySlots(TestScenarios.Chain(8, 3), 0);
        Assert.Equal(GrantOutcome.PoolExhausted, outcome);
        Assert.InRange(granted, capacity - 14, capacity);

        // Another window is not concerned.
        _mesh.Apply(TestScenarios.Request(9999, 1060, 1100));
        DecisionItem other = Assert.IsType<DecisionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(GrantOutcome.Granted, other.Outcome);
    }

    [Fact]
    public void Apply_GivenAGrantAboveThePlan_fillsItsPlacesBeforeTheStart()
    {
        Grant(1, 1040, 1060, slots: 60);
        Assert.Equal(24, _mesh.View(0).StockTarget);
        _mesh.AdvanceTo(TestScenarios.At(1039));
        Assert.Equal((96, 0), (_mesh.View(0).StockTarget, _mesh.View(0).GrantedSlots));
        _mesh.AdvanceTo(TestScenarios.At(1060));

        SettlementItem item = Assert.IsType<SettlementItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(item.PromisedPpmSlotSeconds, item.DeliveredPpmSlotSeconds);
        Assert.Equal(24, _mesh.View(0).StockTarget);
    }

    [Fact]
    public void AdvanceTo_GivenThePast_refuses() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _mesh.AdvanceTo(TestScenarios.At(999)));

    [Fact]
    public void Apply_GivenARepeatedId_throws()
    {
        Grant(1, 1000, 1060);

        Assert.Throws<ArgumentException>(() => _mesh.Apply(TestScenarios.Request(1, 1000, 1060)));
    }

    [Fact]
    public void Apply_GivenAnUnknownPool_refuses()
    {
        _mesh.Apply(TestScenarios.Request(1, 1000, 1060, pool: 3));

        DecisionItem decision = Assert.IsType<DecisionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(GrantOutcome.UnknownPool, decision.Outcome);
    }

    [Fact]
    public void DrainChangedPools_GivenNothingNew_isEmpty()
    {
        Assert.Equal([0, 1, 2], _mesh.DrainChangedPools().Select(pool => pool.PoolIndex));
        Assert.Empty(_mesh.DrainChangedPools());
    }

    private void Grant(ulong id, long start, long end, int slots = 15)
    {
        _mesh.Apply(TestScenarios.Request(id, start, end, slots));
        DecisionItem decision = Assert.IsType<DecisionItem>(Assert.Single(_mesh.DrainReportItems()));
        Assert.Equal(GrantOutcome.Granted, decision.Outcome);
    }
}
