namespace Pqms.Mesh.Control;

/// <summary>Weight of waiting or standing claims in a division: by priority, and growing while they wait.</summary>
/// <remarks>
/// Weights add up over the claims of a pool. Ageing keeps low priorities from starving: a low claim that has waited 7
/// minutes weighs as much as a new critical one. The figures are choices of this project, not measured ones.
/// </remarks>
internal static class PriorityWeight
{
    /// <summary>Time in s after which a claim weighs twice as much as when it came.</summary>
    public const double DoublingSeconds = 60.0;

    private const int Highest = 3;

    /// <summary>2^priority (1 + waited/60 s).</summary>
    /// <param name="priority">0 low, 1 normal, 2 high, 3 critical; outside counts as the nearest.</param>
    /// <param name="waitedSeconds">Time since the claim came, in s; below 0 counts as 0.</param>
    public static double Of(int priority, double waitedSeconds)
    {
        int steps = priority < 0 ? 0 : priority > Highest ? Highest : priority;
        double waited = waitedSeconds > 0.0 ? waitedSeconds : 0.0;
        return (1 << steps) * (1.0 + (waited / DoublingSeconds));
    }
}
