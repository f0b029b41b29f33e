using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>The estimate: fidelity of a route's pairs as a function of one number, their age, from nominal figures.</summary>
/// <remarks>
/// Phase flips commute with swaps (both are Pauli errors), so dephasing of link pairs before a swap and of the long pair
/// after it add up: F depends only on the age, the sum of the ages of the link pairs at the swap plus the time since. Each
/// pair thus carries one moment, its virtual birth, and the pairs of a route expire in the order of virtual births.
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

    /// <summary>The model of a route of equal links.</summary>
    /// <param name="links">Spans, at least 1.</param>
    /// <param name="linkFidelity">Nominal fidelity of a fresh link pair.</param>
    /// <param name="noise">Nominal errors of each of the swaps.</param>
    /// <param name="memory">Nominal dephasing of both ends.</param>
    public static AgeModel Of(int links, double linkFidelity, SwapNoise noise, DephasingMemory memory)
    {
        BellDiagonal link = BellDiagonal.Werner(linkFidelity);
        BellDiagonal state = link;
        for (int i = 1; i < links; i++)
        {
            state = noise.Swap(state, link);
        }

        return new AgeModel(state, memory);
    }

    /// <summary>Estimated fidelity at an age of seconds, at least 0.</summary>
    public double Estimate(double ageSeconds) => _memory.FidelityAfter(_fresh, ageSeconds);

    /// <summary>Estimated fidelity at an age of nanoseconds, at least 0.</summary>
    public double Estimate(long ageNanoseconds) => Estimate(ageNanoseconds * 1e-9);

    /// <summary>The greatest age whose estimate still reaches a floor, at most a hundred years; 0 if none does.</summary>
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
