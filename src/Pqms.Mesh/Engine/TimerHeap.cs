namespace Pqms.Mesh.Engine;

/// <summary>The pending events of one entity: a binary heap over a fixed set of timers.</summary>
/// <remarks>
/// Ordered by (time, timer number), so ties resolve the same way in every run. A pool has a few dozen timers, whatever
/// its stock; moving one is O(log timers) and allocates nothing.
/// </remarks>
internal sealed class TimerHeap
{
    /// <summary>The time of a timer that is not set.</summary>
    public const long Never = long.MaxValue;

    private readonly long[] _times;
    private readonly int[] _heap;
    private readonly int[] _position;
    private int _count;

    public TimerHeap(int timers)
    {
        _times = new long[timers];
        _heap = new int[timers];
        _position = new int[timers];
        Array.Fill(_times, Never);
        Array.Fill(_position, -1);
    }

    /// <summary>The earliest time set, or <see cref="Never"/>.</summary>
    public long NextTime => _count == 0 ? Never : _times[_heap[0]];

    /// <summary>The timer that is due next; only meaningful while one is set.</summary>
    public int NextTimer => _heap[0];

    /// <summary>Sets, moves or (with <see cref="Never"/>) clears a timer.</summary>
    public void Set(int timer, long time)
    {
        if (_times[timer] == time)
        {
            return;
        }

        if (time == Never)
        {
            Remove(timer);
            return;
        }

        _times[timer] = time;
        if (_position[timer] < 0)
        {
            Place(timer, _count++);
        }

        SiftUp(_position[timer]);
        SiftDown(_position[timer]);
    }

    /// <summary>Writes or reads all timers.</summary>
    public void Exchange(StateExchange state)
    {
        for (int timer = 0; timer < _times.Length; timer++)
        {
            long time = _times[timer];
            state.Value(ref time);
            Set(timer, time);
        }
    }

    private void Remove(int timer)
    {
        int hole = _position[timer];
        _times[timer] = Never;
        _position[timer] = -1;
        int last = _heap[--_count];
        if (last == timer)
        {
            return;
        }

        Place(last, hole);
        SiftUp(hole);
        SiftDown(_position[last]);
    }

    private void SiftUp(int index)
    {
        int timer = _heap[index];
        while (index > 0 && Before(timer, _heap[(index - 1) / 2]))
        {
            Place(_heap[(index - 1) / 2], index);
            index = (index - 1) / 2;
        }

        Place(timer, index);
    }

    private void SiftDown(int index)
    {
        int timer = _heap[index];
        while ((2 * index) + 1 < _count)
        {
            int child = (2 * index) + 1;
            if (child + 1 < _count && Before(_heap[child + 1], _heap[child]))
            {
                child++;
            }

            if (!Before(_heap[child], timer))
            {
                break;
            }

            Place(_heap[child], index);
            index = child;
        }

        Place(timer, index);
    }

    private bool Before(int left, int right) =>
        _times[left] < _times[right] || (_times[left] == _times[right] && left < right);

    private void Place(int timer, int index)
    {
        _heap[index] = timer;
        _position[timer] = index;
    }
}
