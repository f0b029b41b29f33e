using Pqms.Mesh.Engine;
using Pqms.Mesh.Memories;

namespace Pqms.Mesh.Links;

/// <summary>A pair between two nodes of a route, one or more spans apart.</summary>
/// <param name="From">Left node, counted from 0 at the A side.</param>
/// <param name="To">Right node.</param>
/// <param name="HeraldedNanoseconds">Herald of its oldest part: the cut-off counts from here.</param>
/// <param name="KnownAt">When both its ends know it, after its last swap.</param>
/// <param name="AgeNanoseconds">Sum of the ages of its parts, as of <paramref name="AgeAt"/>.</param>
/// <param name="AgeAt">Moment of that age.</param>
/// <param name="Succeeded">Whether its last swap worked; its ends do not know before
/// <paramref name="KnownAt"/>.</param>
/// <param name="Estimate">What control believes it to be.</param>
/// <param name="Truth">Its true state.</param>
internal readonly record struct Segment(
    int From,
    int To,
    long HeraldedNanoseconds,
    long KnownAt,
    long AgeNanoseconds,
    long AgeAt,
    bool Succeeded,
    PairState Estimate,
    PairTruth Truth)
{
    public int Spans => To - From;

    public static void Exchange(StateExchange state, ref Segment item)
    {
        (int from, int to, long heralded, long knownAt, long age, long ageAt, bool succeeded, PairState estimate,
            PairTruth truth) = item;
        state.Value(ref from);
        state.Value(ref to);
        state.Value(ref heralded);
        state.Value(ref knownAt);
        state.Value(ref age);
        state.Value(ref ageAt);
        state.Value(ref succeeded);
        PairState.Exchange(state, ref estimate);
        PairTruth.Exchange(state, ref truth);
        item = new Segment(from, to, heralded, knownAt, age, ageAt, succeeded, estimate, truth);
    }
}
