using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>What the planner expects of a route's pairs by their age, from nominal figures.</summary>
/// <remarks>
/// Pauli errors commute with swaps, so what the link pairs lose before a swap and the long pair after it add up: with
/// equal memories everywhere F depends only on the age, the sum of the ages of the link pairs at the swap plus the
/// time since. Where memories differ it is an approximation, used for predictions only; every pair's own estimate is
/// computed step by step.
/// </remarks>
internal sealed class AgeModel(BellDiagonal fresh, PauliMemory memory)
{
    /// <summary>Hundred years: with a birth within this century the sum stays within 64 bits.</summary>
    public const long LongestNanoseconds = 3_155_760_000_000_000_000;

    private const double LongestSeconds = LongestNanoseconds * 1e-9;

    /// <summary>Estimated fidelity at an age of seconds, at least 0.</summary>
    public double Estimate(double ageSeconds) => memory.FidelityAfter(fresh, ageSeconds);

    /// <summary>Estimated fidelity at an age of nanoseconds, at least 0.</summary>
    public double Estimate(long ageNanoseconds) => Estimate(ageNanoseconds * 1e-9);

    /// <summary>The greatest age whose estimate reaches a floor, at most a hundred years; 0 if none does.</summary>
    public long LongestAge(double floor)
    {
        double seconds = memory.SecondsUntil(fresh, floor);
        if (!(seconds < LongestSeconds))
        {
            return LongestNanoseconds;
        }

        long age = (long)(seconds * 1e9);
        while (age > 0 && Estimate(age) < floor)
        {
            age--;
        }

        return age;
    }
}
