using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;

namespace Pqms.Mesh.Links;

/// <summary>A heralded pair of one span, waiting in communication memories.</summary>
/// <param name="Counter">Its number among the pairs of this share.</param>
/// <param name="StartNanoseconds">Where its age counts from: start of the attempt that made it.</param>
/// <param name="HeraldedNanoseconds">When both ends knew it; of purified ones the earlier of both.</param>
/// <param name="Level">Rounds of purification that it has been through.</param>
/// <param name="Estimate">What control believes it to be.</param>
/// <param name="Truth">Its true state; read by nobody here.</param>
internal readonly record struct LinkPair(
    ulong Counter,
    long StartNanoseconds,
    long HeraldedNanoseconds,
    int Level,
    PairState Estimate,
    PairTruth Truth)
{
    public static void Exchange(StateExchange state, ref LinkPair item)
    {
        (ulong counter, long start, long heralded, int level, PairState estimate, PairTruth truth) = item;
        state.Value(ref counter);
        state.Value(ref start);
        state.Value(ref heralded);
        state.Value(ref level);
        PairState.Exchange(state, ref estimate);
        PairTruth.Exchange(state, ref truth);
        item = new LinkPair(counter, start, heralded, level, estimate, truth);
    }
}
