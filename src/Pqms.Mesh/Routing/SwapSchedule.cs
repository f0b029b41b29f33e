using Pqms.Mesh.Scenarios;

namespace Pqms.Mesh.Routing;

/// <summary>One join of a nested schedule: segments (From, At) and (At, To) become (From, To).</summary>
/// <param name="Left">Segment on the A side.</param>
/// <param name="Right">Segment on the B side.</param>
/// <param name="From">Node of the route where the left segment begins.</param>
/// <param name="At">Node where they are swapped, 1 to spans - 1.</param>
/// <param name="To">Node where the right segment ends.</param>
internal readonly record struct SwapJoin(int Left, int Right, int From, int At, int To);

/// <summary>In which order the spans of a route may be joined; nodes of the route are numbered 0 to spans.</summary>
/// <remarks>
/// <para>
/// Together: all at once, when every span holds a pair; within that moment from the A side on, as
/// <see cref="RouteFidelity"/> does. Asap: any two neighbouring segments as soon as both exist. Nested: by a balanced
/// binary tree, which for a power of two is the doubling of Briegel, Duer, Cirac, Zoller, PRL 81, 5932 (1998); a half
/// that cannot be equal is longer on the A side.
/// </para>
/// <para>
/// Segments of a nested schedule are numbered: 0 to spans - 1 are the spans themselves, spans + j is what join j makes;
/// the last one is the whole route. A join's parts have lower numbers than the join.
/// </para>
/// </remarks>
internal sealed class SwapSchedule
{
    private readonly List<SwapJoin> _joins = [];
    private readonly int[] _joinAt;
    private readonly int[] _joinOf;

    /// <param name="order">How the spans are joined.</param>
    /// <param name="spans">Number of spans, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
    public SwapSchedule(SwapOrder order, int spans)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spans, 1);
        Order = order;
        Spans = spans;
        _joinAt = new int[spans + 1];
        _joinOf = new int[(2 * spans) - 1];
        Array.Fill(_joinAt, -1);
        Array.Fill(_joinOf, -1);
        if (order == SwapOrder.Nested)
        {
            Divide(0, spans);
        }
    }

    public SwapOrder Order { get; }

    public int Spans { get; }

    /// <summary>Joins of a nested schedule, parts first; empty for the others.</summary>
    public IReadOnlyList<SwapJoin> Joins => _joins;

    /// <summary>The join that a segment of a nested schedule waits for; -1 for the whole route.</summary>
    public int JoinOf(int segment) => _joinOf[segment];

    /// <summary>Whether segments (from, at) and (at, to) may be swapped at node <paramref name="at"/>.</summary>
    /// <remarks>For <see cref="SwapOrder.Together"/> only once every span holds a pair, which is the caller's to
    /// see.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= from &lt; at &lt; to &lt;= spans.</exception>
    public bool MayJoin(int from, int at, int to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(at, from);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(to, at);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to, Spans);
        return Order switch
        {
            SwapOrder.Together => from == 0 && to == at + 1,
            SwapOrder.Asap => true,
            _ => _joins[_joinAt[at]].From == from && _joins[_joinAt[at]].To == to,
        };
    }

    private int Divide(int from, int to)
    {
        if (to - from == 1)
        {
            return from;
        }

        int at = from + ((to - from + 1) / 2);
        int left = Divide(from, at);
        int right = Divide(at, to);
        int join = _joins.Count;
        _joins.Add(new SwapJoin(left, right, from, at, to));
        _joinAt[at] = join;
        _joinOf[left] = join;
        _joinOf[right] = join;
        return Spans + join;
    }
}
