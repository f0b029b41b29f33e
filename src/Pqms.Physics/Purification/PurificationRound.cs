using Pqms.Physics.States;

namespace Pqms.Physics.Purification;

/// <summary>What one round of two-to-one purification gives.</summary>
/// <param name="SuccessProbability">
/// Probability that both sides read equal results and keep the pair, in [0, 1]; 0 only for two pairs that surely differ
/// in parity, read without error.
/// </param>
/// <param name="State">
/// The kept pair, given success; the default, which is no state, when success is impossible.
/// </param>
public readonly record struct PurificationRound(double SuccessProbability, BellDiagonal State);
