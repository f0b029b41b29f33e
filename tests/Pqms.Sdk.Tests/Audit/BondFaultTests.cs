using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Bonds, and penalties computed again to the wei.</summary>
public sealed class BondFaultTests
{
    private const ulong Reservation = 11;
    private const ulong Order = 60;
    private static readonly UInt128 Due = ToldUse.Price / 10;

    private readonly ToldUse _ledger = Ledger(bond: 100_000, penalty: Due);

    [Fact]
    public void Rebuild_GivenEveryUseOfABond_findsNoFault() => Planted.None(_ledger);

    [Fact]
    public void Rebuild_GivenAPenaltyAboveTheBond_findsNoFault()
    {
        var ledger = Ledger(bond: 1_000, penalty: 1_000);
        Planted.None(ledger);
        Assert.True(Due > 1_000);
        Assert.Equal((UInt128)1_000, ToldLedger.Rebuild(ledger.Events).Lives[Reservation].Penalty);
    }

    [Fact]
    public void Rebuild_GivenNoBondAtAll_findsNoFault() => Planted.None(Ledger(bond: 0, penalty: 0));

    [Fact]
    public void Rebuild_WithoutBonding_namesTheProvider() => Planted.Named(
        _ledger.Without<BondChanged>(), null, $"bond of {ToldLedger.Provider}");

    [Fact]
    public void Rebuild_WhenStakedBondIsToldAsFree_namesTheProvider() => Planted.Named(
        With(2, static bond => bond with { Free = bond.Free + bond.Locked, Locked = 0 }), null,
        $"bond of {ToldLedger.Provider} is 60000 free, 0 locked, 40000 unbonding until");

    [Fact]
    public void Rebuild_WithoutUnbonding_namesTheProvider() => Planted.Named(
        _ledger.Without<BondChanged>(1), null, $"bond of {ToldLedger.Provider}");

    [Fact]
    public void Rebuild_WhenUnbondingEndsTooEarly_namesTheProvider() => Planted.Named(
        With(1, static bond => bond with { ReleasableAt = bond.ReleasableAt - 1 }), null,
        $"bond of {ToldLedger.Provider}");

    [Fact]
    public void Rebuild_WhenItIsTakenBackBeforeTheTime_namesTheProvider()
    {
        var early = _ledger.Events.Select((timed, i) => i < _ledger.Events.Count - 2 ? timed
            : timed with { TimeSeconds = timed.TimeSeconds - 2_000 });
        Planted.Named(ToldLedger.Rebuild(early), null, "was taken back at");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Rebuild_WhenThePenaltyIsOffByOne_namesTheReservation(int wei) => Planted.Named(
        _ledger.With<ReservationSettled>(e => e with
        {
            Data = e.Data with { Penalty = (UInt128)((Int128)e.Data.Penalty + wei) },
        }),
        Reservation, $"penalty is {(UInt128)((Int128)Due + wei)}, should be {Due}");

    [Fact]
    public void Rebuild_WhenThePenaltyIsNotTaken_namesTheReservation() => Planted.Named(
        ToldLedger.Rebuild(Ledger(bond: 100_000, penalty: 0).Events), Reservation, $"penalty is 0, should be {Due}");

    [Fact]
    public void Rebuild_WhenThePenaltyIsTakenFromUnbondingFirst_namesTheProvider() => Planted.Named(
        With(4, static bond => bond with { Free = bond.Free + 100, Unbonding = bond.Unbonding - 100 }), null,
        $"bond of {ToldLedger.Provider}");

    [Fact]
    public void Rebuild_WhenABondChangesForNothing_namesTheCause() => Planted.Named(
        _ledger.With<BondChanged>(static e => e with { Data = e.Data with { CauseId = 99 } }, 4), 99,
        "changed for it, but nothing happened to it");

    [Fact]
    public void Rebuild_WithAStakeTwice_namesTheOrder() => Planted.Named(
        _ledger.Twice<BondChanged>(2), Order, "changed for it, but nothing happened to it");

    [Fact]
    public void Rebuild_WithoutTheFreeing_namesTheProvider() => Planted.Named(
        _ledger.Without<BondChanged>(3), null, $"bond of {ToldLedger.Provider}");

    private LedgerHistory With(int which, Func<Bond, Bond> alter) => _ledger.With<BondChanged>(
        e => e with { Data = e.Data with { Bond = alter(e.Data.Bond) } }, which);

    // Bonded, partly unbonding, staked and freed by a delivery, cut by a penalty of a tenth, taken back.
    private static ToldUse Ledger(UInt128 bond, UInt128 penalty)
    {
        var ledger = new ToldUse();
        ledger.StartEra(1);
        ledger.Deposit(ToldLedger.Client, ToldUse.Price * 2);
        if (bond > 0)
        {
            ledger.AddBond(bond);
            ledger.Unbond(bond * 4 / 10);
            ledger.Enrol();
            ledger.Order(Order, 30, bond / 10);
            ledger.Accept(Order, bond / 10, 5);
            ledger.Deliver(Order, 30, bond / 10, 2);
        }

        ledger.Single(Reservation);
        ledger.Grant(1, Reservation);
        ledger.Next(ToldUse.Duration);
        ledger.Settle(Reservation, 90, penalty);
        if (bond > penalty)
        {
            ledger.FinishUnbonding();
        }

        return ledger;
    }
}
