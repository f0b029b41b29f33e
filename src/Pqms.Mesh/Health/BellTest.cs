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
/// Two readouts of fidelity eta flip the parity with probability r = 2 eta (1 - eta), so an error rate e is seen as e +
/// r (1 - 2e).
/// </para>
/// </remarks>
internal static class BellTest
{
    // Keeps logarithms finite where a perfect pair is expected: one error there is still conclusive.
    private const double LeastRate = 1e-9;
    private const double SquareRootOfTwo = 1.41421356237309504880;

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

    /// <summary>S at the settings that are best for Phi+, and its standard error, out of parities in X and Z.</summary>
    /// <remarks>
    /// S = sqrt 2 (t_x + t_z): four settings in the plane of X and Z tell no more of a Bell-diagonal state than these
    /// two parities. The variance takes one more error and one more success than were seen, so that a few tests
    /// without an error do not pass for certainty.
    /// </remarks>
    /// <param name="x">Tests in X, more than none.</param>
    /// <param name="z">Tests in Z, more than none.</param>
    /// <param name="readoutFidelity">eta in (0.5, 1].</param>
    public static (double Value, double StandardError) Chsh(BasisTests x, BasisTests z, double readoutFidelity)
    {
        double scale = SquareRootOfTwo / (1.0 - (2.0 * Flip(readoutFidelity)));
        double sum = 2.0 - (2.0 * ((x.Errors / x.Tests) + (z.Errors / z.Tests)));
        return (scale * sum, 2.0 * scale * PortableMath.Sqrt(Variance(x) + Variance(z)));
    }

    private static double Variance(BasisTests tests)
    {
        double rate = (tests.Errors + 1.0) / (tests.Tests + 2.0);
        return rate * (1.0 - rate) / tests.Tests;
    }

    private static double Seen(double rate, double readoutFidelity) =>
        rate + (Flip(readoutFidelity) * (1.0 - (2.0 * rate)));

    private static double Flip(double readoutFidelity) => 2.0 * readoutFidelity * (1.0 - readoutFidelity);
}
