using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class DisabledReportFaultTests
{
    private readonly ToldUse _ledger = new();

    public DisabledReportFaultTests()
    {
        _ledger.StartEra(1);
        _ledger.Deposit(ToldLedger.Client, ToldUse.Price * 3);
        _ledger.Single(10);
        _ledger.Single(11);
        _ledger.Single(12);
        _ledger.Grant(1, 10);
        _ledger.Grant(1, 11, 12);
        _ledger.Disable(2);
        _ledger.Reopen(2, 11, 12);
        _ledger.StartEra(2);
        _ledger.Grant(2, 11);
    }

    [Fact]
    public void Rebuild_GivenAVoidReport_findsNoFault()
    {
        Planted.None(_ledger);
        var lives = ToldLedger.Rebuild(_ledger.Events).Lives;
        Assert.Equal((ReservationStatus.Granted, ReservationStatus.Requested), (lives[11].Status, lives[12].Status));
    }

    [Fact]
    public void Rebuild_WithoutTheDisabling_namesTheReport() =>
        Planted.Named(_ledger.Without<ReportsDisabled>(), null, "reopened report is 2, should be 0");

    [Fact]
    public void Rebuild_WithoutTheReopening_namesTheReport() =>
        Planted.Named(_ledger.Without<ReportReopened>(), null, "era 2 begins, report 2 is not reopened");

    [Fact]
    public void Rebuild_WithTheReopeningTwice_namesTheReport() =>
        Planted.Named(_ledger.Twice<ReportReopened>(), null, "reopened report is 2, should be 0");

    [Fact]
    public void Rebuild_WithoutAReservationTakenBack_namesIt() => Planted.Named(
        _ledger.Without<ReservationReopened>(1), 12, "report 2 decided it, its reopening does not name it");

    [Fact]
    public void Rebuild_WithAReservationTakenBackTwice_namesIt() =>
        Planted.Named(_ledger.Twice<ReservationReopened>(), 11, "is taken back without a void report");

    [Fact]
    public void Rebuild_WhenAnotherReservationIsTakenBack_namesIt() => Planted.Named(
        _ledger.With<ReservationReopened>(
            static e => new ReservationReopened(e.Place, e.Data with { Id = 10 }), 1),
        10, "is taken back with report 2, which did not decide it");

    [Fact]
    public void Rebuild_WhenItIsDisabledAfterItsTime_namesTheReport()
    {
        var late = _ledger.Events.SkipWhile(static timed => timed.Event is not ReportsDisabled)
            .Select(static timed => timed with { TimeSeconds = timed.TimeSeconds + ToldUse.ChallengeSeconds });
        var before = _ledger.Events.TakeWhile(static timed => timed.Event is not ReportsDisabled);
        Planted.Named(ToldLedger.Rebuild(before.Concat(late)), null, "report 2 was disabled at");
    }

    [Fact]
    public void Rebuild_WhenTheHeadDiffers_namesIt() => Planted.Named(
        _ledger.With<ReportsDisabled>(static e => e with
        {
            Data = e.Data with { Head = SyntheticLedger.Word(1) },
        }),
        null, "head is");

    [Fact]
    public void Rebuild_WhenADecisionDiffers_namesTheReport() => Planted.Named(
        _ledger.With<ReservationDecided>(static e => e with
        {
            Data = e.Data with { Decision = e.Data.Decision with { FidelityPpm = 980_001 } },
        }),
        null, "decisions of report 1 hash to");

    [Fact]
    public void Rebuild_WithoutADecision_namesTheReport() => Planted.Named(
        _ledger.Without<ReservationDecided>(2), null, "decisions of report 2 hash to");

    [Fact]
    public void Rebuild_WhenTooFewHaveSigned_namesTheReport() => Planted.Named(
        _ledger.With<ReportAccepted>(static e => e with { Data = e.Data with { SignersMask = 1 } }), null,
        "report 1 has 1 signatures of 2 signers, needs 2");

    [Fact]
    public void Rebuild_WhenALineDiffers_namesTheReport()
    {
        var ledger = new ToldUse();
        ledger.StartEra(1);
        ledger.Deposit(ToldLedger.Client, ToldUse.Price);
        ledger.Single(11);
        ledger.Grant(1, 11);
        ledger.Next(ToldUse.Duration);
        ledger.Settle(11, 100, 0);
        Planted.None(ledger);
        Planted.Named(
            ledger.With<ReservationSettled>(static e => e with
            {
                Data = e.Data with { Delivered = e.Data.Delivered - 1 },
            }),
            null, "lines of report 2 hash to");
    }

    [Fact]
    public void Rebuild_WhenLinesRunTooEarly_namesTheReport()
    {
        var ledger = new ToldUse();
        ledger.StartEra(1);
        ledger.Deposit(ToldLedger.Client, ToldUse.Price);
        ledger.Single(11);
        ledger.Grant(1, 11);
        ledger.Next(ToldUse.Duration);
        ledger.Settle(11, 100, 0);
        var last = ledger.Events[^1].Event.Place.BlockNumber;
        var early = ledger.Events.Select(timed => timed.Event.Place.BlockNumber == last
            ? timed with { TimeSeconds = timed.TimeSeconds - 1 } : timed);
        Planted.Named(ToldLedger.Rebuild(early), null, "lines of report 2 ran at");
    }
}
