using System.Globalization;
using System.Numerics;
using Pqms.Sdk.Audit;
using Pqms.Sdk.Contracts;

namespace Pqms.Sdk.Tests.Audit;

/// <summary>Exponentials and charges against figures of 90 decimals, and the design of the price.</summary>
public sealed class PriceFormulaTests
{
    [Theory]
    [InlineData("0", "1000000000000000000", "1000000000000000000")]
    [InlineData("1", "1000000000000000001", "999999999999999999")]
    [InlineData("500000000000000000", "1648721270700128146", "707106781186547524")]
    [InlineData("1000000000000000000", "2718281828459045235", "500000000000000000")]
    [InlineData("693147180559945309", "1999999999999999999", "618503137801575983")]
    [InlineData("2500000000000000000", "12182493960703473438", "176776695296636881")]
    [InlineData("13370000000000000000", "640497181601928834491702", "94455871187890")]
    [InlineData("20000000000000000000", "485165195409790277969106830", "953674316406")]
    public void Exp_GivenAnArgument_isTheTrueValueRoundedDown(string x, string exp, string half)
    {
        Assert.InRange(Number(exp) - FixedExp.Exp(Number(x)), 0, 1);
        Assert.InRange(Number(half) - FixedExp.Exp2Neg(Number(x)), 0, 1);
    }

    [Fact]
    public void Exp2Neg_GivenWhatIsTooSmall_isZero() => Assert.True(FixedExp.Exp2Neg(60 * FixedExp.Wad).IsZero);

    [Fact]
    public void Charge_WhenSplit_addsUpToTheWhole()
    {
        var curve = new PriceCurve(1_000_000_007, 5, 9_000);
        var whole = PriceFormula.Charge(curve, 1_234, 10_000, FixedExp.Wad)!.Value;
        var parts = PriceFormula.Charge(curve, 1_234, 3_333, FixedExp.Wad)!.Value
            + PriceFormula.Charge(curve, 4_567, 6_667, FixedExp.Wad)!.Value;
        Assert.InRange(parts - whole, 0, 1);
        Assert.True(whole > 10_000 * (BigInteger)curve.Floor);
    }

    [Fact]
    public void Charge_GivenNoWeightOrNoScale_isTheFloor()
    {
        Assert.Equal(700, PriceFormula.Charge(new PriceCurve(7, 5, 9_000), 55, 100, 0));
        Assert.Equal(700, PriceFormula.Charge(new PriceCurve(7, 0, 0), 0, 100, FixedExp.Wad));
    }

    [Fact]
    public void Charge_WhenTheExponentIsAboveTwenty_isNone()
    {
        Assert.NotNull(PriceFormula.Charge(new PriceCurve(7, 5, 100), 0, 2_000, FixedExp.Wad));
        Assert.Null(PriceFormula.Charge(new PriceCurve(7, 5, 100), 0, 2_001, FixedExp.Wad));
    }

    [Theory]
    [InlineData(10_000, 0, 1_000_000)]
    [InlineData(3_600, 0, 1_000_000)]
    [InlineData(1_800, 0, 500_000)]
    [InlineData(1_800, 75, 750_000)]
    [InlineData(0, 25, 250_000)]
    public void Weight_GivenLeadAndShare_isTheLarger(ulong lead, long booked, uint ppm) =>
        Assert.Equal(ppm * (FixedExp.Wad / 1_000_000), PriceFormula.Weight(77_000 + lead, 77_000, booked, 100));

    [Fact]
    public void ExcessAt_WhenTimePasses_fallsByTheTargetAndNotBelowZero()
    {
        var state = new PriceState(100, 1_000);
        Assert.Equal([100UL, 95UL, 0UL, 0UL],
            new[] { 1_000UL, 1_001UL, 1_020UL, 9_000UL }.Select(t => state.ExcessAt(t, 5)));
    }

    private static BigInteger Number(string text) => BigInteger.Parse(text, CultureInfo.InvariantCulture);
}
