using Pqms.Physics.Numerics;

namespace Pqms.Mesh.Pools;

/// <summary>Names one pair of bulk pools for ever.</summary>
/// <remarks>
/// The birth tick is the generation of the place: a place takes at most one pair with each birth tick, and later pairs
/// have later ones, so no id comes twice although places are reused and no number is stored for it.
/// </remarks>
/// <param name="Place">The pool's first place plus the place's index, at least 0.</param>
/// <param name="BirthTick">The tick from which the pair's age counts.</param>
public readonly record struct BulkPairId(long Place, int BirthTick);

/// <summary>A pair as it leaves a bulk pool.</summary>
/// <param name="Id">Its name.</param>
/// <param name="LnWerner">ln w when it left; minus infinity for white noise.</param>
public readonly record struct BulkPair(BulkPairId Id, double LnWerner)
{
    /// <summary>F = (1 + 3 w)/4 of the Werner state when it left.</summary>
    public double Fidelity => 0.25 + (0.75 * PortableMath.Exp(LnWerner));
}
