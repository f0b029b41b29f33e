namespace Pqms.Mesh.Control;

/// <summary>Fills a cold pool evenly over one lifetime, so that its pairs never all expire together.</summary>
/// <remarks>
/// Lifetimes are nearly equal and an expired pair is replaced at once, so the pattern of the first fill persists. Half
/// of the warm-up is the most it may take: the pool is full at the era's start. Slots that are granted never wait for
/// it.
/// </remarks>
/// <param name="Start">Begin of the warm-up.</param>
/// <param name="Duration">How long the ramp takes, ns; 0 for none.</param>
internal readonly record struct FillRamp(long Start, long Duration)
{
    public static FillRamp Of(PoolPlan plan, long start, int warmUpSeconds)
    {
        double lifetime = plan.LifetimeSeconds(plan.Pool.FidelityFloor);
        double longest = 0.5 * warmUpSeconds;
        double seconds = lifetime < longest ? lifetime : longest;
        return new FillRamp(start, (long)(seconds * MeshTime.NanosecondsPerSecond));
    }

    /// <summary>The target that the ramp allows.</summary>
    public int Limit(int target, int grantedSlots, long now)
    {
        if (now >= Start + Duration)
        {
            return target;
        }

        int allowed = 1 + StepsBy(target, now);
        int least = allowed > grantedSlots ? allowed : grantedSlots;
        return least < target ? least : target;
    }

    /// <summary>When the target next rises by one, or <see cref="long.MaxValue"/>.</summary>
    public long NextStep(int target, long now)
    {
        if (now >= Start + Duration || target == 0)
        {
            return long.MaxValue;
        }

        // The least time whose steps exceed the present ones: Start + ceil((steps + 1) Duration/target).
        UInt128 next = (UInt128)(ulong)(StepsBy(target, now) + 1) * (ulong)Duration;
        return Start + (long)((next + (ulong)target - 1) / (ulong)target);
    }

    private int StepsBy(int target, long now) =>
        (int)((UInt128)(ulong)target * (ulong)(now - Start) / (ulong)Duration);
}
