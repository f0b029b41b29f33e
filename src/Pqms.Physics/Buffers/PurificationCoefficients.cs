using Pqms.Physics.States;

namespace Pqms.Physics.Buffers;

/// <summary>A purification step on a stored Werner pair, as four numbers a, b, c, d.</summary>
/// <remarks>
/// With x = F - 1/4 of the stored pair: success p = c x + d, and then F' = 1/4 + (a x + b)/p. Form of Inesta, Davies,
/// Kar, Wehner, arXiv:2502.20240. The default value never succeeds.
/// </remarks>
/// <param name="A">a: slope of the gain over 1/4, times success.</param>
/// <param name="B">b: the same at F = 1/4.</param>
/// <param name="C">c: slope of the success probability.</param>
/// <param name="D">d: success probability at F = 1/4.</param>
public readonly record struct PurificationCoefficients(double A, double B, double C, double D)
{
    /// <summary>New pairs are dropped: the stored one stays as it is.</summary>
    public static PurificationCoefficients Identity => new(1.0, 0.0, 0.0, 1.0);

    /// <summary>A new pair replaces the stored one.</summary>
    /// <param name="fresh">A new pair.</param>
    public static PurificationCoefficients Replacement(BellDiagonal fresh) => new(0.0, fresh.Fidelity - 0.25, 0.0, 1.0);

    /// <summary>DEJMPS with one new pair, others dropped.</summary>
    /// <remarks>
    /// From the circuit's p = (I + Y)(I' + Y') + (X + Z)(X' + Z') and p F' = I I' + Y Y' with I' = F, the rest
    /// (1 - F)/3 each: a = (5 I - 3 Y + X + Z)/6, b = (I + Y - X - Z)/8, c = 2 (I + Y - X - Z)/3, d = 1/2. Public code
    /// to arXiv:2502.20240 has other values of b in some versions; those do not give F' = I/(I + Y) at F = 1.
    /// </remarks>
    /// <param name="fresh">A new pair.</param>
    public static PurificationCoefficients Dejmps(BellDiagonal fresh)
    {
        double difference = (fresh.PhiPlus + fresh.PsiMinus) - (fresh.PsiPlus + fresh.PhiMinus);
        return new PurificationCoefficients(
            ((5.0 * fresh.PhiPlus) - (3.0 * fresh.PsiMinus) + (fresh.PsiPlus + fresh.PhiMinus)) / 6.0,
            difference * 0.125, 2.0 * difference / 3.0, 0.5);
    }
}
