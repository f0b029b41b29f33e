using Pqms.Mesh.Engine;

namespace Pqms.Mesh.Routing;

/// <summary>Where a request stands with its ledger.</summary>
internal enum PathState
{
    /// <summary>Not with the ledger: new, released or withdrawn. May be submitted.</summary>
    Idle = 0,

    /// <summary>In the queue; leaves it by being granted or withdrawn.</summary>
    Waiting = 1,

    /// <summary>Has its width on every span; leaves by being released.</summary>
    Held = 2,

    /// <summary>Wider than a span of its path: it was not queued and may not be submitted again.</summary>
    TooWide = 3,
}

/// <summary>Wish for the same number of memories on every span of a path; may be used again after release.</summary>
/// <remarks>All memory that a ledger needs for it is made here.</remarks>
internal sealed class PathRequest
{
    private readonly int[] _spans;

    /// <param name="spans">Positions of the spans; at least one, no span twice.</param>
    /// <param name="width">Memories per span, at least 1.</param>
    /// <param name="weight">Priority: a greater weight is served first.</param>
    /// <exception cref="ArgumentException">There is no span, or one comes twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The width is below 1.</exception>
    public PathRequest(int[] spans, int width, int weight = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(spans.Length, 1);
        _spans = spans;
        Width = width;
        Weight = weight;
        Claims = new PathClaim[spans.Length];
        for (int i = 0; i < spans.Length; i++)
        {
            Claims[i] = new PathClaim(this, spans[i]);
            if (Array.IndexOf(spans, spans[i]) != i)
            {
                throw new ArgumentException($"Span {spans[i]} comes twice on the path.", nameof(spans));
            }
        }
    }

    public ReadOnlySpan<int> Spans => _spans;

    public int Width { get; }

    public int Weight { get; }

    /// <summary>Whom it belongs to; for the caller.</summary>
    public int Owner { get; init; }

    public PathState State { get; internal set; }

    /// <summary>Number of the submission; lower came earlier.</summary>
    internal long Arrival { get; set; }

    internal PathClaim[] Claims { get; }

    /// <summary>Writes a request, or reads it in a given state.</summary>
    public static void Exchange(
        StateExchange state, ref PathRequest item, Func<int, int[]> spansOf, PathState readAs)
    {
        int owner = state.IsReading ? 0 : item.Owner;
        int width = state.IsReading ? 0 : item.Width;
        int weight = state.IsReading ? 0 : item.Weight;
        long arrival = state.IsReading ? 0 : item.Arrival;
        state.Value(ref owner);
        state.Value(ref width, 1, int.MaxValue);
        state.Value(ref weight);
        state.Value(ref arrival);
        if (state.IsReading)
        {
            item = new PathRequest(spansOf(owner), width, weight)
            {
                Owner = owner,
                Arrival = arrival,
                State = readAs,
            };
        }

        foreach (PathClaim claim in item.Claims)
        {
            bool isClaimed = claim.IsClaimed;
            state.Value(ref isClaimed);
            claim.IsClaimed = isClaimed;
        }
    }

    /// <summary>Whether this is served before the other.</summary>
    internal bool ComesBefore(PathRequest other) =>
        Weight > other.Weight || (Weight == other.Weight && Arrival < other.Arrival);
}

/// <summary>A waiting request's place in the line of one span of its path.</summary>
internal sealed class PathClaim(PathRequest owner, int span)
{
    public PathRequest Owner => owner;

    public int Span => span;

    public PathClaim? Previous { get; set; }

    public PathClaim? Next { get; set; }

    /// <summary>Whether the span was ever blocked for the owner since it waits; then nobody behind gets it.</summary>
    public bool IsClaimed { get; set; }
}
