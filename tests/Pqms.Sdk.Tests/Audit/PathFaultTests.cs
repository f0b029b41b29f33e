using Pqms.Ethereum;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class PathFaultTests
{
    private const ulong Id = 11;

    private readonly ToldUse _ledger = new();

    public PathFaultTests()
    {
        _ledger.Deposit(ToldLedger.Client, ToldUse.Price * 4);
        _ledger.Single(10);
        _ledger.AlongPath(Id, 25_000);
        _ledger.Cancel(Id, hasPath: true);
    }

    [Fact]
    public void Rebuild_GivenAPath_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WithoutTheBooking_namesTheReservation() =>
        Planted.Named(_ledger.Without<PathChanged>(), Id, "is freed, but holds nothing");

    [Fact]
    public void Rebuild_WithoutTheFreeing_namesTheReservation() =>
        Planted.Named(_ledger.Without<PathChanged>(1), Id, "its path still holds 2 lanes");

    [Fact]
    public void Rebuild_WithTheFreeingTwice_namesTheReservation() =>
        Planted.Named(_ledger.Twice<PathChanged>(1), Id, "is freed, but holds nothing");

    [Fact]
    public void Rebuild_WithTheBookingTwice_namesTheReservation()
    {
        var ledger = new ToldUse();
        ledger.Deposit(ToldLedger.Client, ToldUse.Price);
        ledger.AlongPath(Id, 25_000);
        Planted.Named(ledger.Twice<PathChanged>(), Id, "is booked, but holds 2 lanes already");
    }

    [Fact]
    public void Rebuild_WhenTheLanesDiffer_namesTheReservation() => Planted.Named(
        With(static data => data with { Path = ToldUse.Path(3, 1, 2) }), Id, "its path holds 3 lanes in");

    [Fact]
    public void Rebuild_WhenTheOwnerDiffers_namesTheStranger() => Planted.Named(
        With(static data => data with { Key = SyntheticLedger.Word(77) }), 77, "books a path, but was not requested");

    [Fact]
    public void Rebuild_WhenItIsBookedForAnEarlierReservation_namesIt() => Planted.Named(
        With(static data => data with { Key = SyntheticLedger.Word(10) }), 10, "books a path, but was not requested");

    [Fact]
    public void Rebuild_WhenItEndsElsewhere_namesTheReservation() => Planted.Named(
        With(static data => data with { Path = ToldUse.Path(2, 1), Words = [data.Words[0]] }), Id,
        "its path leads from 1 to 3");

    [Fact]
    public void Rebuild_WhenAWordDiffers_namesTheLink() => Planted.Named(
        With(static data => data with { Words = [data.Words[0], UInt256.One] }), Id,
        "link 2 holds 1 lanes in bucket 0");

    [Fact]
    public void Rebuild_WhenAWordIsMissing_namesTheReservation() => Planted.Named(
        With(static data => data with { Words = [data.Words[0]] }), Id, "of 2 links tells 1 words, 1 of each are due");

    [Fact]
    public void Rebuild_WhenALinkIsUnknown_namesIt() => Planted.Named(
        With(static data => data with { Path = ToldUse.Path(2, 1, 9) }), Id, "its path breaks at link 9");

    [Fact]
    public void Rebuild_WhenALinkStandsAfterAGap_namesTheReservation() => Planted.Named(
        With(static data => data with { Path = ToldUse.Path(2, 1, 2, 0, 1) }), Id, "with one after a gap");

    [Fact]
    public void Rebuild_WhenItHasNoLink_namesTheReservation() => Planted.Named(
        With(static data => data with { Path = ToldUse.Path(2, 0), Words = [] }), Id, "without a link");

    [Fact]
    public void Rebuild_WhenItsFirstWordIsAnother_namesTheReservation() => Planted.Named(
        With(static data => data with { FirstWord = data.FirstWord + 1 }), Id, "its first is");

    [Fact]
    public void Rebuild_WhenItIsFreedOnOtherLinks_namesTheReservation() => Planted.Named(
        With(static data => data with { Path = ToldUse.Path(0, 2, 1) }, 1), Id,
        "is freed on links 2, 1, it holds 1, 2");

    private Sdk.Audit.LedgerHistory With(
        Func<EntanglementNetworkContract.PathChangedEvent, EntanglementNetworkContract.PathChangedEvent> alter,
        int which = 0) => _ledger.With<PathChanged>(e => e with { Data = alter(e.Data) }, which);
}
