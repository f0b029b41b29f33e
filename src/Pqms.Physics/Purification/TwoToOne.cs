using Pqms.Physics.States;

namespace Pqms.Physics.Purification;

/// <summary>Two-to-one purification: two pairs in, one better pair out or none.</summary>
/// <remarks>
/// Names are traps here: programs call maps "DEJMPS" that lack its rotation, or "BBPSSW" that have it. These three are
/// the circuits of the papers, each checked against a density-matrix circuit in the tests. Inputs may differ.
/// </remarks>
public static class TwoToOne
{
    /// <summary>BBPSSW: both pairs are twirled to Werner states, then bilateral CNOT, then twirled again.</summary>
    /// <remarks>
    /// Bennett et al., PRL 76, 722 (1996) for equal inputs. With q = (1 - F)/3 and no errors:
    /// p = F1 F2 + F1 q2 + q1 F2 + 5 q1 q2, F' = (F1 F2 + q1 q2)/p.
    /// </remarks>
    /// <param name="kept">Pair that is kept on success.</param>
    /// <param name="measured">Pair that is measured in any case.</param>
    public static PurificationRound Bbpssw(BellDiagonal kept, BellDiagonal measured) =>
        Bbpssw(kept, measured, PurificationNoise.None);

    /// <summary>BBPSSW with errors of gates and readouts.</summary>
    /// <param name="kept">Pair that is kept on success.</param>
    /// <param name="measured">Pair that is measured in any case.</param>
    /// <param name="noise">Errors of the two gates and the two readouts.</param>
    public static PurificationRound Bbpssw(BellDiagonal kept, BellDiagonal measured, PurificationNoise noise)
    {
        PurificationRound round = BilateralCnot(kept.Twirl(), measured.Twirl(), noise);
        return round.SuccessProbability > 0.0 ? round with { State = round.State.Twirl() } : round;
    }

    /// <summary>Bilateral CNOT without rotation: finds bit flips, adds phase flips.</summary>
    /// <remarks>
    /// p = (I + Z)(I' + Z') + (X + Y)(X' + Y'); kept (I I' + Z Z', X X' + Y Y', X Y' + Y X', I Z' + Z I')/p. Bennett,
    /// DiVincenzo, Smolin, Wootters, PRA 54, 3824 (1996).
    /// </remarks>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    public static PurificationRound BilateralCnot(BellDiagonal kept, BellDiagonal measured) =>
        BilateralCnot(kept, measured, PurificationNoise.None);

    /// <summary>Bilateral CNOT with errors of gates and readouts.</summary>
    /// <remarks>
    /// With P the ideal success probability: p = (1 - G)/2 + G (s P + (1 - s)(1 - P)); a wrong comparison keeps what
    /// should go, for example p I'' = G (s (I I' + Z Z') + (1 - s)(I X' + Z Y')) + (1 - G)/8. Noise of Briegel et al.,
    /// PRL 81, 5932 (1998); the map agrees with a density-matrix circuit (tests) and with SeQUeNCe 1.0.0.
    /// </remarks>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    /// <param name="noise">Errors of the two gates and the two readouts.</param>
    public static PurificationRound BilateralCnot(BellDiagonal kept, BellDiagonal measured, PurificationNoise noise)
    {
        BellDiagonal a = kept;
        BellDiagonal b = measured;
        double right = noise.GatesProbability * noise.ParityFidelity;
        double wrong = noise.GatesProbability * (1.0 - noise.ParityFidelity);
        double white = (1.0 - noise.GatesProbability) * 0.125;
        double evenA = a.PhiPlus + a.PhiMinus;
        double oddA = a.PsiPlus + a.PsiMinus;
        double evenB = b.PhiPlus + b.PhiMinus;
        double oddB = b.PsiPlus + b.PsiMinus;
        double p = (right * ((evenA * evenB) + (oddA * oddB)))
            + ((wrong * ((evenA * oddB) + (oddA * evenB))) + (4.0 * white));
        if (!(p > 0.0))
        {
            return default;
        }

        double i = (right * ((a.PhiPlus * b.PhiPlus) + (a.PhiMinus * b.PhiMinus)))
            + ((wrong * ((a.PhiPlus * b.PsiPlus) + (a.PhiMinus * b.PsiMinus))) + white);
        double x = (right * ((a.PsiPlus * b.PsiPlus) + (a.PsiMinus * b.PsiMinus)))
            + ((wrong * ((a.PsiPlus * b.PhiPlus) + (a.PsiMinus * b.PhiMinus))) + white);
        double y = (right * ((a.PsiPlus * b.PsiMinus) + (a.PsiMinus * b.PsiPlus)))
            + ((wrong * ((a.PsiPlus * b.PhiMinus) + (a.PsiMinus * b.PhiPlus))) + white);
        double z = (right * ((a.PhiPlus * b.PhiMinus) + (a.PhiMinus * b.PhiPlus)))
            + ((wrong * ((a.PhiPlus * b.PsiMinus) + (a.PhiMinus * b.PsiPlus))) + white);
        return new PurificationRound(p, BellDiagonal.Trusted(i / p, x / p, y / p, z / p));
    }

    /// <summary>DEJMPS: rotation by pi/2 about X at A and by -pi/2 at B on both pairs, then bilateral CNOT.</summary>
    /// <remarks>
    /// p = (I + Y)(I' + Y') + (X + Z)(X' + Z'); kept (I I' + Y Y', X X' + Z Z', X Z' + Z X', I Y' + Y I')/p. Deutsch et
    /// al., PRL 77, 2818 (1996) (their order differs).
    /// </remarks>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    public static PurificationRound Dejmps(BellDiagonal kept, BellDiagonal measured) =>
        Dejmps(kept, measured, PurificationNoise.None);

    /// <summary>DEJMPS with errors of gates and readouts; its rotations are perfect.</summary>
    /// <param name="kept">Pair that is kept on success (control).</param>
    /// <param name="measured">Pair that is measured in any case (target).</param>
    /// <param name="noise">Errors of the two gates and the two readouts.</param>
    public static PurificationRound Dejmps(BellDiagonal kept, BellDiagonal measured, PurificationNoise noise) =>
        BilateralCnot(RotateAboutX(kept), RotateAboutX(measured), noise);

    // The two rotations exchange Psi- and Phi- and leave the other two alone.
    private static BellDiagonal RotateAboutX(BellDiagonal v) =>
        BellDiagonal.Trusted(v.PhiPlus, v.PsiPlus, v.PhiMinus, v.PsiMinus);
}
