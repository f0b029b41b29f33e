using Pqms.Ethereum;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class LotFaultTests
{
    private const ulong Id = 50;

    private readonly ToldUse _ledger = new();

    public LotFaultTests()
    {
        _ledger.AddBond(1_000);
        _ledger.Enrol();
        _ledger.Next();
        _ledger.Lot(Id);
        foreach (var step in new byte[] { 2, 3, 4, 5, 7 })
        {
            _ledger.MoveLot(Id, step);
        }
    }

    [Fact]
    public void Rebuild_GivenAWholeLife_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WithoutTheRegistration_namesTheLot() =>
        Planted.Named(_ledger.Without<LotRegistered>(), Id, "a lot may not become 2 after 0");

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(2, 5, 3)]
    [InlineData(3, 7, 4)]
    public void Rebuild_WithoutAStep_namesTheLot(int step, int next, int from) =>
        Planted.Named(_ledger.Without<LotMoved>(step), Id, $"a lot may not become {next} after {from}");

    [Fact]
    public void Rebuild_WithAStepTwice_namesTheLot() =>
        Planted.Named(_ledger.Twice<LotMoved>(4), Id, "a lot may not become 7 after 7");

    [Fact]
    public void Rebuild_WithTheRegistrationTwice_namesTheLot() =>
        Planted.Named(_ledger.Twice<LotRegistered>(), Id, "the lot is registered twice");

    [Fact]
    public void Rebuild_WhenAStepIsOfAnotherLot_namesIt() => Planted.Named(
        _ledger.With<LotMoved>(static e => e with { Data = e.Data with { Id = 51 } }), 51,
        "a lot may not become 2 after 0");

    [Fact]
    public void Rebuild_WhenItsOwnerIsNoProvider_namesTheLot() => Planted.Named(
        _ledger.With<LotRegistered>(static e => e with { Data = e.Data with { Provider = ToldLedger.Other } }), Id,
        $"{ToldLedger.Other} is no active provider");

    [Fact]
    public void Rebuild_WithoutTheProvider_namesTheLot() =>
        Planted.Named(_ledger.Without<ProviderSet>(), Id, $"{ToldLedger.Provider} is no active provider");

    [Fact]
    public void Rebuild_WhenItIsDisposedOfWithoutEvidence_namesTheLot() => Planted.Named(
        _ledger.With<LotMoved>(static e => e with { Data = e.Data with { Evidence = Bytes32.Zero } }, 4), Id,
        "the lot is retired without evidence");

    [Fact]
    public void Rebuild_WhenItsOriginIsNamedAgain_namesTheSecondLot()
    {
        _ledger.Next();
        _ledger.Lot(51);
        Planted.Named(ToldLedger.Rebuild(_ledger.Events), 51, "its origin");
    }

    [Fact]
    public void Rebuild_WhenItIsTheLotOfNoDelivery_namesTheLot() => Planted.Named(
        _ledger.With<LotRegistered>(static e => e with { Data = e.Data with { Order = 60 } }), Id,
        "the lot is of order resource-id-60, which was not delivered with it");
}
