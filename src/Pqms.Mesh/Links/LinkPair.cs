using Pqms.Mesh.Memories;

namespace Pqms.Mesh.Links;

/// <summary>A heralded pair of one span, waiting in communication memories.</summary>
/// <param name="Counter">Its number among the pairs of this share.</param>
/// <param name="StartNanoseconds">Start of the attempt that made it: its memories dephase from here.</param>
/// <param name="HeraldedNanoseconds">When both ends knew it.</param>
/// <param name="Truth">Its true state; read by nobody here.</param>
internal readonly record struct LinkPair(
    ulong Counter, long StartNanoseconds, long HeraldedNanoseconds, PairTruth Truth);
