using Pqms.Mesh.Engine;
using Pqms.Physics.Channels;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>The true state of a pair: nature keeps it, control must not read it.</summary>
/// <remarks>
/// What happens to a pair happens to its truth as well, so the engine passes truths along unread. Only <see
/// cref="TruthProbe"/> may read one, for outcomes, the log and metrics; a test holds that.
/// </remarks>
internal readonly record struct PairTruth
{
    private readonly PairState _state;

    private PairTruth(PairState state) => _state = state;

    /// <summary>A heralded link pair in its true state at the start of its attempt.</summary>
    public static PairTruth Heralded(BellDiagonal state, long startNanoseconds) =>
        new(new PairState(state, startNanoseconds));

    /// <summary>The longer pair after a swap at a moment; both parts age up to then.</summary>
    public static PairTruth Swap(
        in PairTruth left, in PairTruth right, long at, SwapNoise noise, PauliMemory leftMemory,
        PauliMemory rightMemory) =>
        new(PairState.Swap(left._state, right._state, at, noise, leftMemory, rightMemory));

    /// <summary>The kept pair after a round of purification, if the draw says that it succeeds.</summary>
    /// <param name="kept">Pair that is kept on success.</param>
    /// <param name="measured">Pair that is measured in any case.</param>
    /// <param name="at">When.</param>
    /// <param name="memory">Memories of both pairs.</param>
    /// <param name="rule">Circuit and errors.</param>
    /// <param name="uniform">A number in (0, 1).</param>
    /// <param name="result">The kept pair; meaningless after a failure.</param>
    public static bool TryPurify(
        in PairTruth kept,
        in PairTruth measured,
        long at,
        PauliMemory memory,
        in PurificationRule rule,
        double uniform,
        out PairTruth result)
    {
        (double success, PairState state) = PairState.Purify(kept._state, measured._state, at, memory, rule);
        result = new PairTruth(state);
        return uniform < success;
    }

    /// <summary>The same truth, written down anew at a moment at which the memories change.</summary>
    public PairTruth Rebase(long at, PauliMemory memory) => new(new PairState(_state.StateAt(at, memory), at));

    /// <summary>The state at a moment not before the state's own; for the probe only.</summary>
    public BellDiagonal StateAt(long nanoseconds, PauliMemory memory) => _state.StateAt(nanoseconds, memory);

    /// <summary>Overlap with Phi+ at a moment not before the state's own; for the probe only.</summary>
    public double FidelityAt(long nanoseconds, PauliMemory memory) => _state.FidelityAt(nanoseconds, memory);

    public static void Exchange(StateExchange state, ref PairTruth item)
    {
        PairState inner = item._state;
        PairState.Exchange(state, ref inner);
        item = new PairTruth(inner);
    }
}
