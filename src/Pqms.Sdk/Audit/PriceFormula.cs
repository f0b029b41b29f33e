using System.Numerics;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Audit;

/// <summary>What moves a pool's price.</summary>
/// <param name="Excess">Slot-seconds sold above the target at <paramref name="At"/>.</param>
/// <param name="At">Chain time.</param>
internal readonly record struct PriceState(ulong Excess, ulong At)
{
    /// <summary>Excess at a later time.</summary>
    public ulong ExcessAt(ulong time, ushort target)
    {
        var fallen = (UInt128)(time - Math.Min(time, At)) * target;
        return fallen >= Excess ? 0 : Excess - (ulong)fallen;
    }
}

/// <summary>What slot-seconds cost, to the wei: as contracts/libraries/Pricing.sol computes it.</summary>
internal static class PriceFormula
{
    private const ulong LeadSeconds = 3_600;
    private static readonly BigInteger MaxExponent = 20 * FixedExp.Wad;

    /// <summary>Weight of what is above the floor, 18 decimals: the time to the start, at least the booked
    /// share.</summary>
    public static BigInteger Weight(ulong start, ulong now, long leastBooked, long lanes)
    {
        var lead = start <= now ? BigInteger.Zero
            : start - now >= LeadSeconds ? FixedExp.Wad : (start - now) * FixedExp.Wad / LeadSeconds;
        return BigInteger.Max(lead, leastBooked * FixedExp.Wad / Math.Max(lanes, 1));
    }

    /// <summary>Wei for slot-seconds; null when demand has driven the price out of the range that is
    /// computed.</summary>
    public static BigInteger? Charge(PriceCurve curve, BigInteger excess, BigInteger bought, BigInteger weightWad)
    {
        var floor = (BigInteger)curve.Floor;
        if (curve.Scale == 0)
        {
            return floor * bought;
        }

        var exponent = (excess + bought) * FixedExp.Wad / curve.Scale;
        if (exponent > MaxExponent)
        {
            return null;
        }

        var rise = FixedExp.Exp(exponent) - FixedExp.Exp(excess * FixedExp.Wad / curve.Scale);
        var premium = BigInteger.Max((floor * curve.Scale * rise) - (floor * bought * FixedExp.Wad), 0) * weightWad;
        var (whole, rest) = BigInteger.DivRem(premium, FixedExp.Wad * FixedExp.Wad);
        return (floor * bought) + whole + (rest.IsZero ? 0 : 1);
    }

    /// <summary>Price of one more slot-second, 18 decimals of a wei.</summary>
    public static BigInteger SpotWad(PriceCurve curve, BigInteger excess) => (BigInteger)curve.Floor
        * (curve.Scale == 0 ? FixedExp.Wad : FixedExp.Exp(excess * FixedExp.Wad / curve.Scale));
}
