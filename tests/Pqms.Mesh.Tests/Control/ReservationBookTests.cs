using Pqms.Mesh.Control;
using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Tests.Control;

public sealed class ReservationBookTests
{
    private const long Second = MeshTime.NanosecondsPerSecond;
    private readonly ReservationBook _book = new();
    private readonly EventLog _log = new(0, observed: false);

    [Fact]
    public void Score_GivenAShortage_letsItFallOnTheLastGrant()
    {
        Reservation first = Add(1, 0, 10, 15);
        Reservation last = Add(2, 0, 10, 15);

        _book.Score(Second, 20, _ => 0.96, _log, new PoolTally(0));

        Assert.Equal(15_000_000UL, Settlement.DeliveredDown(first.ScoreTrillionths));
        Assert.Equal(5_000_000UL, Settlement.DeliveredDown(last.ScoreTrillionths));
    }

    [Fact]
    public void Score_GivenOldPairs_scoresLinearlyBelowTheFidelityAskedFor()
    {
        // Three slots, estimates 0.95, 0.945 and 0.92 against 0.95: q = 1, 0.75, 0; the sum is rounded down.
        Reservation reservation = Add(1, 0, 10, 3);
        double[] estimates = [0.95, 0.945, 0.92];

        _book.Score(Second, 3, i => estimates[i], _log, new PoolTally(0));

        Assert.InRange((ulong)Settlement.DeliveredDown(reservation.ScoreTrillionths), 1_749_999UL, 1_750_000UL);
    }

    [Fact]
    public void Score_GivenATakeJustBefore_countsTheEmptiedPlaceUntilItsTime()
    {
        Reservation reservation = Add(1, 0, 10, 15);
        reservation.CreditNanoseconds = 2 * Second;
        _book.AddCredit(reservation, 14, 0);

        foreach ((long second, ulong filled) in new[] { (1L, 15UL), (2L, 15UL), (3L, 14UL) })
        {
            UInt128 before = reservation.ScoreTrillionths;
            _book.Score(second * Second, 14, _ => 0.96, _log, new PoolTally(0));
            Assert.Equal(filled * 1_000_000, Settlement.DeliveredDown(reservation.ScoreTrillionths - before));
        }
    }

    [Fact]
    public void TrimCredits_GivenARefill_forgetsTheCredit()
    {
        Reservation reservation = Add(1, 0, 10, 15);
        reservation.CreditNanoseconds = 5 * Second;
        _book.AddCredit(reservation, 14, 0);
        _book.TrimCredits(15, 1);

        _book.Score(Second, 14, _ => 0.96, _log, new PoolTally(0));

        Assert.Equal(14_000_000UL, Settlement.DeliveredDown(reservation.ScoreTrillionths));
    }

    [Fact]
    public void Score_GivenSecondsOutsideTheWindow_scoresNone()
    {
        Reservation reservation = Add(1, 3, 5, 1);
        for (long second = 1; second <= 8; second++)
        {
            _book.Score(second * Second, 5, _ => 0.96, _log, new PoolTally(0));
        }

        Assert.Equal(2_000_000UL, Settlement.DeliveredDown(reservation.ScoreTrillionths));
    }

    [Fact]
    public void FilledPlaces_GivenEarlierGrants_serveThemFirst()
    {
        Reservation first = Add(1, 0, 10, 15);
        Reservation last = Add(2, 0, 10, 15);

        Assert.Equal(12, _book.FilledPlaces(first, 12, 0));
        Assert.Equal(0, _book.FilledPlaces(last, 12, 0));
        Assert.Equal(5, _book.FilledPlaces(last, 20, 0));
    }

    [Fact]
    public void Peak_GivenWindowsThatMeet_countsThoseAtOnce()
    {
        Add(1, 0, 10, 5);
        Add(2, 10, 20, 7);
        Add(3, 15, 30, 9);

        Assert.Equal((16L, 60L), _book.Peak(5 * Second, 25 * Second));
        Assert.Equal((7L, 30L), _book.Peak(10 * Second, 15 * Second));
        Assert.Equal((0L, 0L), _book.Peak(40 * Second, 50 * Second));
    }

    [Fact]
    public void NextTick_GivenAnOpenWindow_isTheEndOfItsNextSecond()
    {
        Add(1, 5, 7, 1);

        Assert.Equal(6 * Second, _book.NextTick(0));
        Assert.Equal(6 * Second, _book.NextTick((6 * Second) - 1));
        Assert.Equal(7 * Second, _book.NextTick(6 * Second));
        Assert.Equal(TimerHeap.Never, _book.NextTick(7 * Second));
    }

    private Reservation Add(ulong id, long start, long end, int slots)
    {
        Reservation reservation = new(id, TestScenarios.Request(id, start, end, slots));
        _book.Add(reservation);
        return reservation;
    }
}
