namespace Pqms.Mesh.Control;

/// <summary>Weight of a reservation when the planner divides memories, by its priority.</summary>
/// <remarks>
/// Weights add up over the open reservations of a pool, so no priority starves another: with one reservation each, a
/// low pool still gets a ninth of what it shares with a critical one. Powers of two are a choice of this project, not a
/// measured figure.
/// </remarks>
internal static class PriorityWeight
{
    private const int Highest = 3;

    /// <summary>2^priority.</summary>
    /// <param name="priority">0 low, 1 normal, 2 high, 3 critical; outside counts as the nearest.</param>
    public static double Of(int priority) => 1 << (priority < 0 ? 0 : priority > Highest ? Highest : priority);
}
