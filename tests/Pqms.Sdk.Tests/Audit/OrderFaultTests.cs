using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class OrderFaultTests
{
    private const ulong Delivered = 60;
    private const ulong Failed = 61;

    private readonly ToldUse _ledger = new();

    public OrderFaultTests()
    {
        _ledger.Deposit(ToldLedger.Client, 1_000);
        _ledger.AddBond(1_000);
        _ledger.Enrol();
        _ledger.Order(Delivered, 30, 40);
        _ledger.Accept(Delivered, 40, 5);
        _ledger.Deliver(Delivered, 30, 40, 2);
        _ledger.Order(Failed, 50, 60, count: 4);
        _ledger.Accept(Failed, 60, 9);
        _ledger.Fail(Failed, 50, 60);
    }

    [Fact]
    public void Rebuild_GivenBothEnds_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_WithoutTheOpening_namesTheOrder() =>
        Planted.Named(_ledger.Without<OrderOpened>(), Delivered, "an order may not become 2 after 0");

    [Fact]
    public void Rebuild_WithoutTheAcceptance_namesTheOrder() =>
        Planted.Named(_ledger.Without<OrderAccepted>(1), Failed, "an order may not become 4 after 1");

    [Fact]
    public void Rebuild_WithoutTheDelivery_namesTheOrder() =>
        Planted.Named(_ledger.Without<OrderDelivered>(), Delivered, "which was not delivered with it");

    [Fact]
    public void Rebuild_WithoutTheLot_namesTheOrder() =>
        Planted.Named(_ledger.Without<LotRegistered>(), Delivered, "the order was delivered without a lot");

    [Fact]
    public void Rebuild_WithoutTheFailure_namesWhatWasPaidForIt() =>
        Planted.Named(_ledger.Without<OrderFailed>(), Failed, "changed for it, but nothing happened to it");

    [Fact]
    public void Rebuild_WithTheAcceptanceTwice_namesTheOrder() =>
        Planted.Named(_ledger.Twice<OrderAccepted>(), Delivered, "an order may not become 2 after 3");

    [Fact]
    public void Rebuild_WithTheOpeningTwice_namesTheOrder() =>
        Planted.Named(_ledger.Twice<OrderOpened>(), Delivered, "the order is opened twice");

    [Fact]
    public void Rebuild_WhenItIsAcceptedByAStranger_namesTheOrder() => Planted.Named(
        _ledger.With<OrderAccepted>(static e => e with { Data = e.Data with { Provider = ToldLedger.Other } }),
        Delivered, $"{ToldLedger.Other} is no active provider");

    [Fact]
    public void Rebuild_WhenTheTimeOfAcceptanceDiffers_namesTheOrder() => Planted.Named(
        _ledger.With<OrderAccepted>(static e => e with { Data = e.Data with { AcceptedAt = 5 } }), Delivered,
        "accepted at 5, should be 19000008");

    [Fact]
    public void Rebuild_WhenTheHourIsCountedWrong_namesTheOrder() => Planted.Named(
        _ledger.With<OrderAccepted>(static e => e with { Data = e.Data with { HourCount = 8 } }, 1), Failed,
        "asked for in this hour is 8, should be 9");

    [Fact]
    public void Rebuild_WhenTheHourIsOverbooked_namesTheOrder()
    {
        var ledger = new ToldUse();
        ledger.Deposit(ToldLedger.Client, 1_000);
        ledger.AddBond(1_000);
        ledger.Enrol();
        ledger.Order(Delivered, 30, 40, count: 11);
        ledger.Accept(Delivered, 40, 11);
        Planted.Named(ToldLedger.Rebuild(ledger.Events), Delivered, "11 of kind 1 in an hour, at most 10");
    }

    [Fact]
    public void Rebuild_WhenTooFewAreDelivered_namesTheOrder() => Planted.Named(
        _ledger.With<OrderDelivered>(static e => e with { Data = e.Data with { Count = 4 } }), Delivered,
        "delivered are 4 at 990000 ppm, ordered 5 at 900000");

    [Fact]
    public void Rebuild_WhenTheLotIsOfAnother_namesTheLot() => Planted.Named(
        _ledger.With<LotRegistered>(static e => e with { Data = e.Data with { Provider = ToldLedger.Client } }),
        Delivered, $"the lot is of {ToldLedger.Client}, the order was accepted by {ToldLedger.Provider}");

    [Fact]
    public void Rebuild_WhenTheLotHoldsMore_namesTheLot() => Planted.Named(
        _ledger.With<LotRegistered>(static e => e with
        {
            Data = e.Data with { Terms = e.Data.Terms with { Count = 6 } },
        }),
        Delivered, "the lot holds 6 at 990000 ppm, delivered are 5 at 990000");

    [Fact]
    public void Rebuild_WhenItFailsBeforeItsTime_namesTheOrder()
    {
        var early = _ledger.Events.Select(timed => timed.Event is OrderOpened opened && opened.Id == Failed
            ? timed with
            {
                Event = opened with
                {
                    Data = opened.Data with
                    {
                        Terms = opened.Data.Terms with { DeliverBy = timed.TimeSeconds + 20_000 },
                    },
                },
            }
            : timed);
        Planted.Named(ToldLedger.Rebuild(early), Failed, "failed at");
    }

    [Fact]
    public void Rebuild_WhenTheRewardDiffers_namesTheBuyersEscrow() => Planted.Named(
        _ledger.With<OrderOpened>(static e => e with
        {
            Data = e.Data with { Terms = e.Data.Terms with { Reward = 31 } },
        }),
        null, $"{ToldLedger.Client} has 30 wei in escrow, open are 31");
}
