using System.Numerics;

namespace Pqms.Sdk.Audit;

/// <summary>Powers of e and of one half with 18 decimals: digit for digit those of
/// contracts/libraries/FixedExp.sol.</summary>
internal static class FixedExp
{
    // Highest power in the series, by how many halvings its argument is made small and the result squared again, what
    // the result can lack (36 decimals), and the halvings that leave nothing.
    private const int Terms = 15;
    private const int Squarings = 4;
    private const int PowerError = 10_000;
    private const int MaxHalvings = 59;

    public static readonly BigInteger Wad = BigInteger.Pow(10, 18);

    private static readonly BigInteger One = Wad * Wad;
    private static readonly BigInteger Ln2 = BigInteger.Parse("693147180559945309417232121458176568");

    /// <summary>e^x, rounded down.</summary>
    public static BigInteger Exp(BigInteger xWad)
    {
        var halvings = BigInteger.DivRem(xWad * Wad, Ln2, out var rest);
        return (Power(rest) << (int)halvings) / Wad;
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
            : (Wad * One / (Power(rest * Ln2 / Wad) + PowerError)) >> (int)halvings;
    }

    private static BigInteger Power(BigInteger r)
    {
        var power = One;
        r >>= Squarings;
        for (var i = Terms; i != 0; i--)
        {
            power = One + (r * power / (One * i));
        }

        for (var i = 0; i < Squarings; i++)
        {
            power = power * power / One;
        }

        return power;
    }
}
