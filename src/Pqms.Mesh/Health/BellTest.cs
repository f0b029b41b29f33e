using Pqms.Physics.Numerics;
using Pqms.Physics.States;

namespace Pqms.Mesh.Health;

/// <summary>Basis that both sides of a parity test measure in.</summary>
internal enum TestBasis
{
    /// <summary>Both measure X.</summary>
    X = 0,

    /// <summary>Both measure Y.</summary>
    Y = 1,

    /// <summary>Both measure Z.</summary>
    Z = 2,
}

/// <summary>What one sacrificed pair shows.</summary>
/// <remarks>
/// <para>
/// Parity: both sides measure the same basis, drawn evenly from X, Y, Z; an error is a parity that the target never
/// gives. For every Bell-diagonal state each of the three errors X, Y, Z shows in two bases, so the rate is 2(1 -
/// F)/3: the test estimates the fidelity without assuming a Werner state.
/// </para>
/// <para>
/// CHSH: each side draws one of two settings (A: Z, X; B: (Z + X)/sqrt 2, (Z - X)/sqrt 2) and the pair wins when the
/// results differ exactly for the second settings of both. The mean probability is 1/2 + S/8; local models reach 3/4.
/// </para>
/// <para>
/// Two readouts of fidelity eta flip the parity with probability r = 2 eta (1 - eta), so an error rate e is seen as e +
/// r (1 - 2e).
/// </para>
/// </remarks>
internal static class BellTest
{
    // Keeps logarithms finite where a perfect pair is expected: one error there is still conclusive.
    private const double LeastRate = 1e-9;
    private const double SquareRootOfHalf = 0.70710678118654752440;

    /// <summary>Error rate of the parity test that a fidelity stands for, in [1e-9, 1/2].</summary>
    /// <param name="fidelity">An estimate; outside [1/4, 1] the nearest of the two counts.</param>
    /// <param name="readoutFidelity">eta in [0.5, 1].</param>
    public static double ErrorRate(double fidelity, double readoutFidelity)
    {
        double clipped = PortableMath.Max(0.25, PortableMath.Min(1.0, fidelity));
        return PortableMath.Max(LeastRate, Seen(2.0 * (1.0 - clipped) / 3.0, readoutFidelity));
    }

    /// <summary>The fidelity that a seen error rate of the parity test stands for; below 0 or above 1 by chance.
    /// </summary>
    /// <param name="errorRate">Seen error rate, in [0, 1].</param>
    /// <param name="readoutFidelity">eta in (0.5, 1].</param>
    public static double Fidelity(double errorRate, double readoutFidelity)
    {
        double flip = Flip(readoutFidelity);
        return 1.0 - (1.5 * (errorRate - flip) / (1.0 - (2.0 * flip)));
    }

    /// <summary>Basis of a parity test.</summary>
    /// <param name="uniform">A uniform number in (0, 1).</param>
    public static TestBasis Basis(double uniform) =>
        uniform * 3.0 < 1.0 ? TestBasis.X : uniform * 3.0 < 2.0 ? TestBasis.Y : TestBasis.Z;

    /// <summary>Whether a pair errs in a parity test.</summary>
    /// <param name="truth">Its true state.</param>
    /// <param name="basis">Basis of both sides.</param>
    /// <param name="readoutFidelity">eta in [0.5, 1].</param>
    /// <param name="uniform">A uniform number in (0, 1), not the one that drew the basis.</param>
    public static bool Errs(BellDiagonal truth, TestBasis basis, double readoutFidelity, double uniform)
    {
        double rate = basis switch
        {
            TestBasis.X => PairMetrics.QberX(truth),
            TestBasis.Y => PairMetrics.QberY(truth),
            _ => PairMetrics.QberZ(truth),
        };
        return uniform < Seen(rate, readoutFidelity);
    }

    /// <summary>Probability of a CHSH win that a fidelity stands for, if the state is Werner: 1/2 + S/8.</summary>
    /// <param name="fidelity">An estimate, in [1/4, 1].</param>
    /// <param name="readoutFidelity">eta in [0.5, 1].</param>
    public static double ChshWinRate(double fidelity, double readoutFidelity)
    {
        double werner = ((4.0 * fidelity) - 1.0) / 3.0;
        return 0.5 + (0.5 * SquareRootOfHalf * werner * (1.0 - (2.0 * Flip(readoutFidelity))));
    }

    /// <summary>Whether a pair wins a CHSH round.</summary>
    /// <param name="truth">Its true state.</param>
    /// <param name="settings">0 to 3: bit 0 is A's setting (0: Z, 1: X), bit 1 B's.</param>
    /// <param name="readoutFidelity">eta in [0.5, 1].</param>
    /// <param name="uniform">A uniform number in (0, 1).</param>
    public static bool WinsChsh(BellDiagonal truth, int settings, double readoutFidelity, double uniform)
    {
        // B's settings have the correlation t_z/sqrt 2 with A's Z, and +-t_x/sqrt 2 with A's X; the rule of the game
        // takes the sign away.
        double error = (settings & 1) == 0 ? PairMetrics.QberZ(truth) : PairMetrics.QberX(truth);
        double correlation = SquareRootOfHalf * (1.0 - (2.0 * error)) * (1.0 - (2.0 * Flip(readoutFidelity)));
        return uniform < 0.5 * (1.0 + correlation);
    }

    private static double Seen(double rate, double readoutFidelity) =>
        rate + (Flip(readoutFidelity) * (1.0 - (2.0 * rate)));

    private static double Flip(double readoutFidelity) => 2.0 * readoutFidelity * (1.0 - readoutFidelity);
}
