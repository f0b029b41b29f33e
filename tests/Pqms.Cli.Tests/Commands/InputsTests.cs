using FsCheck;
using FsCheck.Fluent;
using Pqms.Cli.Commands;
using Pqms.Ethereum;

namespace Pqms.Cli.Tests.Commands;

public sealed class InputsTests
{
    [Theory]
    [InlineData("1000", "1000")]
    [InlineData("7wei", "7")]
    [InlineData("20gwei", "20000000000")]
    [InlineData("20 gwei", "20000000000")]
    [InlineData("1.5ether", "1500000000000000000")]
    [InlineData("1.5 ether", "1500000000000000000")]
    public void TryAmount_GivenNumberAndUnit_isExact(string text, string wei)
    {
        Assert.True(Inputs.TryAmount(text, out var amount));
        Assert.Equal(UInt256.Parse(wei), amount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("ether")]
    [InlineData("-1")]
    [InlineData("1e18")]
    [InlineData("1.5wei")]
    [InlineData("1 finney")]
    public void TryAmount_GivenAnythingElse_isFalse(string text) => Assert.False(Inputs.TryAmount(text, out _));

    [Fact]
    public void TryFraction_GivenAnyMillionthAboveOneHalf_isExact() => Prop
        .ForAll(
            Gen.Choose(500_001, 1_000_000).ToArbitrary(),
            ppm => Inputs.TryFraction($"{ppm / 1_000_000}.{ppm % 1_000_000:D6}", out var read) && read.Parts == ppm)
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0.5")]
    [InlineData("1.000001")]
    [InlineData("0.9500001")]
    [InlineData("95%")]
    [InlineData("")]
    public void TryFraction_GivenOutOfRangeOrTooFine_isFalse(string text) =>
        Assert.False(Inputs.TryFraction(text, out _));
}
