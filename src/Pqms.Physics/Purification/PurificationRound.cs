using Pqms.Physics.States;

namespace Pqms.Physics.Purification;

/// <summary>What one round of two-to-one purification gives.</summary>
/// <param name="SuccessProbability">
/// Probability that both sides read equal results and keep the pair, in (0, 1].
/// </param>
/// <param name="State">The kept pair, given success.</param>
public readonly record struct PurificationRound(double SuccessProbability, BellDiagonal State);
