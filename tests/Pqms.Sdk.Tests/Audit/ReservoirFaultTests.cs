using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class ReservoirFaultTests
{
    private readonly ToldUse _ledger = new();

    public ReservoirFaultTests()
    {
        _ledger.Next();
        _ledger.Tell(static place => new ReservoirSet(place, new(ToldLedger.Pool, 10, 30)));
        Stock(1, 12);
        Stock(2, 9);
        _ledger.Tell(static place => new ReplenishmentNeeded(place, new(ToldLedger.Pool, 9, 10, 21)));
        Stock(3, 5);
        Stock(4, 10);
        _ledger.Tell(static place => new ReservoirReplenished(place, new(ToldLedger.Pool, 10)));
    }

    [Fact]
    public void Rebuild_GivenStocks_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WithoutTheNeed_namesThePool() => Planted.Named(
        _ledger.Without<ReplenishmentNeeded>(), null, "pool 1 crosses its threshold, and no log says so");

    [Fact]
    public void Rebuild_WithoutTheReplenishment_namesThePool() => Planted.Named(
        _ledger.Without<ReservoirReplenished>(), null, "pool 1 crosses its threshold, and no log says so");

    [Fact]
    public void Rebuild_WithTheNeedTwice_namesThePool() => Planted.Named(
        _ledger.Twice<ReplenishmentNeeded>(), null, "pool 1 is told to have crossed its threshold with 9");

    [Fact]
    public void Rebuild_WhenAStockIsAnother_namesThePool() => Planted.Named(
        _ledger.With<StockReported>(static e => e with { Data = e.Data with { Stock = 10 } }, 1), null,
        "pool 1 is told to have crossed its threshold with 9");

    [Fact]
    public void Rebuild_WhenTheNeedIsAnother_namesBoth() => Planted.Named(
        _ledger.With<ReplenishmentNeeded>(static e => e with { Data = e.Data with { Missing = 20 } }), null,
        "is told to miss 20 below 10, it misses 21 below 10");

    [Fact]
    public void Rebuild_WhenTheThresholdWasAnother_namesBoth() => Planted.Named(
        _ledger.With<ReservoirSet>(static e => e with { Data = e.Data with { Threshold = 11 } }), null,
        "is told to miss 21 below 10, it misses 21 below 11");

    [Fact]
    public void Rebuild_WhenAStockIsOlder_namesThePool() => Planted.Named(
        _ledger.With<StockReported>(static e => e with { Data = e.Data with { PoolSequence = 1 } }, 1), null,
        "stock of pool 1 is not newer");

    private void Stock(ulong sequence, uint stock)
    {
        _ledger.Next();
        _ledger.Tell(place => new StockReported(place, new(ToldLedger.Pool, stock, sequence, 1)));
    }
}
