namespace Pqms.Mesh;

/// <summary>Names one end-to-end pair for ever; never reused within an era.</summary>
/// <param name="Entity">The pool's entity number: its 0-based index in the scenario.</param>
/// <param name="Counter">Position among the pairs that this entity ever made, from 1; 0 names no pair.</param>
public readonly record struct PairId(uint Entity, ulong Counter);
