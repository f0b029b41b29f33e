using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>The true state of a pair: what it was at one moment, never what it decayed to.</summary>
/// <remarks>
/// Evaluated on demand, so a run in one step and one in many see the same bits. Control must not read it: only
/// <see cref="TruthProbe"/> may call <see cref="FidelityAt"/>, which a test holds.
/// </remarks>
internal readonly record struct PairTruth
{
    private const double SecondsPerNanosecond = 1e-9;

    private readonly BellDiagonal _state;
    private readonly long _atNanoseconds;

    private PairTruth(BellDiagonal state, long atNanoseconds)
    {
        _state = state;
        _atNanoseconds = atNanoseconds;
    }

    /// <summary>A heralded link pair, Werner, of a given true fidelity at the start of its attempt.</summary>
    public static PairTruth Heralded(double fidelity, long startNanoseconds) =>
        new(BellDiagonal.Werner(fidelity), startNanoseconds);

    /// <summary>The longer pair after a swap at a moment; both parts dephase up to then.</summary>
    public static PairTruth Swap(
        PairTruth left, PairTruth right, long atNanoseconds, SwapNoise noise, DephasingMemory memory) =>
        new(noise.Swap(left.StateAt(atNanoseconds, memory), right.StateAt(atNanoseconds, memory)), atNanoseconds);

    /// <summary>Overlap with Phi+ at a moment not before the state's own.</summary>
    public double FidelityAt(long nanoseconds, DephasingMemory memory) =>
        memory.FidelityAfter(_state, (nanoseconds - _atNanoseconds) * SecondsPerNanosecond);

    private BellDiagonal StateAt(long nanoseconds, DephasingMemory memory) =>
        memory.Age(_state, (nanoseconds - _atNanoseconds) * SecondsPerNanosecond);
}
