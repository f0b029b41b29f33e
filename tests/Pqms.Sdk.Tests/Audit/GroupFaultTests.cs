using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class GroupFaultTests
{
    private readonly ToldUse _ledger = new();

    public GroupFaultTests()
    {
        _ledger.Deposit(ToldLedger.Client, ToldUse.Price * 4);
        _ledger.Group(11, 12);
        _ledger.Single(13);
    }

    [Fact]
    public void Rebuild_GivenAGroup_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WithoutTheGroup_namesTheBookingThatNobodyPaid() =>
        Planted.Named(_ledger.Without<GroupRequested>(), 12, "its price was never locked");

    [Fact]
    public void Rebuild_WithTheGroupTwice_namesIt() =>
        Planted.Named(
            _ledger.Twice<GroupRequested>(), 11, "booked together are none, not resource-id-11, resource-id-12");

    [Fact]
    public void Rebuild_WithoutABookingOfTheGroup_namesTheGroup() =>
        Planted.Named(
            _ledger.Without<ReservationRequested>(1), 11,
            "booked together are resource-id-11, not resource-id-11, resource-id-12");

    [Fact]
    public void Rebuild_WhenTheGroupNamesAnother_namesIt() => Planted.Named(
        _ledger.With<GroupRequested>(static e => e with { Data = e.Data with { Ids = [11, 14] } }), 11,
        "booked together are resource-id-11, resource-id-12, not resource-id-11, resource-id-14");

    [Fact]
    public void Rebuild_WhenABookingIsOfAnotherClient_namesTheBooking() => Planted.Named(
        _ledger.With<ReservationRequested>(
            static e => e with { Data = e.Data with { Client = ToldLedger.Other, Payer = ToldLedger.Other } }, 1),
        12, "client, payer and window of its group");

    [Fact]
    public void Rebuild_WhenABookingIsPaidByANeighbour_namesIt() => Planted.Named(
        _ledger.With<AccountChanged>(static e => e with { Data = e.Data with { CauseId = 12 } }, 2), 13,
        "its price was never locked");

    [Fact]
    public void Rebuild_WhenAChangeOfCreditHasNoCause_namesTheCause() => Planted.Named(
        _ledger.With<AccountChanged>(static e => e with { Data = e.Data with { CauseId = 99 } }, 2), 99,
        "changed for it, but nothing happened to it");
}
