using System.Numerics;

namespace Pqms.Sdk.Audit;

/// <summary>Powers of e and of one half with 18 decimals: digit for digit those of
/// contracts/libraries/FixedExp.sol.</summary>
internal static class FixedExp
{
    // Highest power in the series, what the series can lack (36 decimals), and the halvings that leave nothing.
    private const int Terms = 26;
    private const int SeriesError = 10_000;
    private const int MaxHalvings = 59;

    public static readonly BigInteger Wad = BigInteger.Pow(10, 18);

    private static readonly BigInteger One = Wad * Wad;
    private static readonly BigInteger Ln2 = BigInteger.Parse("693147180559945309417232121458176568");

    /// <summary>e^x, rounded down.</summary>
    public static BigInteger Exp(BigInteger xWad)
    {
        var halvings = BigInteger.DivRem(xWad * Wad, Ln2, out var rest);
        return (Series(rest) << (int)halvings) / Wad;
    }

    /// <summary>2^-x, rounded down.</summary>
    public static BigInteger Exp2Neg(BigInteger xWad)
    {
        var halvings = BigInteger.DivRem(xWad, Wad, out var rest);
        if (halvings > MaxHalvings)
        {
            return BigInteger.Zero;
        }

        return rest.IsZero
            ? Wad >> (int)halvings
            : (Wad * One / (Series(rest * Ln2 / Wad) + SeriesError)) >> (int)halvings;
    }

    private static BigInteger Series(BigInteger r)
    {
        var sum = One;
        for (var i = Terms; i != 0; i--)
        {
            sum = One + (r * sum / (One * i));
        }

        return sum;
    }
}
