using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Control;

/// <summary>The open reservations of one pool in grant order, and the score they earn.</summary>
/// <remarks>
/// Standing pairs fill reservations in grant order, so a shortage falls on the last. A place emptied by a take counts
/// as filled until the pool is refilled, at most for the credit time of the taker's grant. Credits belong to the pool:
/// under grant order the missing place may be another client's than the taker's.
/// </remarks>
internal sealed class ReservationBook
{
    private const int MaxOpen = 10_000_000;

    private readonly List<Reservation> _open = [];
    private readonly List<long> _credits = [];

    public IReadOnlyList<Reservation> Open => _open;

    public void Add(Reservation reservation)
    {
        reservation.Open = true;
        _open.Add(reservation);
    }

    public void Remove(Reservation reservation)
    {
        reservation.Open = false;
        _open.Remove(reservation);
    }

    /// <summary>Slots of reservations whose window runs.</summary>
    public int ActiveSlots(long now)
    {
        int slots = 0;
        foreach (Reservation reservation in _open)
        {
            slots += reservation.ActiveAt(now) ? reservation.Slots : 0;
        }

        return slots;
    }

    /// <summary>Slots that the pool must fill now, including those whose window begins soon.</summary>
    public int SlotsToFill(long now)
    {
        int slots = 0;
        foreach (Reservation reservation in _open)
        {
            slots += reservation.FillFrom <= now && now < reservation.End ? reservation.Slots : 0;
        }

        return slots;
    }

    /// <summary>Most slots, and most takes per minute, granted at once within a window.</summary>
    /// <remarks>Sums rise only at the window's start and at starts within it, so those moments suffice.</remarks>
    public (long Slots, long TakesPerMinute) Peak(long start, long end)
    {
        List<Reservation> overlapping = _open.FindAll(other => other.Start < end && start < other.End);
        (long slots, long takes) = LoadAt(overlapping, start);
        foreach (Reservation reservation in overlapping)
        {
            if (reservation.Start > start)
            {
                (long thenSlots, long thenTakes) = LoadAt(overlapping, reservation.Start);
                slots = thenSlots > slots ? thenSlots : slots;
                takes = thenTakes > takes ? thenTakes : takes;
            }
        }

        return (slots, takes);
    }

    /// <summary>Places of a reservation that stand filled, given the pool's stock.</summary>
    public int FilledPlaces(Reservation wanted, int stock, long now)
    {
        int left = stock;
        foreach (Reservation reservation in _open)
        {
            if (ReferenceEquals(reservation, wanted))
            {
                return left < wanted.Slots ? left : wanted.Slots;
            }

            if (reservation.ActiveAt(now))
            {
                left = left > reservation.Slots ? left - reservation.Slots : 0;
            }
        }

        return 0;
    }

    /// <summary>A take emptied a place.</summary>
    public void AddCredit(Reservation taker, int stock, long now)
    {
        _credits.Add(now + taker.CreditNanoseconds);
        TrimCredits(stock, now);
    }

    /// <summary>Forgets credits of places that were refilled or whose time is over.</summary>
    public void TrimCredits(int stock, long now)
    {
        if (_credits.Count == 0)
        {
            return;
        }

        _credits.RemoveAll(until => until < now);
        int missing = ActiveSlots(now) - stock;
        int refilled = _credits.Count - (missing > 0 ? missing : 0);
        if (refilled > 0)
        {
            _credits.RemoveRange(0, refilled);
        }
    }

    /// <summary>Scores the second that ends now.</summary>
    /// <param name="now">A whole second.</param>
    /// <param name="stock">Standing pairs.</param>
    /// <param name="estimate">Estimate of the standing pair at a position, 0 the freshest.</param>
    /// <param name="log">Gets one event per reservation.</param>
    /// <param name="tally">Gets how full each reservation was.</param>
    public void Score(long now, int stock, Func<int, double> estimate, EventLog log, PoolTally tally)
    {
        _credits.RemoveAll(until => until < now);
        int used = 0;
        int credits = _credits.Count;
        foreach (Reservation reservation in _open)
        {
            if (!reservation.CoversSecondBefore(now))
            {
                continue;
            }

            int filled = stock - used < reservation.Slots ? stock - used : reservation.Slots;
            int credited = reservation.Slots - filled < credits ? reservation.Slots - filled : credits;
            UInt128 score = (UInt128)(ulong)credited * (ulong)Settlement.FullScoreTrillionths;
            score += SumOfScores(used, filled, estimate, reservation.FidelityMin);
            used += filled;
            credits -= credited;
            reservation.ScoreTrillionths += score;
            tally.Reserve(reservation.Predicted, filled == reservation.Slots);
            log.Append(now, MeshEventKind.SecondScored, (ulong)filled, (ulong)score, reservation.Id);
        }
    }

    /// <summary>The next moment at which a second of some window ends, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextTick(long now)
    {
        long next = TimerHeap.Never;
        long wholeSecond = new MeshTime(now).WholeSeconds * MeshTime.NanosecondsPerSecond;
        foreach (Reservation reservation in _open)
        {
            long begun = reservation.Start > wholeSecond ? reservation.Start : wholeSecond;
            long tick = begun + MeshTime.NanosecondsPerSecond;
            next = tick <= reservation.End && tick < next ? tick : next;
        }

        return next;
    }

    /// <summary>When places must next be filled or a window ends, or <see cref="TimerHeap.Never"/>.</summary>
    public long NextTransition(long now)
    {
        long next = TimerHeap.Never;
        foreach (Reservation reservation in _open)
        {
            long moment = reservation.FillFrom > now ? reservation.FillFrom : reservation.End;
            next = moment < next ? moment : next;
        }

        return next;
    }

    /// <summary>Writes or reads the book.</summary>
    /// <param name="state">The exchange.</param>
    /// <param name="find">The reservation with an id.</param>
    public void Exchange(StateExchange state, Func<UInt128, Reservation> find)
    {
        state.Items(_open, MaxOpen, (StateExchange s, ref Reservation item) =>
        {
            UInt128 id = s.IsReading ? UInt128.Zero : item.Id;
            s.Value(ref id);
            item = s.IsReading ? find(id) : item;
        });
        state.Items(_credits, MaxOpen, static (StateExchange s, ref long item) => s.Value(ref item));
    }

    private static UInt128 SumOfScores(int from, int count, Func<int, double> estimate, double fidelityMin)
    {
        // Pairs come freshest first: when the last one is good enough, all are.
        if (count > 0 && estimate(from + count - 1) >= fidelityMin)
        {
            return (UInt128)(ulong)count * (ulong)Settlement.FullScoreTrillionths;
        }

        UInt128 sum = UInt128.Zero;
        for (int i = from; i < from + count; i++)
        {
            sum += (ulong)Settlement.ScoreDown(estimate(i), fidelityMin);
        }

        return sum;
    }

    private static (long Slots, long TakesPerMinute) LoadAt(List<Reservation> reservations, long moment)
    {
        long slots = 0;
        long takes = 0;
        foreach (Reservation reservation in reservations)
        {
            if (reservation.Start <= moment && moment < reservation.End)
            {
                slots += reservation.Slots;
                takes += reservation.TakesPerMinute;
            }
        }

        return (slots, takes);
    }
}
