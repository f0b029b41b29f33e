using Pqms.Mesh.Engine;
using Pqms.Physics.Channels;
using Pqms.Physics.Purification;
using Pqms.Physics.States;

namespace Pqms.Mesh.Memories;

/// <summary>A Bell-diagonal state as it was at one moment, never as what it decayed to.</summary>
/// <remarks>
/// Evaluated on demand, so a run in one step and one in many see the same bits. The estimate of a pair is one of these,
/// made from nominal figures; <see cref="PairTruth"/> guards the other.
/// </remarks>
/// <param name="State">The state at that moment.</param>
/// <param name="AtNanoseconds">The moment.</param>
internal readonly record struct PairState(BellDiagonal State, long AtNanoseconds)
{
    private const double SecondsPerNanosecond = 1e-9;

    /// <summary>The state at a later moment.</summary>
    public BellDiagonal StateAt(long now, PauliMemory memory) => now == AtNanoseconds
        ? State
        : memory.Age(State, (now - AtNanoseconds) * SecondsPerNanosecond);

    /// <summary>Overlap with Phi+ at a later moment.</summary>
    public double FidelityAt(long now, PauliMemory memory) => now == AtNanoseconds
        ? State.PhiPlus
        : memory.FidelityAfter(State, (now - AtNanoseconds) * SecondsPerNanosecond);

    /// <summary>The greatest moment at which the fidelity is not below a floor.</summary>
    /// <returns>At least <paramref name="now"/> - 1; a hundred years later when it never falls so low.</returns>
    public long LastAbove(double floor, long now, PauliMemory memory)
    {
        double seconds = memory.SecondsUntil(State, floor);
        long longest = AgeModel.LongestNanoseconds;
        if (!(seconds < longest * SecondsPerNanosecond))
        {
            return now + longest;
        }

        long last = AtNanoseconds + (long)(seconds * 1e9);
        while (last >= now && FidelityAt(last, memory) < floor)
        {
            last--;
        }

        return last;
    }

    /// <summary>The longer pair after a swap; both parts age up to then.</summary>
    public static PairState Swap(
        in PairState left, in PairState right, long at, SwapNoise noise, PauliMemory leftMemory,
        PauliMemory rightMemory) =>
        new(noise.Swap(left.StateAt(at, leftMemory), right.StateAt(at, rightMemory)), at);

    /// <summary>The kept pair after a round of purification that succeeds, and how likely that is.</summary>
    public static (double Success, PairState Kept) Purify(
        in PairState kept, in PairState measured, long at, PauliMemory memory, in PurificationRule rule)
    {
        PurificationRound round = Purifier.Round(
            rule.Protocol, kept.StateAt(at, memory), measured.StateAt(at, memory), rule.Noise);
        return (round.SuccessProbability, new PairState(round.State, at));
    }

    public static void Exchange(StateExchange state, ref PairState item)
    {
        double i = item.State.PhiPlus;
        double x = item.State.PsiPlus;
        double y = item.State.PsiMinus;
        double z = item.State.PhiMinus;
        long at = item.AtNanoseconds;
        state.Value(ref i);
        state.Value(ref x);
        state.Value(ref y);
        state.Value(ref z);
        state.Value(ref at);
        if (state.IsReading)
        {
            item = new PairState(Restore(i, x, y, z), at);
        }
    }

    private static BellDiagonal Restore(double i, double x, double y, double z)
    {
        bool isDefault = i == 0.0 && x == 0.0 && y == 0.0 && z == 0.0;
        try
        {
            return isDefault ? default : BellDiagonal.Create(i, x, y, z);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new StateFormatException($"Not a Bell-diagonal state: {e.Message}");
        }
    }
}

/// <summary>The circuit of a purification round with its errors.</summary>
/// <param name="Protocol">The circuit; none for no purification.</param>
/// <param name="Noise">Errors of gates and readouts at both sides.</param>
internal readonly record struct PurificationRule(PurificationProtocol Protocol, PurificationNoise Noise)
{
    public bool IsOn => Protocol != PurificationProtocol.None;
}
