namespace Pqms.Sdk.Tests;

public sealed class ReservationIdsTests
{
    [Theory]
    [InlineData("resource-id-573921", 573_921)]
    [InlineData("573921", 573_921)]
    [InlineData("0", 0)]
    public void Parse_GivenTheTextOrTheNumber_givesTheId(string text, ulong id) =>
        Assert.Equal(id, ReservationIds.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("resource-id-")]
    [InlineData("-1")]
    [InlineData("network-id-5")]
    [InlineData("0x5")]
    [InlineData(" 5")]
    [InlineData("340282366920938463463374607431768211456")]
    public void Parse_WhenItIsNoId_isRefused(string text) =>
        Assert.Throws<FormatException>(() => ReservationIds.Parse(text));

    [Fact]
    public void ToText_GivenTheLargestId_isReadBack() =>
        Assert.Equal(UInt128.MaxValue, ReservationIds.Parse(ReservationIds.ToText(UInt128.MaxValue)));

    [Fact]
    public void New_WhenDrawnAgain_givesAnotherId() => Assert.NotEqual(ReservationIds.New(), ReservationIds.New());
}
