using Pqms.Mesh.Routing;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>The estimate: fidelity of a route's pairs by their age, from nominal figures.</summary>
/// <remarks>
/// Phase flips commute with swaps (both are Pauli errors), so dephasing of link pairs before a swap and of the long
/// pair after it add up: F depends only on the age, the sum of the ages of the link pairs at the swap plus the time
/// since. Each pair thus carries one moment, its virtual birth, and the pairs of a route expire in the order of
/// virtual births.
/// </remarks>
internal sealed class AgeModel
{
    // Hundred years: with a birth within this century the sum stays within 64 bits.
    private const long LongestNanoseconds = 3_155_760_000_000_000_000;
    private const double LongestSeconds = LongestNanoseconds * 1e-9;

    private readonly BellDiagonal _fresh;
    private readonly DephasingMemory _memory;

    private AgeModel(BellDiagonal fresh, DephasingMemory memory)
    {
        _fresh = fresh;
        _memory = memory;
    }

    /// <summary>The model of a route.</summary>
    /// <param name="profile">Nominal figures of the hardware.</param>
    /// <param name="spans">Spans of the route, at least 1.</param>
    public static AgeModel Of(HardwareProfile profile, int spans) =>
        new(RouteFidelity.Fresh(profile, spans), DephasingMemory.Create(profile.T2Seconds));

    /// <summary>Estimated fidelity at an age of seconds, at least 0.</summary>
    public double Estimate(double ageSeconds) => _memory.FidelityAfter(_fresh, ageSeconds);

    /// <summary>Estimated fidelity at an age of nanoseconds, at least 0.</summary>
    public double Estimate(long ageNanoseconds) => Estimate(ageNanoseconds * 1e-9);

    /// <summary>The greatest age whose estimate reaches a floor, at most a hundred years; 0 if none does.</summary>
    public long LongestAge(double floor)
    {
        double seconds = _memory.SecondsUntil(_fresh, floor);
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
