using Pqms.Physics.States;

namespace Pqms.Physics.Purification;

/// <summary>One entry to all circuits of two-to-one purification, for callers that choose at run time.</summary>
public static class Purifier
{
    /// <summary>One round: what is kept, and how probably.</summary>
    /// <remarks>
    /// Pure and without allocation. <see cref="PurificationProtocol.None"/> keeps the first pair as it is with
    /// probability 1 and does not look at the second.
    /// </remarks>
    /// <param name="protocol">Circuit.</param>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    /// <param name="noise">Errors of gates and readouts; <see cref="PurificationNoise.None"/> for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="protocol"/> is no member.</exception>
    public static PurificationRound Round(
        PurificationProtocol protocol, BellDiagonal kept, BellDiagonal measured, PurificationNoise noise) =>
        protocol switch
        {
            PurificationProtocol.None => new PurificationRound(1.0, kept),
            PurificationProtocol.Bbpssw => TwoToOne.Bbpssw(kept, measured, noise),
            PurificationProtocol.BilateralCnot => TwoToOne.BilateralCnot(kept, measured, noise),
            PurificationProtocol.Dejmps => TwoToOne.Dejmps(kept, measured, noise),
            _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "There is no such protocol."),
        };
}
