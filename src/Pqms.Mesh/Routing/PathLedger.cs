using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Routing;

/// <summary>Reservations of whole paths: every span of a path or none, with a queue for those that wait.</summary>
/// <remarks>
/// <para>
/// Order of service: greater weight first, then arrival. A span is blocked for a waiting request while too little of it
/// is free or somebody before it claims the span. It claims every span as soon as that is blocked, and keeps the claim
/// until it is served: nobody behind it gets the span meanwhile. So a request is overtaken only by those that share
/// none of the spans it was ever blocked on, its claims only grow, and among equal weights nobody starves as long as
/// everybody releases. A stream of greater weights can hold up a lesser one for ever. What is claimed lies idle even
/// where it is free: that is the price.
/// </para>
/// <para>
/// Each span keeps a line of those that wait for paths over it, in the order of service; from the first claim on, all
/// are claims. Only the first claim of a line can be served, so a release looks at the lines of its own path. Nothing
/// is allocated but in <see cref="PathRequest"/>. Not thread-safe.
/// </para>
/// </remarks>
internal sealed class PathLedger
{
    private const int MaxWaiting = 10_000_000;

    private readonly int[] _capacity;
    private readonly int[] _free;
    private readonly PathClaim?[] _first;
    private readonly PathClaim?[] _last;
    private readonly PathClaim?[] _firstClaim;
    private readonly int[] _touched;
    private readonly int[] _touchedAt;
    private int _touchedCount;
    private int _round;
    private long _arrivals;

    /// <param name="capacities">Memories of every span, at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">A capacity is below 0.</exception>
    public PathLedger(ReadOnlySpan<int> capacities)
    {
        _capacity = capacities.ToArray();
        _free = capacities.ToArray();
        _first = new PathClaim?[capacities.Length];
        _last = new PathClaim?[capacities.Length];
        _firstClaim = new PathClaim?[capacities.Length];
        _touched = new int[capacities.Length];
        _touchedAt = new int[capacities.Length];
        foreach (int capacity in capacities)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(capacity, nameof(capacities));
        }
    }

    /// <summary>Number of requests in the queue.</summary>
    public int Waiting { get; private set; }

    /// <summary>Number of requests that hold their path.</summary>
    public int Held { get; private set; }

    public int Capacity(int span) => _capacity[span];

    public int Free(int span) => _free[span];

    /// <summary>Reserves at once or queues.</summary>
    /// <returns>Held, Waiting or TooWide.</returns>
    /// <exception cref="InvalidOperationException">The request is not idle.</exception>
    public PathState Submit(PathRequest request)
    {
        Require(request, PathState.Idle);
        foreach (int span in request.Spans)
        {
            if (_capacity[span] < request.Width)
            {
                return request.State = PathState.TooWide;
            }
        }

        request.Arrival = _arrivals++;
        if (IsBlocked(request))
        {
            Waiting++;
            Queue(request);
            return request.State = PathState.Waiting;
        }

        Take(request);
        return request.State;
    }

    /// <summary>Gives a held path back, once.</summary>
    /// <param name="request">A request that is held.</param>
    /// <param name="granted">Gets those that could be served now, in the order of service.</param>
    /// <exception cref="InvalidOperationException">The request is not held: released before, or never was.</exception>
    public void Release(PathRequest request, List<PathRequest> granted)
    {
        Require(request, PathState.Held);
        foreach (int span in request.Spans)
        {
            _free[span] += request.Width;
        }

        request.State = PathState.Idle;
        Held--;
        Serve(request, granted);
    }

    /// <summary>Takes a waiting request out of the queue.</summary>
    /// <param name="request">A request that waits.</param>
    /// <param name="granted">Gets those that could be served now, in the order of service.</param>
    /// <exception cref="InvalidOperationException">The request does not wait.</exception>
    public void Withdraw(PathRequest request, List<PathRequest> granted)
    {
        Require(request, PathState.Waiting);
        LeaveLines(request);
        request.State = PathState.Idle;
        Waiting--;
        Serve(request, granted);
    }

    /// <summary>Writes or reads the ledger, those that wait included; those that hold a path are their
    /// owners'.</summary>
    /// <param name="state">The exchange.</param>
    /// <param name="spansOf">Path of an owner's requests.</param>
    public void Exchange(StateExchange state, Func<int, int[]> spansOf)
    {
        state.Items(_free, static (StateExchange s, ref int item) => s.Value(ref item));
        state.Value(ref _arrivals);
        int held = Held;
        state.Value(ref held);
        Held = held;
        List<PathRequest> waiting = [.. WaitingInOrder()];
        state.Items(waiting, MaxWaiting, (StateExchange s, ref PathRequest item) =>
            PathRequest.Exchange(s, ref item, spansOf, PathState.Waiting));
        if (state.IsReading)
        {
            waiting.ForEach(Append);
            Waiting = waiting.Count;
        }
    }

    private SortedSet<PathRequest> WaitingInOrder()
    {
        SortedSet<PathRequest> waiting = new(Comparer<PathRequest>.Create(
            static (a, b) => a.ComesBefore(b) ? -1 : b.ComesBefore(a) ? 1 : 0));
        foreach (PathClaim? line in _first)
        {
            for (PathClaim? place = line; place is not null; place = place.Next)
            {
                waiting.Add(place.Owner);
            }
        }

        return waiting;
    }

    // Lines stand in the order of service, so those that wait come back in that order.
    private void Append(PathRequest request)
    {
        foreach (PathClaim place in request.Claims)
        {
            Join(_last[place.Span], place, place.Span);
            Join(place, null, place.Span);
            if (place.IsClaimed && _firstClaim[place.Span] is null)
            {
                _firstClaim[place.Span] = place;
            }
        }
    }

    private static void Require(PathRequest request, PathState state)
    {
        if (request.State != state)
        {
            throw new InvalidOperationException($"The request is {request.State}; it would have to be {state}.");
        }
    }

    // Looks at the first claim of every line that the request was in, and of every line that a grant shortens, in the
    // order of service. A grant only takes capacity, so whoever was looked at before stays blocked.
    private void Serve(PathRequest cause, List<PathRequest> granted)
    {
        _round++;
        _touchedCount = 0;
        Touch(cause);
        PathRequest? last = null;
        while (NextAfter(last) is { } next)
        {
            last = next;
            if (!IsBlocked(next))
            {
                LeaveLines(next);
                Waiting--;
                Take(next);
                Touch(next);
                granted.Add(next);
            }
        }
    }

    private void Touch(PathRequest request)
    {
        foreach (int span in request.Spans)
        {
            if (_touchedAt[span] != _round)
            {
                _touchedAt[span] = _round;
                _touched[_touchedCount++] = span;
            }
        }
    }

    private PathRequest? NextAfter(PathRequest? last)
    {
        PathRequest? next = null;
        for (int i = 0; i < _touchedCount; i++)
        {
            PathRequest? first = _firstClaim[_touched[i]]?.Owner;
            if (first is not null && (last is null || last.ComesBefore(first))
                && (next is null || first.ComesBefore(next)))
            {
                next = first;
            }
        }

        return next;
    }

    private bool IsBlocked(PathRequest request)
    {
        foreach (int span in request.Spans)
        {
            PathRequest? first = _firstClaim[span]?.Owner;
            if (_free[span] < request.Width || (first is not null && first.ComesBefore(request)))
            {
                return true;
            }
        }

        return false;
    }

    private void Take(PathRequest request)
    {
        foreach (int span in request.Spans)
        {
            _free[span] -= request.Width;
            PathClaim? place = _first[span];
            while (place is not null && !place.IsClaimed && place.Owner.Width <= _free[span])
            {
                place = place.Next;
            }

            ClaimFrom(place);
        }

        request.State = PathState.Held;
        Held++;
    }

    // Everybody behind a claim is blocked by it, so the rest of the line claims too.
    private void ClaimFrom(PathClaim? place)
    {
        if (place is null || place.IsClaimed)
        {
            return;
        }

        _firstClaim[place.Span] = place;
        for (PathClaim? next = place; next is not null && !next.IsClaimed; next = next.Next)
        {
            next.IsClaimed = true;
        }
    }

    private void Queue(PathRequest request)
    {
        foreach (PathClaim place in request.Claims)
        {
            PathClaim? before = _last[place.Span];
            while (before is not null && request.ComesBefore(before.Owner))
            {
                before = before.Previous;
            }

            PathClaim? after = before is null ? _first[place.Span] : before.Next;
            Join(before, place, place.Span);
            Join(place, after, place.Span);
            if (before is { IsClaimed: true })
            {
                place.IsClaimed = true;
            }
            else if (_free[place.Span] < request.Width)
            {
                ClaimFrom(place);
            }
        }
    }

    private void LeaveLines(PathRequest request)
    {
        foreach (PathClaim place in request.Claims)
        {
            if (_firstClaim[place.Span] == place)
            {
                _firstClaim[place.Span] = place.Next;
            }

            Join(place.Previous, place.Next, place.Span);
            place.IsClaimed = false;
            place.Previous = null;
            place.Next = null;
        }
    }

    private void Join(PathClaim? before, PathClaim? after, int span)
    {
        if (before is null)
        {
            _first[span] = after;
        }
        else
        {
            before.Next = after;
        }

        if (after is null)
        {
            _last[span] = before;
        }
        else
        {
            after.Previous = before;
        }
    }
}
