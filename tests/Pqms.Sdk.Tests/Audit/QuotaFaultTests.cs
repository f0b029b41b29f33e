using Pqms.Sdk.Contracts;
using Pqms.Sdk.Ledger;

namespace Pqms.Sdk.Tests.Audit;

public sealed class QuotaFaultTests
{
    private const byte Research = 1;

    [Fact]
    public void Rebuild_GivenAQuotaAndABorrower_findsNoFault() => Planted.None(Ledger());

    [Fact]
    public void Rebuild_WithoutTheQuotas_namesTheBookingThatCountsAgainstThem() =>
        Planted.Named(Ledger().Without<QuotasSet>(), 11, "counts against a quota: True, should be False");

    [Fact]
    public void Rebuild_WhenABookingWithinTheQuotaIsToldAsBorrowed_namesIt() =>
        Planted.Named(InQuota(0, false), 11, "counts against a quota: False, should be True");

    [Fact]
    public void Rebuild_WhenABorrowedBookingIsToldAsWithinTheQuota_namesIt() =>
        Planted.Named(InQuota(1, true), 12, "counts against a quota: True, should be False");

    [Fact]
    public void Rebuild_WhenItIsTooEarlyToBorrow_namesTheBooking() => Planted.Named(
        ToldLedger.Rebuild(Ledger(startIn: 4_000).Events), 12, "borrows 4000 s ahead, at most 3600");

    [Fact]
    public void Rebuild_WithoutTheCohort_namesTheBooking() =>
        Planted.Named(Ledger().Without<CohortSet>(), 11, "cohort is 1, the client's is 0");

    [Fact]
    public void Rebuild_WhenQuotasExceedTheCapacity_namesThePool() => Planted.Named(
        Ledger().With<QuotasSet>(static e => e with { Data = e.Data with { Quotas = new Quotas(2, 9, 0, 0) } }),
        null, "quotas of pool 1 sum up to 11, capacity 10");

    [Fact]
    public void Rebuild_WhenAPoolIsIsolated_namesTheBooking()
    {
        var ledger = new ToldUse();
        ledger.Deposit(ToldLedger.Client, ToldUse.Price);
        ledger.Next();
        ledger.Tell(static place => new PoolIsolationSet(place, new(ToldLedger.Pool, true)));
        ledger.Single(11);
        Planted.Named(ToldLedger.Rebuild(ledger.Events), 11, "pool 1 is isolated");
    }

    private static Sdk.Audit.LedgerHistory InQuota(int which, bool told) => Ledger().With<ReservationRequested>(
        e => e with { Data = e.Data with { InQuota = told } }, which);

    // Two of the ten slots are kept for research: the first booking has them, the second borrows.
    private static ToldUse Ledger(ulong startIn = 0)
    {
        var ledger = new ToldUse();
        ledger.Deposit(ToldLedger.Client, ToldUse.Price * 2);
        ledger.Next();
        ledger.Tell(static place => new QuotasSet(place, new(ToldLedger.Pool, new Quotas(2, 4, 0, 0))));
        ledger.Tell(static place => new CohortSet(place, new(ToldLedger.Client, Research)));
        ledger.Single(11, startIn, Research, inQuota: true);
        ledger.Single(12, startIn, Research);
        return ledger;
    }
}
