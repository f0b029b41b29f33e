using Pqms.Physics.States;

namespace Pqms.Mesh.Faults;

/// <summary>What faults and attackers do to the true state of a fresh link pair.</summary>
internal static class LinkDisturbance
{
    /// <summary>The pair after interception, if it falls to its lot, and after white noise.</summary>
    /// <remarks>
    /// <para>
    /// Intercept and resend (Bennett, Brassard, 1984): the eavesdropper measures the photon in a basis and sends on the
    /// state found. The sum over both results is full dephasing in that basis: for Z the mixture (rho + Z rho Z)/2,
    /// that is (I, X, Y, Z) = (1/2, 0, 0, 1/2) of a perfect pair; for X, (rho + X rho X)/2. Z is right in its own basis
    /// and errs in X half of the time: 25 % over the bases X and Z whatever she chose, and F = 1/2. The basis is drawn
    /// evenly from X and Z; a pair that two eavesdroppers touch counts as touched once.
    /// </para>
    /// <para>
    /// White noise: with the given probability both halves are fully mixed, so w falls by the factor 1 - probability.
    /// </para>
    /// </remarks>
    /// <param name="state">The pair as the link makes it.</param>
    /// <param name="conditions">What holds on the span at the pair's attempt.</param>
    /// <param name="uniform">A uniform number in (0, 1): whether this pair is intercepted, and in which basis.</param>
    public static BellDiagonal Apply(BellDiagonal state, in SpanConditions conditions, double uniform)
    {
        BellDiagonal sent = state;
        if (uniform < conditions.InterceptedShare)
        {
            sent = uniform < 0.5 * conditions.InterceptedShare
                ? state.FlipPhase(0.5)
                : state.ApplyPauli(0.5, 0.0, 0.0);
        }

        return conditions.NoiseProbability > 0.0 ? sent.Depolarise(1.0 - conditions.NoiseProbability) : sent;
    }
}
