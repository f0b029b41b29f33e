using Pqms.Physics.States;

namespace Pqms.Physics.Purification;

/// <summary>Two-to-one purification with ideal gates and readouts: two pairs in, one better pair out or none.</summary>
/// <remarks>
/// Names are traps here: programs call maps "DEJMPS" that lack its rotation, or "BBPSSW" that have it. These three are
/// the circuits of the papers, each checked against a density-matrix circuit in the tests. Inputs may differ. All throw
/// <see cref="ArgumentException"/> when success is impossible (one pair surely flipped, the other surely not).
/// </remarks>
public static class TwoToOne
{
    /// <summary>BBPSSW: both pairs are twirled to Werner states, then bilateral CNOT, then twirled again.</summary>
    /// <remarks>
    /// Bennett et al., PRL 76, 722 (1996) for equal inputs. With q = (1 - F)/3:
    /// p = F1 F2 + F1 q2 + q1 F2 + 5 q1 q2, F' = (F1 F2 + q1 q2)/p.
    /// </remarks>
    /// <param name="kept">Pair that is kept on success.</param>
    /// <param name="measured">Pair that is measured in any case.</param>
    public static PurificationRound Bbpssw(BellDiagonal kept, BellDiagonal measured)
    {
        PurificationRound round = BilateralCnot(kept.Twirl(), measured.Twirl());
        return round with { State = round.State.Twirl() };
    }

    /// <summary>Bilateral CNOT without rotation: finds bit flips, adds phase flips.</summary>
    /// <remarks>
    /// p = (I + Z)(I' + Z') + (X + Y)(X' + Y'); kept (I I' + Z Z', X X' + Y Y', X Y' + Y X', I Z' + Z I')/p. Bennett,
    /// DiVincenzo, Smolin, Wootters, PRA 54, 3824 (1996).
    /// </remarks>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    public static PurificationRound BilateralCnot(BellDiagonal kept, BellDiagonal measured)
    {
        BellDiagonal a = kept;
        BellDiagonal b = measured;
        double p = ((a.PhiPlus + a.PhiMinus) * (b.PhiPlus + b.PhiMinus))
            + ((a.PsiPlus + a.PsiMinus) * (b.PsiPlus + b.PsiMinus));
        return Round(
            p,
            (a.PhiPlus * b.PhiPlus) + (a.PhiMinus * b.PhiMinus),
            (a.PsiPlus * b.PsiPlus) + (a.PsiMinus * b.PsiMinus),
            (a.PsiPlus * b.PsiMinus) + (a.PsiMinus * b.PsiPlus),
            (a.PhiPlus * b.PhiMinus) + (a.PhiMinus * b.PhiPlus));
    }

    /// <summary>DEJMPS: rotation by pi/2 about X at A and by -pi/2 at B on both pairs, then bilateral CNOT.</summary>
    /// <remarks>
    /// p = (I + Y)(I' + Y') + (X + Z)(X' + Z'); kept (I I' + Y Y', X X' + Z Z', X Z' + Z X', I Y' + Y I')/p. Deutsch et
    /// al., PRL 77, 2818 (1996) (their order differs).
    /// </remarks>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    public static PurificationRound Dejmps(BellDiagonal kept, BellDiagonal measured) =>
        BilateralCnot(RotateAboutX(kept), RotateAboutX(measured));

    // The two rotations exchange Psi- and Phi- and leave the other two alone.
    private static BellDiagonal RotateAboutX(BellDiagonal v) =>
        BellDiagonal.Trusted(v.PhiPlus, v.PsiPlus, v.PhiMinus, v.PsiMinus);

    private static PurificationRound Round(double p, double i, double x, double y, double z)
    {
        if (!(p > 0.0))
        {
            throw new ArgumentException("These two pairs never give equal results: no pair is ever kept.");
        }

        return new PurificationRound(p, BellDiagonal.Trusted(i / p, x / p, y / p, z / p));
    }
}
