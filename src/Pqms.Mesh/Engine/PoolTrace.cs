using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Engine;

/// <summary>The scenario's own reservations of one pool: when each is asked for, and when it takes.</summary>
/// <remarks>Takes are spread evenly over the window: the k-th of n comes after (k - 1/2)/n of it.</remarks>
internal sealed class PoolTrace(List<ScenarioReservation> trace, long eraStart)
{
    private readonly List<Running> _running = [];
    private int _next;

    /// <summary>When something happens next, or <see cref="TimerHeap.Never"/>.</summary>
    public long Next
    {
        get
        {
            long next = _next < trace.Count ? StartOf(trace[_next]) : TimerHeap.Never;
            foreach (Running running in _running)
            {
                next = running.NextTake < next ? running.NextTake : next;
            }

            return next;
        }
    }

    /// <summary>The reservation that is to be asked for now, if any.</summary>
    /// <param name="now">Now.</param>
    /// <param name="number">Its position among the pool's.</param>
    public ScenarioReservation? Ask(long now, out int number)
    {
        number = _next;
        return _next < trace.Count && StartOf(trace[_next]) <= now ? trace[_next++] : null;
    }

    /// <summary>A reservation was granted: its takes follow.</summary>
    public void Granted(int number)
    {
        Running running = new(number, 0);
        if (Total(number) > 0)
        {
            _running.Add(running with { NextTake = TakeAt(running) });
        }
    }

    /// <summary>The reservation that takes a pair now, or -1.</summary>
    public int Take(long now)
    {
        int due = _running.FindIndex(running => running.NextTake <= now);
        if (due < 0)
        {
            return -1;
        }

        Running running = _running[due] with { Taken = _running[due].Taken + 1 };
        if (running.Taken < Total(running.Number))
        {
            _running[due] = running with { NextTake = TakeAt(running) };
        }
        else
        {
            _running.RemoveAt(due);
        }

        return running.Number;
    }

    /// <summary>The terms of a reservation of the trace.</summary>
    public ScenarioReservation this[int number] => trace[number];

    public void Exchange(StateExchange state)
    {
        state.Value(ref _next, 0, trace.Count);
        state.Items(_running, 100_000, Running.Exchange);
    }

    private long StartOf(ScenarioReservation reservation) =>
        eraStart + (reservation.AtSeconds * MeshTime.NanosecondsPerSecond);

    private long Total(int number) => (long)trace[number].DurationSeconds * trace[number].TakesPerMinute / 60;

    private long TakeAt(in Running running)
    {
        ScenarioReservation reservation = trace[running.Number];
        UInt128 window = (UInt128)(ulong)reservation.DurationSeconds * (ulong)MeshTime.NanosecondsPerSecond;
        UInt128 halves = (window * (ulong)((2 * running.Taken) + 1)) / (ulong)(2 * Total(running.Number));
        return StartOf(reservation) + (long)halves;
    }

    private readonly record struct Running(int Number, long NextTake)
    {
        public long Taken { get; init; }

        public static void Exchange(StateExchange state, ref Running item)
        {
            int number = item.Number;
            long next = item.NextTake;
            long taken = item.Taken;
            state.Value(ref number);
            state.Value(ref next);
            state.Value(ref taken);
            item = new Running(number, next) { Taken = taken };
        }
    }
}
