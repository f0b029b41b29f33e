using Pqms.Mesh.Memories;
using Pqms.Mesh.Scenarios;
using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Routing;

/// <summary>What a profile predicts for pairs of a route, before anything is generated.</summary>
public static class RouteFidelity
{
    /// <summary>The pair of a route right after its last swap.</summary>
    /// <remarks>
    /// Every span's pair starts as a Werner state of the profile's link fidelity, waits in both memories, and is joined
    /// from the A side on by imperfect swaps (<see cref="SwapNoise"/>). Exact for the diagonal; the order changes
    /// rounding only.
    /// </remarks>
    /// <param name="profile">Figures of the hardware.</param>
    /// <param name="spans">Number of spans, at least 1.</param>
    /// <param name="spanAgeSeconds">
    /// How long each span's pair has waited before its swap in s; 0 for the best case.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range or NaN.</exception>
    public static BellDiagonal Fresh(HardwareProfile profile, int spans, double spanAgeSeconds = 0.0)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentOutOfRangeException.ThrowIfLessThan(spans, 1);
        SwapNoise noise = Noise(profile);
        PauliMemory memory = PauliMemory.Create(SideMemory.Of(profile), SideMemory.Of(profile));
        BellDiagonal link = memory.Age(BellDiagonal.Werner(profile.LinkFidelity), spanAgeSeconds);
        BellDiagonal state = link;
        for (int k = 1; k < spans; k++)
        {
            state = noise.Swap(state, link);
        }

        return state;
    }

    /// <summary>The errors of a swap under a profile.</summary>
    /// <param name="profile">Figures of the hardware.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    public static SwapNoise Noise(HardwareProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return SwapNoise.FromFidelities(profile.GateFidelity, profile.ReadoutFidelity);
    }

    /// <summary>The pair of a route whose spans and swaps differ, right after its last swap.</summary>
    /// <param name="spans">Pair of every span at its swap, in order; at least one.</param>
    /// <param name="swaps">Errors of the swap after every span but the last, in order.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no span, or not one swap less than spans.</exception>
    internal static BellDiagonal Fresh(ReadOnlySpan<BellDiagonal> spans, ReadOnlySpan<SwapNoise> swaps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(spans.Length, 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(swaps.Length, spans.Length - 1);
        BellDiagonal state = spans[0];
        for (int k = 1; k < spans.Length; k++)
        {
            state = swaps[k - 1].Swap(state, spans[k]);
        }

        return state;
    }
}
