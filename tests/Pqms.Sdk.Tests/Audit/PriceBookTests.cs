using System.Numerics;
using Pqms.Ethereum;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;
using Allocation = Pqms.Sdk.Contracts.ParticleAllocationContract;
using Network = Pqms.Sdk.Contracts.EntanglementNetworkContract;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Charges of a pool whose price follows demand, and what entitlements and shares allow.</summary>
public sealed class PriceBookTests
{
    private const ulong Now = 1_900_000_800; // A bucket begins here.
    private static readonly PriceCurve Curve = new(1_000_000_007, 5, 9_000);
    private static readonly Address Client = SyntheticLedger.Account(21);
    private static readonly Address Member = SyntheticLedger.Account(22);

    private readonly List<string> _faults = [];
    private readonly Dictionary<(uint Pool, byte Cohort, ulong Word), UInt256> _calendar = [];
    private readonly PriceBook _book;

    public PriceBookTests()
    {
        var terms = new PoolTerms(1, "a", 1, 1, 2, 950_000, 100, 1, Curve, SyntheticLedger.Provider);
        var pools = new Dictionary<uint, PoolRegistered>
        {
            [1] = new(default, new Network.PoolRegisteredEvent(1, SyntheticLedger.Provider, terms)),
        };
        _book = new PriceBook(new Dictionary<UInt128, ReservationLife>(), pools, _calendar, Note);
    }

    [Fact]
    public void Add_GivenTwoOrdersThatPushThePrice_findsNoFault()
    {
        Order(Now, Charge(0, 6_000, 0), 6_000, booked: 0);
        Order(Now + 100, Charge(5_500, 6_000, 10), 11_500, booked: 10);
        Assert.Empty(_faults);
        Assert.Equal(new PriceState(11_500, Now + 100), _book.States[1]);
    }

    [Theory]
    [InlineData(1, 0, "price is")]
    [InlineData(-1, 0, "price is")]
    [InlineData(0, 1, "excess of pool 1")]
    public void Add_WhenPriceOrExcessIsOffByOne_findsTheFault(int wei, int excess, string fault)
    {
        Order(Now, Charge(0, 6_000, 0) + wei, (ulong)(6_000 + excess), booked: 0);
        Assert.StartsWith(fault, Assert.Single(_faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Add_WhenABookingMovesNoPriceOrAPriceMovesAlone_findsTheFault()
    {
        _book.Add(Requested(Now, 1), Now);
        Assert.Contains("has not moved its price", Assert.Single(_faults), StringComparison.Ordinal);
        _book.Add(new ExcessChanged(default, new Network.ExcessChangedEvent(1, 5)), Now);
        _book.Add(new ExcessChanged(default, new Network.ExcessChangedEvent(1, 6)), Now);
        Assert.Contains("moved without a booking", _faults[1], StringComparison.Ordinal);
    }

    [Fact]
    public void TakesLeft_WhenHalfIsShared_givesEachItsPart()
    {
        var life = Life();
        Assert.Equal((10u, 0u, 0u), (Left(life, Client, 0), Left(life, Member, 0), Left(life, Client, 600)));
        life.MemberTable[Member] = new Member(500_000, true, 2);
        (life.SharedPpm, life.WasShared, life.Takes) = (500_000, true, 2);
        Assert.Equal((5u, 3u), (Left(life, Client, 0), Left(life, Member, 0)));
        Assert.Equal((10u, 8u), (Left(life, Client, 20), Left(life, Member, 20)));
    }

    [Theory]
    [InlineData(10, 0UL, null)]
    [InlineData(4, 6_000UL, null)]
    [InlineData(4, 6_001UL, "thousandths")]
    [InlineData(11, 0UL, "its entitlement has 10")]
    public void Add_GivenATake_knowsWhatTheEntitlementHas(int count, ulong milli, string? fault)
    {
        var book = new EntitlementBook(Note);
        var data = new Allocation.TakeRequestedEvent(7, Client, 1, (uint)count, milli, 0);
        book.Add(Life(), new TakeRequested(default, data), Now);
        Assert.Equal(fault is null ? 0 : 1, _faults.Count);
        Assert.All(_faults, text => Assert.Contains(fault!, text, StringComparison.Ordinal));
    }

    [Fact]
    public void ReportsPausedAt_GivenTwoPauses_addsThemUp()
    {
        var book = new RegistryBook();
        void Set(ulong bits, ulong time) =>
            book.Add(new PausedSet(default, new RealmRegistryContract.PausedSetEvent(bits, Client)), time);
        Set(2, 100);
        Set(3, 110);
        Assert.Equal(15UL, book.ReportsPausedAt(115));
        Set(1, 120);
        Set(0, 150);
        Assert.Equal(20UL, book.ReportsPausedAt(999));
        Set(2, 1_000);
        Assert.Equal(21UL, book.ReportsPausedAt(1_001));
    }

    private static uint Left(ReservationLife life, Address taker, ulong after) =>
        EntitlementBook.TakesLeft(life, taker, Now + after);

    private static ReservationLife Life()
    {
        var life = new ReservationLife(7);
        var request = Requested(Now, 1);
        life.Begin(request, Now);
        life.Move(ReservationStatus.Granted, Now, null, "");
        return life;
    }

    private static BigInteger Charge(ulong excess, ulong bought, long booked) =>
        PriceFormula.Charge(Curve, excess, bought, PriceFormula.Weight(0, Now, booked, 100))!.Value;

    private void Order(ulong time, BigInteger price, ulong excess, int booked)
    {
        var lanes = string.Concat(Enumerable.Repeat((booked + 10).ToString("x4"), 16));
        _calendar[(1, 0, time / 14_400)] = UInt256.Parse("0x" + lanes);
        _book.Add(new ExcessChanged(default, new Network.ExcessChangedEvent(1, excess)), time);
        _book.Add(Requested(time, (UInt128)price), time);
    }

    private static ReservationRequested Requested(ulong start, UInt128 price)
    {
        var terms = new Terms(1, 10, 0, 600, 950_000, 0, 30, 0, 2, price, 0, Address.Zero);
        return new ReservationRequested(default, new Allocation.ReservationRequestedEvent(
            7, Client, 1, terms, start, start + 600, price, Client, 0, false, 10, 1));
    }

    private void Note(AuditRule rule, LedgerEvent at, UInt128? id, string text) => _faults.Add(text);
}
